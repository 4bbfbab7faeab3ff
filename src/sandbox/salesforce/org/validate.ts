/** Checks of single values against their field, and of links against the rows they point at. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import {
  badEmail,
  badPicklist,
  crossReference,
  duplicateValue,
  fault,
  isDeletedFault,
  required,
  tooLong,
  wrongId,
} from './faults.ts';

const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

function textFault(field: FieldDefinition, value: string): SalesforceFault | undefined {
  if (field.length !== undefined && value.length > field.length && field.type !== 'reference')
    return tooLong(field, value);
  if (field.type === 'email' && !EMAIL.test(value)) return badEmail(field, value);
  if (field.restrictedPicklist && field.picklist) {
    const active = new Set(field.picklist.filter((item) => item.active).map((item) => item.value));
    const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
    const wrong = chosen.find((item) => !active.has(item));
    if (wrong !== undefined) return badPicklist(field, wrong);
  }
  return undefined;
}

/** The pointed-at record must be of a kind the field takes, exist and be live. */
function linkFault(
  core: OrgCore,
  object: ObjectDefinition,
  field: FieldDefinition,
  id: string,
): SalesforceFault | undefined {
  const target = core.schema.ofId(id);
  if (!target) return crossReference();
  if (!field.referenceTo?.includes(target.name)) return wrongId(field, id);
  const row = core.storage.table(target).get(id);
  if (!row) return crossReference();
  if (row['IsDeleted'] === true) return isDeletedFault(field.name);
  if (field.name === 'RecordTypeId' && row['SobjectType'] !== object.name)
    return fault(
      'INVALID_CROSS_REFERENCE_KEY',
      `Record Type ID: this ID value isn't valid for the user: ${id}`,
      ['RecordTypeId'],
    );
  if (field.name === 'OwnerId' && target.name === 'User' && row['IsActive'] !== true)
    return fault(
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${id}] as owner of record`,
      ['OwnerId'],
    );
  return undefined;
}

function uniqueFault(
  core: OrgCore,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: Cell,
  ownId: string | null,
): SalesforceFault | undefined {
  for (const other of core.storage.table(object).lookup(field.name, value)) {
    if (other['Id'] !== ownId && other['IsDeleted'] !== true)
      return duplicateValue(field.name, String(other['Id']));
  }
  return undefined;
}

/** Every fault of the changed cells. */
export function valueFaults(
  core: OrgCore,
  object: ObjectDefinition,
  changes: Row,
  ownId: string | null,
): SalesforceFault[] {
  const faults: SalesforceFault[] = [];
  for (const [name, value] of Object.entries(changes)) {
    const field = value === null ? undefined : core.schema.field(object, name);
    if (!field) continue;
    let found: SalesforceFault | undefined;
    if (field.type === 'reference') found = linkFault(core, object, field, String(value));
    else if (typeof value === 'string') found = textFault(field, value);
    if (!found && field.unique) found = uniqueFault(core, object, field, value, ownId);
    if (found) faults.push(found);
  }
  return faults;
}

/** Fields that must have a value: on create all of them, on update those being emptied. */
export function missingFault(
  object: ObjectDefinition,
  changes: Row,
  creating: boolean,
): SalesforceFault | undefined {
  const missing = object.fields
    .filter(
      (field) =>
        !field.nillable &&
        field.type !== 'boolean' &&
        field.type !== 'id' &&
        (field.createable || field.updateable),
    )
    .filter((field) =>
      creating
        ? !field.defaultedOnCreate && (changes[field.name] ?? null) === null
        : changes[field.name] === null,
    )
    .map((field) => field.name);
  return missing.length > 0 ? required(missing) : undefined;
}
