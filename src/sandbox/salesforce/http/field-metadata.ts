/**
 * Metadata of a custom field, as the Tooling and Metadata APIs write it, to
 * and from a field definition.
 */
import type { FieldDefinition, FieldType, PicklistValue } from '../metadata/definition.ts';
import type { JsonObject } from './body.ts';
import { fault } from './faults.ts';

/** Metadata type word -> our type, with what the type needs. */
const TYPES: Record<string, { type: FieldType; needs: string[] }> = {
  Number: { type: 'double', needs: ['precision', 'scale'] },
  Percent: { type: 'percent', needs: ['precision', 'scale'] },
  Currency: { type: 'currency', needs: ['precision', 'scale'] },
  Text: { type: 'string', needs: ['length'] },
  TextArea: { type: 'textarea', needs: [] },
  LongTextArea: { type: 'textarea', needs: ['length', 'visibleLines'] },
  Html: { type: 'textarea', needs: ['length', 'visibleLines'] },
  EncryptedText: { type: 'encryptedstring', needs: ['length'] },
  Picklist: { type: 'picklist', needs: [] },
  MultiselectPicklist: { type: 'multipicklist', needs: ['visibleLines'] },
  Checkbox: { type: 'boolean', needs: [] },
  Date: { type: 'date', needs: [] },
  DateTime: { type: 'datetime', needs: [] },
  Time: { type: 'time', needs: [] },
  Url: { type: 'url', needs: [] },
  Email: { type: 'email', needs: [] },
  Phone: { type: 'phone', needs: [] },
  Lookup: { type: 'reference', needs: ['referenceTo', 'relationshipName'] },
  MasterDetail: { type: 'reference', needs: ['referenceTo', 'relationshipName'] },
  AutoNumber: { type: 'string', needs: [] },
};
const MAX_PRECISION = 18;
const MAX_TEXT = 255;
const MAX_LONG_TEXT = 131_072;
const NUMBERS = new Set<FieldType>(['double', 'percent', 'currency']);
const NOT_GROUPABLE = new Set<FieldType>([
  'double',
  'percent',
  'currency',
  'datetime',
  'time',
  'multipicklist',
  'encryptedstring',
]);

/** Types whose length is given. */
const TEXTS = new Set<FieldType>(['string', 'textarea', 'encryptedstring']);

/** `Opportunity.HW_Score__c` taken apart. */
export function splitFullName(fullName: unknown): { object: string; name: string } {
  const found = /^(\w+)\.(\w+)$/.exec(String(fullName ?? ''));
  if (found === null)
    throw fault(
      400,
      'INVALID_FULL_NAME',
      `The full name ${String(fullName)} is not of the form Object.Field__c`,
      ['FullName'],
    );
  const [, object = '', name = ''] = found;
  return { object, name: name.endsWith('__c') ? name : `${name}__c` };
}

/**
 * The definition a `Metadata` document describes. Throws OrgFault naming what
 * is missing or out of range.
 */
export function fieldOf(name: string, metadata: JsonObject): FieldDefinition {
  const formula = typeof metadata.formula === 'string' ? metadata.formula : undefined;
  const word = String(metadata.type ?? '');
  const { type, label } = basics(word, metadata, formula !== undefined);
  const long = word === 'LongTextArea' || word === 'Html';
  const encrypted = type === 'encryptedstring';
  const writable = formula === undefined && word !== 'AutoNumber';
  const isRequired = metadata.required === true || word === 'MasterDetail';
  return {
    name,
    label,
    type,
    custom: true,
    nillable: !isRequired && type !== 'boolean',
    createable: writable,
    updateable:
      writable && !(word === 'MasterDetail' && metadata.reparentableMasterDetail !== true),
    filterable: !long && !encrypted,
    sortable: !long && !encrypted && type !== 'multipicklist',
    groupable: !long && !NOT_GROUPABLE.has(type),
    permissionable: !isRequired,
    defaultedOnCreate: type === 'boolean' || word === 'AutoNumber',
    externalId: metadata.externalId === true,
    idLookup: metadata.externalId === true,
    unique: metadata.unique === true,
    caseSensitive: metadata.caseSensitive === true,
    calculated: formula !== undefined,
    ...(formula === undefined ? {} : { formula }),
    ...(word === 'AutoNumber' ? { autoNumber: true } : {}),
    ...(word === 'Html' ? { htmlFormatted: true } : {}),
    ...sizes(word, type, metadata),
    ...defaults(type, metadata),
    ...lookup(word, metadata),
    ...words(metadata),
    ...(encrypted ? masks(metadata) : {}),
  };
}

const masks = ({ maskType, maskChar }: JsonObject): Partial<FieldDefinition> => ({
  maskType: typeof maskType === 'string' ? maskType : 'all',
  maskChar: maskChar === 'X' ? 'X' : 'asterisk',
});

/** Type and label, once all is there that a field of the type needs. */
function basics(
  word: string,
  metadata: JsonObject,
  isFormula: boolean,
): { type: FieldType; label: string } {
  const known = TYPES[word];
  if (known === undefined)
    throw fault(400, 'INVALID_TYPE', `Invalid field type: ${word}`, ['Metadata']);
  if (typeof metadata.label !== 'string' || metadata.label === '') throw required('label');
  const missing = known.needs.find((need) => (metadata[need] ?? null) === null);
  if (!isFormula && missing !== undefined) throw required(missing);
  return { type: known.type, label: metadata.label };
}

const words = ({ description, inlineHelpText }: JsonObject): Partial<FieldDefinition> => ({
  ...(typeof description === 'string' ? { description } : {}),
  ...(typeof inlineHelpText === 'string' ? { inlineHelpText } : {}),
});

function digits(metadata: JsonObject): Partial<FieldDefinition> {
  const precision = Number(metadata.precision ?? MAX_PRECISION);
  const scale = Number(metadata.scale ?? 0);
  if (!(precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision))
    throw fault(
      400,
      'FIELD_INTEGRITY_EXCEPTION',
      `Invalid precision ${precision} or scale ${scale}: at most ${MAX_PRECISION} digits`,
      ['Metadata'],
    );
  return { precision, scale };
}

function sizes(word: string, type: FieldType, metadata: JsonObject): Partial<FieldDefinition> {
  if (NUMBERS.has(type)) return digits(metadata);
  if (word === 'TextArea' || word === 'Url' || word === 'AutoNumber')
    return {
      length: word === 'AutoNumber' ? 30 : MAX_TEXT,
      ...(word === 'TextArea' ? { extraTypeInfo: 'plaintextarea' } : {}),
    };
  if (word === 'Email') return { length: 80 };
  if (word === 'Phone') return { length: 40 };
  if (type === 'reference') return { length: 18 };
  if (type === 'picklist' || type === 'multipicklist')
    return { length: type === 'picklist' ? MAX_TEXT : 4099, ...values(metadata) };
  return TEXTS.has(type) ? textSize(word, metadata) : {};
}

function textSize(word: string, metadata: JsonObject): Partial<FieldDefinition> {
  const length = Number(metadata.length ?? MAX_TEXT);
  const most = word === 'LongTextArea' || word === 'Html' ? MAX_LONG_TEXT : MAX_TEXT;
  if (!(length >= 1 && length <= most))
    throw fault(400, 'FIELD_INTEGRITY_EXCEPTION', `Invalid length ${length}: at most ${most}`, [
      'Metadata',
    ]);
  return {
    length,
    ...(word === 'Html'
      ? { extraTypeInfo: 'richtextarea' }
      : word === 'LongTextArea'
        ? { extraTypeInfo: 'plaintextarea' }
        : {}),
  };
}

function values(metadata: JsonObject): Partial<FieldDefinition> {
  const set = (metadata.valueSet ?? {}) as {
    restricted?: unknown;
    valueSetDefinition?: { value?: unknown };
  };
  const list = Array.isArray(set.valueSetDefinition?.value)
    ? (set.valueSetDefinition.value as JsonObject[])
    : [];
  if (list.length === 0) throw required('valueSet');
  const picklist = list.map((one): PicklistValue => {
    const value = String(one.fullName ?? one.valueName ?? '');
    return {
      value,
      label: String(one.label ?? value),
      active: one.isActive !== false,
      defaultValue: one.default === true,
      validFor: null,
    };
  });
  return { picklist, restrictedPicklist: set.restricted === true };
}

function defaults(type: FieldType, metadata: JsonObject): Partial<FieldDefinition> {
  const given = metadata.defaultValue;
  if (type === 'boolean') return { defaultValue: given === true || given === 'true' };
  return typeof given === 'string' || typeof given === 'number' ? { defaultValue: given } : {};
}

function lookup(word: string, metadata: JsonObject): Partial<FieldDefinition> {
  if (word !== 'Lookup' && word !== 'MasterDetail') return {};
  return {
    referenceTo: [String(metadata.referenceTo)],
    relationshipName: String(metadata.relationshipName).replace(/__r$/, ''),
    ...(word === 'MasterDetail' ? { cascadeDelete: true } : {}),
  };
}

function required(name: string): Error {
  return fault(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${name}]`, [
    'Metadata',
  ]);
}

/** The metadata type word of a field. */
export function typeWord(field: FieldDefinition): string {
  if (field.autoNumber === true) return 'AutoNumber';
  if (field.type === 'textarea')
    return field.htmlFormatted === true
      ? 'Html'
      : (field.length ?? 0) > MAX_TEXT
        ? 'LongTextArea'
        : 'TextArea';
  if (field.type === 'reference') return field.cascadeDelete === true ? 'MasterDetail' : 'Lookup';
  return Object.entries(TYPES).find(([, { type }]) => type === field.type)?.[0] ?? 'Text';
}

/** The `Metadata` document of a field, as a Tooling read shows it. */
export function metadataOf(field: FieldDefinition): JsonObject {
  const word = typeWord(field);
  return {
    label: field.label,
    type: word,
    description: field.description ?? null,
    inlineHelpText: field.inlineHelpText ?? null,
    required: !field.nillable && field.type !== 'boolean',
    externalId: field.externalId ?? false,
    unique: field.unique ?? null,
    caseSensitive: field.caseSensitive ?? null,
    defaultValue:
      field.defaultValue === undefined || field.defaultValue === null
        ? null
        : String(field.defaultValue),
    formula: field.formula ?? null,
    length: TEXTS.has(field.type) ? (field.length ?? null) : null,
    ...(NUMBERS.has(field.type)
      ? { precision: field.precision ?? null, scale: field.scale ?? null }
      : { precision: null, scale: null }),
    visibleLines: word === 'LongTextArea' || word === 'Html' ? 3 : null,
    referenceTo: field.referenceTo?.[0] ?? null,
    relationshipName: field.relationshipName ?? null,
    trackHistory: null,
    valueSet: valueSetOf(field),
  };
}

function valueSetOf({ picklist, restrictedPicklist }: FieldDefinition): JsonObject | null {
  if (picklist === undefined) return null;
  return {
    restricted: restrictedPicklist ?? false,
    valueSetDefinition: {
      sorted: false,
      value: picklist.map(({ value, label, defaultValue, active }) => ({
        valueName: value,
        label,
        default: defaultValue,
        isActive: active,
      })),
    },
  };
}
