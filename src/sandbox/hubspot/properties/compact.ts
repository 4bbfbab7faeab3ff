/** The short form in which HubSpot's own properties are listed here, and its expansion. */
import type { PropertyDefinition, PropertyOption, PropertyType } from '../model/types.ts';

/**
 * `[name, label, kind, options?]`. A kind is a type with marks: `!` read-only, `=` calculated (and
 * read-only), `*` unique, `^` options held elsewhere (owners, stages). An `id` is a number whose
 * digits are a name, shown without separators.
 */
export type CompactProperty = readonly [
  name: string,
  label: string,
  kind: string,
  options?: readonly string[],
];

const FIELD_TYPE: Record<PropertyType, string> = {
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  number: 'number',
  phone_number: 'phonenumber',
  string: 'text',
};
const TYPE_OF: Record<string, PropertyType> = {
  bool: 'bool',
  date: 'date',
  datetime: 'datetime',
  enum: 'enumeration',
  checkbox: 'enumeration',
  number: 'number',
  id: 'number',
  money: 'number',
  phone: 'phone_number',
  string: 'string',
  textarea: 'string',
};

const SHOUTED = /^[A-Z]{2,}(?:_[A-Z]+)*$/;
const SMALL = new Set(['AND', 'OF']);
/** Codes of three letters, such as those of currencies, are no words. */
const CODE = 3;

/** HubSpot's own options are keys in capitals, with a label in words: `OIL_ENERGY`. */
function labelOf(value: string): string {
  if (!SHOUTED.test(value) || value.length <= CODE) return value;
  const small = (word: string) => word.slice(1).toLowerCase();
  return value
    .split('_')
    .map((word) => (SMALL.has(word) ? word.toLowerCase() : `${word.slice(0, 1)}${small(word)}`))
    .join(' ');
}

/** `VALUE` or `VALUE=Label`, in order of display. */
export function optionList(words: readonly string[]): PropertyOption[] {
  return words.map((word, displayOrder) => {
    const [value = '', label = labelOf(value)] = word.split('=');
    return { label, value, displayOrder, hidden: false };
  });
}

const TRUE_FALSE = optionList(['true=True', 'false=False']);

/** One definition out of the short form; `groupName` is the object's own group. */
export function expand(
  [name, label, kind, options]: CompactProperty,
  groupName: string,
  createdMs: number,
): PropertyDefinition {
  const word = kind.replace(/[!=*^]/g, '');
  const type = TYPE_OF[word];
  if (type === undefined) throw new TypeError(`Unknown kind of property: ${kind}`);
  const calculated = kind.includes('=');
  return {
    name,
    label,
    type,
    description: '',
    groupName,
    displayOrder: -1,
    calculated,
    createdMs,
    updatedMs: createdMs,
    archivedMs: null,
    fieldType:
      word === 'checkbox'
        ? 'checkbox'
        : word === 'textarea'
          ? 'textarea'
          : calculated && type === 'number'
            ? 'calculation_equation'
            : FIELD_TYPE[type],
    options: type === 'bool' ? TRUE_FALSE : optionList(options ?? []),
    externalOptions: kind.includes('^'),
    referencedObjectType: word === 'enum' && name.endsWith('owner_id') ? 'OWNER' : null,
    hasUniqueValue: kind.includes('*'),
    hidden: false,
    hubspotDefined: true,
    formField: false,
    readOnlyValue: calculated || kind.includes('!'),
    ...(word === 'id' ? { numberDisplayHint: 'unformatted' } : {}),
    ...(word === 'money' ? { numberDisplayHint: 'currency', showCurrencySymbol: true } : {}),
  };
}
