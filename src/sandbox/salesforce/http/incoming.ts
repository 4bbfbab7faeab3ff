/**
 * Records as clients send them: what stands around the cells is taken off, the cells
 * themselves are the org's to judge.
 */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Org, OrgUser, Row } from '../org-types.ts';
import type { JsonObject } from './body.ts';
import { fault } from './faults.ts';

const NUMERIC = new Set(['int', 'double', 'currency', 'percent']);

/**
 * The cells of a record in a body. `attributes` is dropped; a lookup given as
 * `{"Account": {"Ext__c": "x"}}` becomes the parent's id.
 * Names the object does not have and values of a wrong kind are passed on, for the org to refuse.
 * Throws OrgFault where a parent is not found.
 */
export function incomingRow(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  body: JsonObject,
): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'attributes') continue;
    if (typeof value === 'object' && value !== null) {
      const [fieldName, id] = linked(org, user, object, name, value);
      row[fieldName] = id;
    } else {
      row[name] = value as Cell;
    }
  }
  return row;
}

/** A lookup given by the parent's external id: the field it fills and the parent's id. */
function linked(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  name: string,
  value: object,
): [string, Cell] {
  const field = object.fields.find(
    (one) => one.relationshipName?.toLowerCase() === name.toLowerCase(),
  );
  if (field === undefined || Array.isArray(value))
    throw fault(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  const attributes = (value as { attributes?: { type?: unknown } }).attributes;
  const keys = Object.entries(value).filter(([key]) => key !== 'attributes');
  const [key, wanted] = keys[0] ?? [];
  const parentName =
    typeof attributes?.type === 'string' ? attributes.type : field.referenceTo?.[0];
  const parent = parentName === undefined ? undefined : org.object(parentName);
  const keyField = parent?.fields.find((one) => one.name.toLowerCase() === key?.toLowerCase());
  if (
    keys.length !== 1 ||
    parent === undefined ||
    keyField === undefined ||
    !(keyField.externalId === true || keyField.idLookup === true)
  ) {
    throw fault(
      400,
      'INVALID_FIELD',
      `${key ?? name} is not an External ID or indexed field for ${parentName ?? name}`,
    );
  }
  const literal = NUMERIC.has(keyField.type)
    ? String(Number(wanted))
    : `'${String(wanted).replace(/[\\']/g, (c) => `\\${c}`)}'`;
  const found = org
    .query(user, `SELECT Id FROM ${parent.name} WHERE ${keyField.name} = ${literal}`, false)
    .slice(0, 2);
  if (found.length !== 1)
    throw fault(
      400,
      'INVALID_FIELD',
      `Foreign key external ID: ${String(wanted).toLowerCase()} not found for field ${keyField.name} in entity ${parent.name}`,
    );
  return [field.name, found[0]?.id ?? null];
}
