import type { CrmField, CrmObject, CrmType } from '../../model/connector.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { outputShape, OUTPUTS, type OutputShape } from '../../model/outputs.ts';
import { filling, written, type CheckContext } from './context.ts';
import { listed, named } from '../document/fault-list.ts';
import type { DocumentPath } from '../document/sources.ts';
import { nearest, suggestion } from '../../model/nearest.ts';

/** Write targets against what the CRM has and lets the connected user change. */

type WriteBlock = MappingDocument['write'][number];

const TAKES: Record<OutputShape['type'], CrmType[]> = {
  number: ['number', 'money', 'percent', 'integer'],
  percent: ['percent', 'number'],
  text: ['text', 'longtext'],
  longtext: ['longtext'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['datetime'],
  picklist: ['picklist', 'text'],
};

/**
 * Amounts are doubles, exact to 15 digits: a field with room for those has room for any forecast,
 * such as a standard currency field (18, 2).
 */
const EXACT_DIGITS = 15;

function sizeFault(field: CrmField, output: OutputShape): string | null {
  if (output.length !== undefined && field.length !== null && field.length < output.length)
    return `holds ${field.length} characters, and ${output.length} are needed`;
  if (output.precision === undefined || field.precision === null || field.precision === 0)
    return null;
  const room = field.precision - (field.scale ?? 0);
  const wanted = Math.min(output.precision - (output.scale ?? 0), EXACT_DIGITS);
  return room < wanted ? `holds ${room} digits before the point, and ${wanted} are needed` : null;
}

function checkTarget(
  context: CheckContext,
  at: DocumentPath,
  object: CrmObject,
  field: CrmField,
  output: OutputShape,
): void {
  const target = named(`${object.name}.${field.name}`);
  const anew = 'Give another field name here; `headwater field deploy` creates it.';
  if (field.calculated)
    return context.faults.error(
      at,
      `${target} is a formula or calculated by the CRM: nobody can write it.`,
      anew,
    );
  if (!TAKES[output.type].includes(field.type))
    return context.faults.error(
      at,
      `${target} is a ${field.nativeType} field, and a ${output.type} would be written.`,
      anew,
    );
  if (!field.updateable)
    return context.faults.error(
      at,
      `The connected user may not change ${target}.`,
      'Grant that user edit access to the field; `headwater field deploy` does it for fields it made.',
    );
  const size = sizeFault(field, output);
  if (size !== null)
    return context.faults.error(
      at,
      `${target} ${size}.`,
      `Make the field larger in the CRM. ${anew}`,
    );
  if (field.scale !== null && output.scale !== undefined && field.scale < output.scale)
    context.faults.warning(
      at,
      `${target} keeps ${field.scale} decimals, and ${output.scale} are calculated: values are rounded.`,
      'Nothing to do, unless the decimals matter.',
    );
}

function checkOutput(
  context: CheckContext,
  at: DocumentPath,
  block: WriteBlock,
  value: string,
): OutputShape | null {
  const output = Object.hasOwn(OUTPUTS, value) ? outputShape(value) : undefined;
  const known = Object.entries(OUTPUTS)
    .filter(([, { entity }]) => entity === block.entity)
    .map(([name]) => name);
  if (output === undefined)
    context.faults.error(
      [...at, 'value'],
      `There is no output ${named(value)}.`,
      suggestion(value, known, `Known: ${known.join(', ')}.`),
      'value',
    );
  else if (output.entity !== block.entity)
    context.faults.error(
      [...at, 'value'],
      `${named(value)} belongs to a ${output.entity}, and this block writes to a ${block.entity}.`,
      `Known here: ${known.join(', ')}.`,
      'value',
    );
  else return output;
  return null;
}

function checkBlock(
  context: CheckContext,
  block: WriteBlock,
  at: DocumentPath,
  taken: Set<string>,
): void {
  const object = context.describe(block.object);
  const missing: string[] = [];
  for (const [name, rule] of Object.entries(block.fields)) {
    const place = [...at, 'fields', name];
    if (taken.has(`${block.object}.${name}`))
      context.faults.error(
        place,
        `${named(`${block.object}.${name}`)} is written twice.`,
        'Remove one of the two.',
      );
    taken.add(`${block.object}.${name}`);
    const output = checkOutput(context, place, block, rule.value);
    if (output === null || object === null || object === undefined) continue;
    const field = object.fields.find((each) => each.name === name);
    if (field === undefined) missing.push(name);
    else checkTarget(context, place, object, field, output);
    const leader = output.follows;
    if (
      leader !== undefined &&
      !Object.values(block.fields).some(({ value }) => value === leader)
    ) {
      context.faults.warning(
        place,
        `${named(rule.value)} is written only together with ${named(leader)}, which this block does not write.`,
        `Add a field for ${named(leader)}.`,
      );
    }
  }
  if (missing.length > 0) {
    context.faults.note(
      [...at, 'fields'],
      `Not yet in ${named(block.object)}, or hidden from the connected user: ${listed(missing, 20)}.`,
      'Run `headwater field deploy`: it creates fields and grants access.',
    );
  }
}

export function checkWrites(context: CheckContext): void {
  const taken = new Set<string>();
  for (const [index, block] of context.document.write.entries()) {
    const at = ['write', index];
    const { entity, object } = block;
    const homes = [...new Set(filling(context, entity).map((source) => source.object?.name ?? ''))];
    if ((context.describe(object) ?? null) === null) {
      const near = nearest(object, context.objectNames);
      context.faults.error(
        [...at, 'object'],
        `The org has no object ${named(object)}.`,
        `${near === null ? '' : `Did you mean ${named(near)}? `}If it exists, it is hidden from the connected user: grant access to it.`,
        'value',
      );
    } else if (!written(context, entity))
      context.faults.error(
        [...at, 'entity'],
        `The mapping has no source of ${entity} rows, so nothing could be written.`,
        `Add \`entities.${entity}\`.`,
        'value',
      );
    else if (homes.length > 0 && !homes.includes(object))
      context.faults.error(
        [...at, 'object'],
        `A ${entity} comes from ${listed(homes)}, not from ${named(object)}: there would be no record to write to.`,
        `Write to ${listed(homes)}.`,
        'value',
      );
    checkBlock(context, block, at, taken);
  }
}

/** What is written into the fields, whatever the org has. */
export function checkFields(context: CheckContext): void {
  const taken = new Set<string>();
  for (const [index, block] of context.document.write.entries())
    checkBlock(context, block, ['write', index], taken);
}
