/** Insert and update: rights, names, values, rules, checks, stamps, and the rows that follow. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import { WITH_HISTORY } from '../metadata/record-history.ts';
import type { OrgUser, Row, SalesforceFault, SaveOptions, SaveResult } from '../org-types.ts';
import { coerce } from './coerce.ts';
import { wholeSecond } from './core.ts';
import type { OrgCore } from './core.ts';
import { dependencyFaults } from './dependencies.ts';
import { duplicateFault } from './duplicate-rules.ts';
import {
  failed,
  invalidType,
  isDeletedFault,
  missingRecord,
  noAccess,
  notWritable,
  unknownField,
  unsupported,
} from './faults.ts';
import { applyFieldUpdates } from './field-updates.ts';
import { writeRecordHistory } from './history.ts';
import { recalculate, startRollups } from './rollups.ts';
import { RULES } from './rules.ts';
import type { Saving } from './saving.ts';
import { triggerFault } from './triggers.ts';
import { missingFault, valueFaults } from './validate.ts';
import { ruleFaults } from './validation-rules.ts';
import { lockFault } from './lock-rules.ts';

/** The sent fields under their canonical names and as cells; or why they are refused. */
function admitted(
  core: OrgCore,
  user: OrgUser,
  object: ObjectDefinition,
  fields: Row,
  operation: 'create' | 'update',
): { changes: Row } | { faults: SalesforceFault[] } {
  const changes: Row = {};
  const readOnly: string[] = [];
  const faults: SalesforceFault[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const field = core.schema.field(object, name);
    if (!field) return { faults: [unknownField(name, object.name)] };
    if (
      !core.permissions.canSee(user, object, field) &&
      core.options.hiddenFieldWrite !== 'INVALID_FIELD_FOR_INSERT_UPDATE'
    )
      return { faults: [unknownField(name, object.name)] };
    if (!writable(core, user, object, field, operation)) {
      readOnly.push(field.name);
      continue;
    }
    const cell = coerce(field, value);
    if ('fault' in cell) faults.push(cell.fault);
    else changes[field.name] = cell.value;
  }
  if (readOnly.length > 0) return { faults: [notWritable(readOnly)] };
  return faults.length > 0 ? { faults } : { changes };
}

function writable(
  core: OrgCore,
  user: OrgUser,
  object: ObjectDefinition,
  field: FieldDefinition,
  operation: 'create' | 'update',
): boolean {
  return (
    (operation === 'create' ? field.createable : field.updateable) &&
    core.permissions.canEdit(user, object, field)
  );
}

/** Seeded values are trusted: any stored field may be set, nothing is checked. */
function trusted(
  core: OrgCore,
  object: ObjectDefinition,
  fields: Row,
): { changes: Row } | { faults: SalesforceFault[] } {
  const changes: Row = {};
  const known = core.schema.fieldsByName(object);
  for (const name in fields) {
    const field = known.get(name) ?? known.get(name.toLowerCase());
    if (!field) return { faults: [unknownField(name, object.name)] };
    const value = fields[name] ?? null;
    changes[field.name] = value === '' ? null : value;
  }
  return { changes };
}

/**
 * Fields that may be filled in when nothing was sent, by object and while its
 * list of fields is the same.
 */
const defaulted = new WeakMap<readonly FieldDefinition[], FieldDefinition[]>();

function defaultedFields(object: ObjectDefinition): FieldDefinition[] {
  let fields = defaulted.get(object.fields);
  if (!fields) {
    fields = object.fields.filter(
      (field) =>
        ['OwnerId', 'RecordTypeId', 'CurrencyIsoCode'].includes(field.name) ||
        field.autoNumber ||
        (field.defaultValue !== undefined && field.defaultValue !== false),
    );
    defaulted.set(object.fields, fields);
  }
  return fields;
}

function applyDefaults(core: OrgCore, user: OrgUser, object: ObjectDefinition, changes: Row): void {
  for (const field of defaultedFields(object)) {
    if (changes[field.name] !== undefined && changes[field.name] !== null) continue;
    if (field.name === 'OwnerId') changes['OwnerId'] = user.id;
    else if (field.name === 'RecordTypeId')
      changes['RecordTypeId'] ??= object.recordTypes?.find((type) => type.default)?.id ?? null;
    else if (field.name === 'CurrencyIsoCode')
      changes['CurrencyIsoCode'] = core.options.currency ?? 'USD';
    else if (field.autoNumber)
      changes[field.name] = `A-${String(core.storage.table(object).size + 1).padStart(4, '0')}`;
    else if (
      changes[field.name] === undefined &&
      field.defaultValue !== undefined &&
      field.type !== 'boolean'
    )
      changes[field.name] = field.defaultValue;
    else if (changes[field.name] === undefined && field.defaultValue === true)
      changes[field.name] = true;
  }
}

/** Rules of the object first, so that what the server fills in counts; then every check. */
function refusals(saving: Saving, ownId: string | null): SalesforceFault[] {
  const faults = RULES[saving.object.name]?.before?.(saving) ?? [];
  if (saving.seeding) return [];
  if (faults.length > 0) return faults;
  applyFieldUpdates(saving);
  const thrown = triggerFault(saving);
  if (thrown) return [thrown];
  const missing = missingFault(saving.object, saving.changes, saving.previous === null);
  if (missing) return [missing];
  const wrong = valueFaults(saving.core, saving.object, saving.changes, ownId);
  if (wrong.length > 0) return wrong;
  const refused = [...dependencyFaults(saving), ...ruleFaults(saving)];
  if (refused.length > 0) return refused;
  const duplicate = duplicateFault(saving);
  return duplicate ? [duplicate] : [];
}

/**
 * What happens once the row is written: the object's own rules, tracked changes,
 * and summaries on its parents.
 */
function followUp(saving: Saving, row: Row): void {
  RULES[saving.object.name]?.after?.(saving, row);
  if (WITH_HISTORY.has(saving.object.name)) writeRecordHistory(saving, row);
  if (saving.previous === null) startRollups(saving.core, saving.object, row);
  recalculate(saving.core, saving.object, [saving.previous, row], saving.atMs);
}

/** Writes the stamps that the object has. */
function stamp(
  core: OrgCore,
  object: ObjectDefinition,
  into: Row,
  atMs: number,
  userId: string,
  creating: boolean,
): void {
  const known = core.schema.fieldsByName(object);
  const has = (name: string): boolean => known.has(name);
  if (creating && has('CreatedDate')) into['CreatedDate'] = atMs;
  if (creating && has('CreatedById')) into['CreatedById'] = userId;
  if (has('LastModifiedDate')) into['LastModifiedDate'] = atMs;
  if (has('LastModifiedById')) into['LastModifiedById'] = userId;
  if (has('SystemModstamp')) into['SystemModstamp'] = atMs;
}

export function insert(
  core: OrgCore,
  user: OrgUser,
  objectName: string,
  fields: Row,
  options: SaveOptions = {},
): SaveResult {
  const object = core.schema.object(objectName);
  if (!object) return failed(invalidType(objectName));
  const seeding = options.seeding === true;
  if (!seeding && !object.createable) return failed(unsupported(object.name, 'create'));
  if (!seeding && !core.permissions.access(user, object).create) return failed(noAccess());
  const sent = seeding
    ? trusted(core, object, fields)
    : admitted(core, user, object, fields, 'create');
  if ('faults' in sent) return failed(sent.faults);
  const atMs = wholeSecond(options.atMs ?? core.nowMs());
  const saving: Saving = {
    core,
    user,
    object,
    previous: null,
    changes: sent.changes,
    atMs,
    seeding,
    allowDuplicates: options.allowDuplicates,
  };
  applyDefaults(core, user, object, saving.changes);
  const held = seeding ? undefined : lockFault(core, user, object, null, saving.changes);
  const faults = held ? [held] : refusals(saving, null);
  if (faults.length > 0) return failed(faults);
  const row = core.storage.blank(object);
  const id = core.ids.next(object.keyPrefix);
  stamp(core, object, row, atMs, user.id, true);
  Object.assign(row, saving.changes);
  row['Id'] = id;
  core.storage.insert(object, row);
  followUp(saving, row);
  return { ok: true, id, created: true };
}

export function update(
  core: OrgCore,
  user: OrgUser,
  objectName: string,
  id: string,
  fields: Row,
  options: SaveOptions = {},
): SaveResult {
  const object = core.schema.object(objectName);
  if (!object) return failed(invalidType(objectName));
  const seeding = options.seeding === true;
  const found = core.find(id);
  if (!found || found.object !== object) return failed(missingRecord(), id);
  const { row } = found;
  const fullId = row['Id'] as string;
  if (row['IsDeleted'] === true) return failed(isDeletedFault(), fullId);
  if (!seeding && !object.updateable) return failed(unsupported(object.name, 'update'), fullId);
  if (!seeding && !core.permissions.access(user, object).edit) return failed(noAccess(), fullId);
  const rest = withoutId(fields);
  const sent = seeding ? trusted(core, object, rest) : admitted(core, user, object, rest, 'update');
  if ('faults' in sent) return failed(sent.faults, fullId);
  const atMs = wholeSecond(options.atMs ?? core.nowMs());
  const saving: Saving = {
    core,
    user,
    object,
    previous: { ...row },
    changes: sent.changes,
    atMs,
    seeding,
    allowDuplicates: options.allowDuplicates,
  };
  const held = seeding ? undefined : lockFault(core, user, object, row, saving.changes);
  const faults = held ? [held] : refusals(saving, fullId);
  if (faults.length > 0) return failed(faults, fullId);
  stamp(core, object, saving.changes, atMs, user.id, false);
  core.storage.patch(object, row, saving.changes);
  followUp(saving, row);
  return { ok: true, id: fullId, created: false };
}

/** Clients may send the id in the body as well; it says nothing new. */
function withoutId(fields: Row): Row {
  if (fields['Id'] === undefined && fields['id'] === undefined && fields['ID'] === undefined)
    return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name.toLowerCase() !== 'id'));
}
