/** Salesforce's errors in Salesforce's words. */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { SalesforceFault, SaveResult } from '../org-types.ts';
import { short } from './ids.ts';

export function fault(
  errorCode: string,
  message: string,
  fields: string[] = [],
  status = 400,
): SalesforceFault {
  return { errorCode, message, fields, status };
}
export const failed = (faults: SalesforceFault | SalesforceFault[], id?: string): SaveResult => ({
  ok: false,
  faults: Array.isArray(faults) ? faults : [faults],
  id,
});

export const invalidType = (name: string): SalesforceFault => ({
  errorCode: 'INVALID_TYPE',
  message: `sObject type '${name}' is not supported.`,
  status: 404,
});
export const unsupported = (object: string, operation: string): SalesforceFault =>
  fault('INVALID_TYPE_FOR_OPERATION', `entity type ${object} does not support ${operation}`);
export const noAccess = (): SalesforceFault =>
  fault('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
export const unknownField = (name: string, object: string): SalesforceFault => ({
  errorCode: 'INVALID_FIELD',
  message: `No such column '${name}' on sobject of type ${object}`,
  status: 400,
});
export const notWritable = (names: string[]): SalesforceFault =>
  fault(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    names,
  );
export const required = (names: string[]): SalesforceFault =>
  fault('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
export const wrongJson = (type: string, value: unknown): SalesforceFault =>
  fault(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from VALUE_${typeof value === 'number' ? 'NUMBER' : typeof value === 'boolean' ? String(value).toUpperCase() : 'STRING'} value ${String(value)} or request may be missing a required field at [line:1, column:2]`,
  );
export const tooLong = (field: FieldDefinition, value: string): SalesforceFault =>
  fault(
    'STRING_TOO_LONG',
    `${field.label}: data value too large: ${value} (max length=${field.length})`,
    [field.name],
  );
export const outOfRange = (field: FieldDefinition, value: number): SalesforceFault =>
  fault(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${value}`,
    [field.name],
  );
export const badEmail = (field: FieldDefinition, value: string): SalesforceFault =>
  fault('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);
export const badPicklist = (field: FieldDefinition, value: string): SalesforceFault =>
  fault(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    [field.name],
  );
export const wrongId = (field: FieldDefinition, value: string): SalesforceFault =>
  fault('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
export const crossReference = (field?: string): SalesforceFault =>
  fault(
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id',
    field === undefined ? [] : [field],
  );
export const isDeletedFault = (field?: string): SalesforceFault =>
  fault(
    'ENTITY_IS_DELETED',
    'entity is deleted',
    field === undefined ? [] : [field],
    field === undefined ? 404 : 400,
  );
export const missingRecord = (): SalesforceFault => ({ ...crossReference(), status: 404 });
export const duplicateValue = (what: string, holderId: string): SalesforceFault =>
  fault(
    'DUPLICATE_VALUE',
    `duplicate value found: ${what} duplicates value on record with id: ${short(holderId)}`,
  );
export const integrity = (message: string, fields: string[] = []): SalesforceFault =>
  fault('FIELD_INTEGRITY_EXCEPTION', message, fields);
