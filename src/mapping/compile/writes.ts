import type { CrmObject, FieldSpec } from '../../model/connector.ts';
import type {
  CompiledWrite,
  CompiledWriteField,
  DescribeLookup,
  MappingDocument,
} from '../../model/mapping.ts';
import { fieldDescription, fieldLabel } from '../../model/language/field-labels.ts';
import type { Language } from '../../model/language/languages.ts';
import { outputShape, type OutputShape } from '../../model/outputs.ts';

/**
 * What Headwater writes where, with the shape of each field as Headwater
 * wants it and as the CRM has it.
 */

function fieldSpec(
  object: string,
  name: string,
  output: OutputShape,
  { label, description }: { label: string; description: string },
): FieldSpec {
  const { type, precision, scale, length } = output;
  return {
    object,
    name,
    label,
    type,
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
    ...(length === undefined ? {} : { length }),
    description,
  };
}

type WriteBlock = MappingDocument['write'][number];

function compiledField(
  block: WriteBlock,
  name: string,
  crm: CrmObject | null | undefined,
  language: Language,
): CompiledWriteField[] {
  const rule = block.fields[name];
  const output = rule === undefined ? undefined : outputShape(rule.value);
  if (rule === undefined || output === undefined || output.entity !== block.entity) return [];
  const field = crm?.fields.find((each) => each.name === name);
  return [
    {
      field: name,
      output: rule.value,
      threshold: rule.threshold ?? output.threshold,
      owner: rule.owner,
      whenGone: rule.whenGone ?? (rule.owner === 'headwater' ? 'clear' : 'keep'),
      spec: fieldSpec(block.object, name, output, {
        label: rule.label ?? fieldLabel(rule.value, language) ?? output.label,
        description: fieldDescription(rule.value, language) ?? output.description,
      }),
      crmField:
        field === undefined
          ? null
          : {
              precision: field.precision,
              scale: field.scale,
              length: field.length,
              type: field.type,
            },
    },
  ];
}

/**
 * Write blocks in the document's order; a field whose output does not exist is left
 * to `checkMapping` to report.
 */
export function compileWrites(
  document: MappingDocument,
  describe: DescribeLookup,
): CompiledWrite[] {
  return document.write.map((block) => {
    const crm = describe(block.object);
    return {
      object: block.object,
      entity: block.entity,
      fields: Object.keys(block.fields).flatMap((name) =>
        compiledField(block, name, crm, document.settings.language),
      ),
    };
  });
}
