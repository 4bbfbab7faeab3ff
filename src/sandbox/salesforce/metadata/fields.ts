/**
 * The short notation in which standard fields are written down: name, type with its size, label,
 * and one letter a capability.
 * `n` nillable, `c` createable, `u` updateable, `f` filterable, `s` sortable, `g` groupable, `p`
 * permissionable, `d` defaulted on create.
 */
import type { FieldDefinition, FieldType, PicklistValue } from './definition.ts';

export interface FieldExtras
  extends Partial<Omit<FieldDefinition, 'name' | 'type' | 'label' | 'picklist' | 'referenceTo'>> {
  to?: string | string[];
  relation?: string;
  /** Name of the child list on the parent. */
  children?: string;
  /** `Value`, `Value=Label`, a trailing `*` marks the default. */
  values?: readonly string[];
}

const TEXT_TYPES = new Set<FieldType>([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'phone',
  'url',
  'email',
  'encryptedstring',
]);
const UNGROUPABLE = new Set<FieldType>([
  'currency',
  'double',
  'percent',
  'datetime',
  'time',
  'location',
  'multipicklist',
]);
/** Above this a text area is a long one, which can be neither filtered nor sorted. */
export const LONG_TEXT_ABOVE = 255;

function usualFlags(type: FieldType, length: number): string {
  if (type === 'boolean') return 'cufsgpd';
  if (type === 'textarea' && length > LONG_TEXT_ABOVE) return 'ncup';
  return UNGROUPABLE.has(type) ? 'ncufsp' : 'ncufsgp';
}

/** Reads `Value=Label*` notation. */
export function picklist(values: readonly string[]): PicklistValue[] {
  return values.map((text) => {
    const defaultValue = text.endsWith('*');
    const [value = '', label] = (defaultValue ? text.slice(0, -1) : text).split('=');
    return { value, label: label ?? value, active: true, defaultValue, validFor: null };
  });
}

/**
 * Sizes as the describe call counts them: length for text, precision and scale for numbers, digits
 * (kept in `precision`) for whole numbers.
 */
function sizes(
  type: FieldType,
  first: number | undefined,
  second: number | undefined,
): Partial<FieldDefinition> {
  if (type === 'id' || type === 'reference') return { length: 18 };
  if (TEXT_TYPES.has(type)) return { length: first ?? 255 };
  if (type === 'int') return { precision: first ?? 8, scale: 0 };
  if (type === 'currency' || type === 'double' || type === 'percent')
    return { precision: first ?? 18, scale: second ?? 0 };
  return {};
}

/**
 * One field from its notation; `spec` is the type with its size, such as
 * `string(120)` or `currency(18,2)`.
 */
export function field(
  name: string,
  spec: string,
  label: string,
  flags?: string,
  extras: FieldExtras = {},
): FieldDefinition {
  const parts = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(spec);
  if (!parts) throw new Error(`unreadable type ${spec} of field ${name}`);
  const type = parts[1] as FieldType;
  const size = sizes(
    type,
    parts[2] === undefined ? undefined : Number(parts[2]),
    parts[3] === undefined ? undefined : Number(parts[3]),
  );
  const has = new Set(flags ?? usualFlags(type, size.length ?? 0));
  const { to, relation, children, values, ...more } = extras;
  return {
    name,
    label,
    type,
    ...size,
    nillable: has.has('n'),
    createable: has.has('c'),
    updateable: has.has('u'),
    filterable: has.has('f'),
    sortable: has.has('s'),
    groupable: has.has('g'),
    permissionable: has.has('p'),
    defaultedOnCreate: has.has('d'),
    custom: false,
    ...(type === 'boolean' ? { defaultValue: false } : {}),
    ...(type === 'textarea' ? { extraTypeInfo: 'plaintextarea' } : {}),
    ...(values ? { picklist: picklist(values) } : {}),
    ...(to ? { referenceTo: Array.isArray(to) ? to : [to], relationshipName: relation } : {}),
    ...(Array.isArray(to) && to.length > 1 ? { polymorphic: true } : {}),
    ...(children ? { childRelationshipName: children } : {}),
    ...more,
  };
}

export const idField = (label: string): FieldDefinition =>
  field('Id', 'id', label, 'fsgd', { idLookup: true });
export const isDeleted = (): FieldDefinition => field('IsDeleted', 'boolean', 'Deleted', 'fsgd');
export const ownerId = (): FieldDefinition =>
  field('OwnerId', 'reference', 'Owner ID', 'cufsgd', { to: 'User', relation: 'Owner' });
export const masterRecord = (object: string): FieldDefinition =>
  field('MasterRecordId', 'reference', 'Master Record ID', 'nfsg', {
    to: object,
    relation: 'MasterRecord',
  });
export const systemModstamp = (): FieldDefinition =>
  field('SystemModstamp', 'datetime', 'System Modstamp', 'fsd');
export const created = (): FieldDefinition[] => [
  field('CreatedDate', 'datetime', 'Created Date', 'fsd'),
  field('CreatedById', 'reference', 'Created By ID', 'fsgd', { to: 'User', relation: 'CreatedBy' }),
];
const modified = (): FieldDefinition[] => [
  field('LastModifiedDate', 'datetime', 'Last Modified Date', 'fsd'),
  field('LastModifiedById', 'reference', 'Last Modified By ID', 'fsgd', {
    to: 'User',
    relation: 'LastModifiedBy',
  }),
];
/** Who and when, as every standard object carries them. */
export const audit = (): FieldDefinition[] => [...created(), ...modified(), systemModstamp()];
export const lastActivity = (): FieldDefinition =>
  field('LastActivityDate', 'date', 'Last Activity', 'nfsg');
export const lastSeen = (): FieldDefinition[] => [
  field('LastViewedDate', 'datetime', 'Last Viewed Date', 'nfs'),
  field('LastReferencedDate', 'datetime', 'Last Referenced Date', 'nfs'),
];
export const recordTypeId = (): FieldDefinition =>
  field('RecordTypeId', 'reference', 'Record Type ID', 'ncufsg', {
    to: 'RecordType',
    relation: 'RecordType',
  });

const GEOCODE = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/**
 * The parts of a compound address and the address itself; `prefix` is empty
 * where the object has only one.
 */
export function address(prefix: string): FieldDefinition[] {
  const compoundFieldName = `${prefix}Address`;
  const label = (text: string): string => (prefix ? `${prefix} ${text}` : text);
  const part = (
    name: string,
    spec: string,
    text: string,
    extras: FieldExtras = {},
  ): FieldDefinition =>
    field(prefix + name, spec, label(text), undefined, { compoundFieldName, ...extras });
  return [
    part('Street', 'textarea(255)', 'Street'),
    part('City', 'string(40)', 'City'),
    part('State', 'string(80)', 'State/Province'),
    part('PostalCode', 'string(20)', 'Zip/Postal Code'),
    part('Country', 'string(80)', 'Country'),
    part('Latitude', 'double(18,15)', 'Latitude'),
    part('Longitude', 'double(18,15)', 'Longitude'),
    part('GeocodeAccuracy', 'picklist(40)', 'Geocode Accuracy', {
      restrictedPicklist: true,
      values: GEOCODE,
    }),
    field(compoundFieldName, 'address', label('Address'), 'nfp'),
  ];
}

/** First, last and full name of a person. */
export function personName(salutations: readonly string[]): FieldDefinition[] {
  const part = { compoundFieldName: 'Name', extraTypeInfo: 'personname' };
  return [
    field('LastName', 'string(80)', 'Last Name', 'cufsg', part),
    field('FirstName', 'string(40)', 'First Name', 'ncufsg', part),
    field('Salutation', 'picklist(40)', 'Salutation', 'ncufsg', { ...part, values: salutations }),
    field('Name', 'string(121)', 'Full Name', 'fsg', {
      extraTypeInfo: 'personname',
      nameField: true,
    }),
  ];
}
