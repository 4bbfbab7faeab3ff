import type { CrmField, FieldSpec } from '../../src/model/connector.ts';

/** Salesforce's limits of a custom field's definition. */
const LONGEST_NAME = 40;
const LONGEST_LABEL = 40;
const LONGEST_HELP = 510;
const LONGEST_TEXT = 255;
const LONGEST_LONG_TEXT = 131_072;
const MOST_DIGITS = 18;
const LONG_TEXT_LINES = 5;
/** Used where a spec names no size. */
const DEFAULTS = { precision: 18, scale: 0, text: LONGEST_TEXT, longtext: 32_768 };

/**
 * The prefix of a managed package, as in `pkg__Score__c`: 1 to 15 letters, digits and single
 * underscores, then two underscores
 * (https://help.salesforce.com/s/articleView?id=platform.register_namespace_prefix.htm).
 */
const PACKAGED = /^[A-Za-z](?:_?[A-Za-z0-9]){0,14}__(?!c$)/;

/** The package that a field's name belongs to; null for a field of the org itself. */
export const packageOf = (name: string): string | null =>
  PACKAGED.exec(name)?.[0].slice(0, -2) ?? null;

/** What the CRM would refuse of a spec. */
export function faultsOf(spec: FieldSpec): string[] {
  const base = spec.name.replace(/__c$/, '').replace(PACKAGED, '');
  const { precision, scale, length } = sizeOf(spec);
  return [
    ...(/^[A-Za-z](?:_?[A-Za-z0-9])*__c$/.test(spec.name.replace(PACKAGED, ''))
      ? []
      : ['a custom field is named like HW_Score__c']),
    ...(base.length > LONGEST_NAME ? [`the name is longer than ${LONGEST_NAME} characters`] : []),
    ...(spec.label.length === 0 || spec.label.length > LONGEST_LABEL
      ? [`the label must have 1 to ${LONGEST_LABEL} characters`]
      : []),
    ...(isNumeric(spec) &&
    (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale >= precision)
      ? [
          `${precision} digits with ${scale} decimals is no number Salesforce keeps (at most ${MOST_DIGITS})`,
        ]
      : []),
    ...(spec.type === 'text' && (length < 1 || length > LONGEST_TEXT)
      ? [`text has 1 to ${LONGEST_TEXT} characters`]
      : []),
    ...(spec.type === 'longtext' && (length <= LONGEST_TEXT || length > LONGEST_LONG_TEXT)
      ? [`long text has ${LONGEST_TEXT + 1} to ${LONGEST_LONG_TEXT} characters`]
      : []),
    ...(spec.type === 'picklist' && !spec.options?.length ? ['a picklist needs options'] : []),
  ];
}

const isNumeric = (spec: FieldSpec): boolean => spec.type === 'number' || spec.type === 'percent';
const sizeOf = (spec: FieldSpec) => ({
  precision: spec.precision ?? DEFAULTS.precision,
  scale: spec.scale ?? DEFAULTS.scale,
  length: spec.length ?? (spec.type === 'longtext' ? DEFAULTS.longtext : DEFAULTS.text),
});

/** Body of the Tooling API's CustomField create (Metadata API type CustomField). */
export function customField(spec: FieldSpec): {
  FullName: string;
  Metadata: Record<string, unknown>;
} {
  return {
    FullName: `${spec.object}.${spec.name}`,
    Metadata: {
      label: spec.label,
      description: spec.description,
      inlineHelpText: spec.description.slice(0, LONGEST_HELP),
      ...typeMetadata(spec),
    },
  };
}

function typeMetadata(spec: FieldSpec): Record<string, unknown> {
  const { precision, scale, length } = sizeOf(spec);
  switch (spec.type) {
    case 'number':
      return { type: 'Number', precision, scale, required: false };
    case 'percent':
      return { type: 'Percent', precision, scale, required: false };
    case 'text':
      return { type: 'Text', length, required: false };
    case 'longtext':
      return { type: 'LongTextArea', length, visibleLines: LONG_TEXT_LINES };
    case 'boolean':
      return { type: 'Checkbox', defaultValue: 'false' };
    case 'date':
      return { type: 'Date', required: false };
    case 'datetime':
      return { type: 'DateTime', required: false };
    case 'picklist':
      return {
        type: 'Picklist',
        required: false,
        valueSet: {
          restricted: true,
          valueSetDefinition: {
            sorted: false,
            value: (spec.options ?? []).map((option) => ({
              fullName: option,
              label: option,
              default: false,
            })),
          },
        },
      };
  }
}

const NATIVE: Record<FieldSpec['type'], string[]> = {
  number: ['double', 'int', 'percent', 'currency'],
  percent: ['percent', 'double'],
  text: ['string', 'textarea'],
  longtext: ['textarea'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['datetime'],
  picklist: ['picklist', 'string'],
};

/**
 * Why an existing field cannot take this spec's values; null when it can. Larger than asked for is
 * fine.
 */
export function misfit(spec: FieldSpec, field: CrmField): string | null {
  const { precision, scale, length } = sizeOf(spec);
  if (!NATIVE[spec.type].includes(field.nativeType))
    return `exists as ${field.nativeType}, and ${spec.type} is needed`;
  if (field.calculated) return 'exists as a formula, which cannot be written';
  if (isNumeric(spec)) {
    const [digits, decimals] = [field.precision ?? 0, field.scale ?? 0];
    if (decimals < scale || digits - decimals < precision - scale)
      return `exists with ${digits} digits and ${decimals} decimals, and ${precision} and ${scale} are needed`;
  }
  if ((spec.type === 'text' || spec.type === 'longtext') && (field.length ?? 0) < length)
    return `exists with ${field.length ?? 0} characters, and ${length} are needed`;
  if (spec.type === 'picklist' && field.nativeType === 'picklist' && field.optionsRestricted) {
    const missing = (spec.options ?? []).filter(
      (option) => !field.options.some((each) => each.value === option),
    );
    if (missing.length > 0) return `exists without the values ${missing.join(', ')}`;
  }
  return null;
}
