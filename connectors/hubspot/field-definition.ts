import type { CrmField, FieldSpec } from '../../src/model/connector.ts';

/** HubSpot's limits of a property's definition. */
const LONGEST_NAME = 100;
const LONGEST_LABEL = 255;
const LONGEST_TEXT = 65_536;

export const GROUP = { name: 'headwater', label: 'Headwater', displayOrder: -1 };

/** What the CRM would refuse of a spec. */
export const faultsOf = (spec: FieldSpec): string[] => [
  ...(/^[a-z][a-z0-9_]*$/.test(spec.name)
    ? []
    : [
        'a property is named like hw_score: lower-case letters, digits and underscores, and a letter first',
      ]),
  ...(spec.name.length > LONGEST_NAME
    ? [`the name is longer than ${LONGEST_NAME} characters`]
    : []),
  ...(spec.label.length === 0 || spec.label.length > LONGEST_LABEL
    ? [`the label must have 1 to ${LONGEST_LABEL} characters`]
    : []),
  ...((spec.length ?? 0) > LONGEST_TEXT ? [`text has at most ${LONGEST_TEXT} characters`] : []),
  ...(spec.type === 'picklist' && !spec.options?.length ? ['a picklist needs options'] : []),
];

const TYPES: Record<FieldSpec['type'], { type: string; fieldType: string }> = {
  number: { type: 'number', fieldType: 'number' },
  percent: { type: 'number', fieldType: 'number' },
  text: { type: 'string', fieldType: 'text' },
  longtext: { type: 'string', fieldType: 'textarea' },
  boolean: { type: 'bool', fieldType: 'booleancheckbox' },
  date: { type: 'date', fieldType: 'date' },
  datetime: { type: 'datetime', fieldType: 'date' },
  picklist: { type: 'enumeration', fieldType: 'select' },
};

/**
 * Body of a property create; `order` is its place in the group. A property's name, type and group
 * can never be changed afterwards.
 */
export function definition(
  spec: FieldSpec,
  order: number,
): Record<string, unknown> & { name: string } {
  const values =
    spec.type === 'boolean'
      ? ['true', 'false']
      : spec.type === 'picklist'
        ? (spec.options ?? [])
        : null;
  return {
    name: spec.name,
    label: spec.label,
    ...TYPES[spec.type],
    groupName: GROUP.name,
    displayOrder: order,
    description: spec.description,
    hasUniqueValue: false,
    formField: false,
    ...(values === null
      ? {}
      : {
          options: values.map((value, at) => ({
            value,
            label: spec.type === 'boolean' ? (value === 'true' ? 'Yes' : 'No') : value,
            displayOrder: at,
            hidden: false,
          })),
        }),
  };
}

const FITS: Record<FieldSpec['type'], CrmField['type'][]> = {
  number: ['number', 'money'],
  percent: ['number'],
  text: ['text', 'longtext'],
  longtext: ['longtext'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['datetime'],
  picklist: ['picklist'],
};

/** Why an existing property cannot take this spec's values; null when it can. */
export function misfit(spec: FieldSpec, field: CrmField): string | null {
  if (!FITS[spec.type].includes(field.type))
    return `exists as ${field.nativeType}, and ${spec.type} is needed; HubSpot cannot change a property's type, so give another name in the mapping`;
  if (field.calculated) return 'exists as a calculated property, which cannot be written';
  if (!field.updateable) return 'exists as a read-only property';
  if (spec.type === 'picklist' && field.optionsRestricted) {
    const missing = (spec.options ?? []).filter(
      (option) => !field.options.some((each) => each.value === option),
    );
    if (missing.length > 0) return `exists without the values ${missing.join(', ')}`;
  }
  return null;
}
