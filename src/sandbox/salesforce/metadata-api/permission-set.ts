/**
 * PermissionSet components over the rows that hold the rights: PermissionSet,
 * FieldPermissions, ObjectPermissions.
 */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import type { Row } from '../org-types.ts';
import { must } from './custom-field.ts';
import { listOf, sorted, textOf } from './document.ts';
import type { Handler, Part, Saved, Workshop } from './workshop.ts';

const TYPE = 'PermissionSet';
/** Names in metadata -> cells of ObjectPermissions. */
const OBJECT_RIGHTS: Record<string, string> = {
  allowCreate: 'PermissionsCreate',
  allowDelete: 'PermissionsDelete',
  allowEdit: 'PermissionsEdit',
  allowRead: 'PermissionsRead',
  modifyAllRecords: 'PermissionsModifyAllRecords',
  viewAllRecords: 'PermissionsViewAllRecords',
};

export const permissionSets: Handler = {
  save: (shop, part) => {
    const label = textOf(part.document, 'label');
    if (label === undefined || label === '')
      throw fault(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Label]', ['label']);
    const known = rowOf(shop, part.fullName);
    const before = known === undefined ? null : JSON.stringify(read(shop, known));
    const cells = {
      Label: label,
      Description: textOf(part.document, 'description') ?? null,
      HasActivationRequired: part.document.hasActivationRequired === true,
      ...userRights(shop, part),
    };
    const id =
      known === undefined
        ? must(shop.org.insert(shop.user, TYPE, { Name: part.fullName, ...cells }))
        : must(shop.org.update(shop.user, TYPE, String(known.Id), cells));
    replace(shop, id, 'FieldPermissions', 'Field', fieldRows(shop, id, part));
    replace(shop, id, 'ObjectPermissions', 'SobjectType', objectRows(shop, id, part));
    shop.record(TYPE, part.fullName, id, { created: known === undefined, document: part.document });
    const after = rowOf(shop, part.fullName);
    return {
      id,
      created: known === undefined,
      changed: after === undefined || JSON.stringify(read(shop, after)) !== before,
    } satisfies Saved;
  },
  remove: (shop, fullName) => {
    const known = rowOf(shop, fullName);
    if (known === undefined) return false;
    must(shop.org.remove(shop.user, String(known.Id)));
    shop.forget(TYPE, fullName);
    return true;
  },
  read: (shop, fullName) => {
    const known = rowOf(shop, fullName);
    return known === undefined ? null : read(shop, known);
  },
  names: (shop) =>
    [...shop.org.table(TYPE).values()]
      .filter((row) => row.IsOwnedByProfile !== true)
      .map((row) => String(row.Name)),
};

function rowOf(shop: Workshop, name: string): Row | undefined {
  return [...shop.org.table(TYPE).values()].find(
    (row) => String(row.Name).toLowerCase() === name.toLowerCase() && row.IsOwnedByProfile !== true,
  );
}

function userRights(shop: Workshop, part: Part): Row {
  const known = new Set(shop.org.object(TYPE)?.fields.map((field) => field.name));
  const named = listOf(part.document, 'userPermissions').map(
    (one) => [`Permissions${String(one.name)}`, one.enabled === true] as const,
  );
  return Object.fromEntries(named.filter(([cell]) => known.has(cell)));
}

function fieldRows(shop: Workshop, parentId: string, part: Part): Row[] {
  return listOf(part.document, 'fieldPermissions').map((one) => {
    const full = String(one.field ?? '');
    const [objectName = '', fieldName = ''] = full.split('.');
    const object = shop.org.object(objectName);
    const field = object?.fields.find(({ name }) => name.toLowerCase() === fieldName.toLowerCase());
    if (object === undefined || field === undefined)
      throw fault(
        400,
        'INVALID_CROSS_REFERENCE_KEY',
        `In field: field - no CustomField named ${full} found`,
        ['field'],
      );
    if (!field.permissionable)
      throw fault(
        400,
        'FIELD_INTEGRITY_EXCEPTION',
        `You cannot deploy to a required field: ${full}`,
        ['field'],
      );
    return {
      ParentId: parentId,
      SobjectType: object.name,
      Field: `${object.name}.${field.name}`,
      PermissionsRead: one.readable === true,
      PermissionsEdit: one.editable === true,
    };
  });
}

function objectRows(shop: Workshop, parentId: string, part: Part): Row[] {
  return listOf(part.document, 'objectPermissions').map((one) => {
    const object = shop.org.object(String(one.object ?? ''));
    if (object === undefined)
      throw fault(
        400,
        'INVALID_CROSS_REFERENCE_KEY',
        `In field: field - no CustomObject named ${String(one.object ?? '')} found`,
        ['object'],
      );
    return {
      ParentId: parentId,
      SobjectType: object.name,
      ...Object.fromEntries(
        Object.entries(OBJECT_RIGHTS).map(([name, cell]) => [cell, one[name] === true]),
      ),
    };
  });
}

/**
 * Since version 40 a document is the whole truth about its set: what it leaves out is taken away.
 */
function replace(
  shop: Workshop,
  parentId: string,
  object: string,
  by: string,
  wanted: Row[],
): void {
  const had = new Map(
    [...shop.org.table(object).lookup('ParentId', parentId)].map((row) => [String(row[by]), row]),
  );
  for (const row of wanted) {
    const known = had.get(String(row[by]));
    had.delete(String(row[by]));
    const { ParentId: _parent, SobjectType: _object, Field: _field, ...rights } = row;
    if (known === undefined) must(shop.org.insert(shop.user, object, row));
    else if (Object.entries(rights).some(([cell, value]) => known[cell] !== value))
      must(shop.org.update(shop.user, object, String(known.Id), rights));
  }
  for (const row of had.values()) must(shop.org.remove(shop.user, String(row.Id)));
}

function read(shop: Workshop, row: Row): JsonObject {
  const id = String(row.Id);
  const kept = shop.store.get(TYPE, String(row.Name))?.document ?? {};
  const rowsOf = (object: string, by: string): Row[] =>
    [...shop.org.table(object).lookup('ParentId', id)].sort((a, b) =>
      String(a[by]) < String(b[by]) ? -1 : 1,
    );
  const fieldPermissions = rowsOf('FieldPermissions', 'Field').map((one) => ({
    editable: one.PermissionsEdit === true,
    field: one.Field,
    readable: one.PermissionsRead === true,
  }));
  const objectPermissions = rowsOf('ObjectPermissions', 'SobjectType').map((one) => {
    const [create, remove, edit, see, ...all] = Object.entries(OBJECT_RIGHTS).map(
      ([name, cell]) => [name, one[cell] === true] as const,
    );
    return Object.fromEntries(
      [create, remove, edit, see, all[0], ['object', one.SobjectType], all[1]].filter(
        (pair) => pair !== undefined,
      ),
    );
  });
  const { fieldPermissions: _f, objectPermissions: _o, ...others } = kept;
  return sorted({
    ...others,
    fullName: row.Name,
    label: row.Label,
    description: row.Description,
    hasActivationRequired: row.HasActivationRequired === true,
    ...(fieldPermissions.length === 0 ? {} : { fieldPermissions }),
    ...(objectPermissions.length === 0 ? {} : { objectPermissions }),
  });
}
