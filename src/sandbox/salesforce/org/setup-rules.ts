/**
 * Permission sets, field permissions, assignments and record types: what the
 * server checks and keeps in step.
 */
import type { Row, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { duplicateValue, fault, integrity } from './faults.ts';
import { valueOf } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

function same(saving: Saving, keys: readonly string[]): Row | undefined {
  const [first = '', ...rest] = keys;
  const value = valueOf(saving, first);
  if (typeof value !== 'string') return undefined;
  return [...saving.core.storage.table(saving.object).lookup(first, value)].find(
    (row) =>
      row['Id'] !== saving.previous?.['Id'] &&
      rest.every((key) => row[key] === valueOf(saving, key)),
  );
}

function beforeField(saving: Saving): SalesforceFault[] {
  const { core } = saving;
  const [objectName = '', fieldName = ''] = String(valueOf(saving, 'Field')).split('.');
  const object = core.schema.object(objectName);
  const field = object && core.schema.field(object, fieldName);
  if (!object || !field || !field.permissionable)
    return [
      fault(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `Field Name: bad value for restricted picklist field: ${String(valueOf(saving, 'Field'))}`,
        ['Field'],
      ),
    ];
  if (String(valueOf(saving, 'SobjectType')).toLowerCase() !== object.name.toLowerCase())
    return [
      integrity(
        `Field ${object.name}.${field.name} does not belong to ${String(valueOf(saving, 'SobjectType'))}`,
        ['SobjectType'],
      ),
    ];
  Object.assign(
    saving.changes,
    saving.previous ? {} : { Field: `${object.name}.${field.name}`, SobjectType: object.name },
  );
  if (
    valueOf(saving, 'PermissionsEdit') === true &&
    (field.calculated || !(field.createable || field.updateable))
  )
    return [
      integrity(`Can't update field permissions: ${object.name}.${field.name} is read only`, [
        'PermissionsEdit',
      ]),
    ];
  if (valueOf(saving, 'PermissionsEdit') === true && valueOf(saving, 'PermissionsRead') !== true)
    return [integrity('Permission Edit depends on permission(s): Read', ['PermissionsEdit'])];
  const other = same(saving, ['ParentId', 'Field']);
  return other ? [duplicateValue('FieldPermissions', String(other['Id']))] : [];
}

/** A permission that grants nothing is not kept. */
function dropEmpty(core: OrgCore, name: string, row: Row): void {
  const grants = Object.entries(row).some(
    ([cell, value]) => cell.startsWith('Permissions') && value === true,
  );
  if (!grants) core.storage.purge(core.must(name), String(row['Id']));
}

export const fieldPermissionRules: ObjectRules = {
  before: beforeField,
  after: (saving, row) => dropEmpty(saving.core, 'FieldPermissions', row),
};

export const objectPermissionRules: ObjectRules = {
  before(saving) {
    const object = saving.core.schema.object(String(valueOf(saving, 'SobjectType')));
    if (!object)
      return [
        fault(
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `SObject Type Name: bad value for restricted picklist field: ${String(valueOf(saving, 'SobjectType'))}`,
          ['SobjectType'],
        ),
      ];
    if (!saving.previous) saving.changes['SobjectType'] = object.name;
    for (const right of ['Create', 'Edit', 'Delete'])
      if (
        valueOf(saving, `Permissions${right}`) === true &&
        valueOf(saving, 'PermissionsRead') !== true
      )
        return [
          integrity(
            `Permission ${right} ${object.name} depends on permission(s): Read ${object.name}`,
            [`Permissions${right}`],
          ),
        ];
    const other = same(saving, ['ParentId', 'SobjectType']);
    return other ? [duplicateValue('ObjectPermissions', String(other['Id']))] : [];
  },
  after: (saving, row) => dropEmpty(saving.core, 'ObjectPermissions', row),
};

export const permissionSetRules: ObjectRules = {
  before(saving) {
    const name = saving.changes['Name'];
    if (saving.previous === null) saving.changes['IsCustom'] = true;
    if (typeof name !== 'string') return [];
    if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name))
      return [
        fault(
          'FIELD_INTEGRITY_EXCEPTION',
          'API Name: The API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
          ['Name'],
        ),
      ];
    const other = [...saving.core.storage.table(saving.object).values()].find(
      (row) =>
        row['Id'] !== saving.previous?.['Id'] &&
        String(row['Name']).toLowerCase() === name.toLowerCase(),
    );
    return other ? [{ ...duplicateValue('Name', String(other['Id'])), fields: ['Name'] }] : [];
  },
};

export const assignmentRules: ObjectRules = {
  before(saving) {
    saving.changes['IsActive'] = true;
    const set = saving.core.get('PermissionSet', saving.changes['PermissionSetId']);
    if (set?.['IsOwnedByProfile'] === true)
      return [
        integrity('A permission set owned by a profile cannot be assigned', ['PermissionSetId']),
      ];
    const other = same(saving, ['AssigneeId', 'PermissionSetId']);
    return other ? [duplicateValue('PermissionSetAssignment', String(other['Id']))] : [];
  },
};

/** Record types are listed by the object they divide; the first active one is the default. */
export const recordTypeRules: ObjectRules = {
  after(saving, row) {
    const { core } = saving;
    const object = core.schema.object(String(row['SobjectType']));
    if (!object) return;
    const types = [...core.storage.table(core.must('RecordType')).values()].filter(
      (type) => type['SobjectType'] === row['SobjectType'],
    );
    const first = types.find((type) => type['IsActive'] === true)?.['Id'];
    object.recordTypes = types.map((type) => ({
      id: String(type['Id']),
      developerName: String(type['DeveloperName']),
      name: String(type['Name']),
      default: type['Id'] === first,
      active: type['IsActive'] === true,
    }));
    core.schema.touch(object.name, core.nowMs());
  },
};
