/**
 * One Salesforce org in memory: `createOrg` puts schema, rows, rights and rules together
 * behind the `Org` contract.
 */
import type { FieldDefinition, ObjectDefinition } from './metadata/definition.ts';
import { standardObjects } from './metadata/standard.ts';
import type { Org, OrgUser, Row, SaveOptions, SaveResult } from './org-types.ts';
import { applySetup } from './org/admin-setup.ts';
import type { SetupOutcome } from './org/admin-setup.ts';
import { archiveActivities } from './org/archive.ts';
import { readCell } from './org/computed.ts';
import { seen } from './org/masks.ts';
import { OrgCore } from './org/core.ts';
import type { OrgOptions } from './org/core.ts';
import { createField, createObject, deleteField, fieldRoom, updateField } from './org/customize.ts';
import { deleteObject, updateObject } from './org/drop-object.ts';
import { grantField, grantObject } from './org/grants.ts';
import { merge } from './org/merge.ts';
import type { ObjectAccess } from './org/permissions.ts';
import { soqlContext } from './org/query.ts';
import { emptyBin, remove, undelete } from './org/remove.ts';
import { deleted, updated } from './org/replication.ts';
import { insert, update } from './org/save.ts';
import { addStandardRows } from './org/standard-rows.ts';
import { upsert } from './org/upsert.ts';
import { addUser } from './org/users.ts';
import type { NewUser } from './org/users.ts';
import { explainQuery, runQuery } from './soql/index.ts';
import type { Table } from './table/table.ts';
import type { ValidationRule } from './org/admin-rules.ts';

export type { OrgOptions } from './org/core.ts';

/** The org with what a server or a seeder needs beyond the contract. */
export interface SandboxOrg extends Org {
  /** The administrator the org is born with. */
  readonly admin: OrgUser;
  /** The server itself; sees and may do everything. */
  readonly system: OrgUser;
  readonly options: OrgOptions;
  table(object: string): Table;
  access(user: OrgUser, object: ObjectDefinition): ObjectAccess;
  addUser(user: NewUser): OrgUser;
  /** Field-level security for a permission set, as FieldPermissions rows. */
  grantField(
    permissionSetId: string,
    object: string,
    field: string,
    rights: { edit: boolean },
  ): void;
  grantObject(permissionSetId: string, object: string): void;
  /** The permission set a profile owns. */
  profileSet(profileName: string): string | undefined;
  setValidationRule(rule: ValidationRule): void;
  /** Labels are all that can change of an object itself. */
  updateObject(
    name: string,
    changes: Partial<Pick<ObjectDefinition, 'label' | 'labelPlural'>>,
  ): SaveResult;
  /** Drops a custom object with its rows and permissions. */
  deleteObject(name: string): SaveResult;
  /** What an administrator sets up beside records; the control plane's `/setup`. */
  setup(changes: unknown): SetupOutcome[];
  /** Builds every index now, so that the first query after a large load does not pay for them. */
  warm(onObject?: (name: string) => void): void;
}

function newCore(options: OrgOptions): OrgCore {
  const core = new OrgCore(options);
  const currencies = options.multiCurrency
    ? [...new Set([options.currency ?? 'USD', ...Object.keys(options.conversionRates ?? {})])]
    : [];
  for (const object of standardObjects({
    prm: options.prm !== false,
    currencies,
    sharedActivities: options.sharedActivities === true,
    teams: options.teams === true,
    quotes: options.quotes === true,
    persons: options.personAccounts === true,
    territories: options.territories === true,
  }))
    core.schema.add(object, options.clock.nowMs());
  return core;
}

function profileSet(core: OrgCore, name: string): string | undefined {
  for (const profile of core.storage.table(core.must('Profile')).values()) {
    if (profile['Name'] !== name) continue;
    for (const set of core.storage
      .table(core.must('PermissionSet'))
      .lookup('ProfileId', profile['Id'] ?? null))
      return String(set['Id']);
  }
  return undefined;
}

/** Each save is all or nothing by itself, also when a rule of the server throws. */
function atomic(core: OrgCore, work: () => SaveResult): SaveResult {
  let result: SaveResult | undefined;
  core.storage.journal.run(() => (result = work()).ok);
  if (!result) throw new Error('a save ended without a result');
  return result;
}

function records(
  core: OrgCore,
): Pick<
  Org,
  | 'find'
  | 'read'
  | 'insert'
  | 'update'
  | 'upsert'
  | 'remove'
  | 'undelete'
  | 'merge'
  | 'transaction'
  | 'begin'
  | 'recordCount'
> {
  const fast = (options: SaveOptions | undefined, work: () => SaveResult): SaveResult =>
    options?.seeding ? work() : atomic(core, work);
  return {
    find: (id, deletedToo = false) => {
      const found = core.find(id);
      return found && (deletedToo || found.row['IsDeleted'] !== true) ? found : undefined;
    },
    read: (user, object, row, name) => {
      const field = core.schema.field(object, name);
      return field ? seen(core, user, field, readCell(core, object, row, field)) : null;
    },
    insert: (user, object, fields, options) =>
      fast(options, () => insert(core, user, object, fields, options)),
    update: (user, object, id, fields, options) =>
      fast(options, () => update(core, user, object, id, fields, options)),
    upsert: (user, object, field, value, fields: Row, options) =>
      fast(options, () => upsert(core, user, object, field, value, fields, options)),
    remove: (user, id, options) => fast(options, () => remove(core, user, id, options)),
    undelete: (user, id, options) => fast(options, () => undelete(core, user, id, options)),
    merge: (user, winner, losers, options) =>
      fast(options, () => merge(core, user, winner, losers, options)),
    transaction: (work) => core.storage.journal.run(work),
    begin: () => core.storage.journal.begin(),
    recordCount: (name) => {
      const object = core.schema.object(name);
      if (!object) return 0;
      let live = 0;
      for (const row of core.storage.table(object).values()) if (row['IsDeleted'] !== true) live++;
      return live;
    },
  };
}

function schemaCalls(
  core: OrgCore,
): Pick<
  Org,
  | 'objects'
  | 'object'
  | 'visibleFields'
  | 'canEdit'
  | 'schemaModifiedMs'
  | 'createObject'
  | 'createField'
  | 'updateField'
  | 'deleteField'
> {
  return {
    objects: () => core.schema.objects(),
    object: (name) => core.schema.object(name),
    visibleFields: (user: OrgUser, object: ObjectDefinition): FieldDefinition[] =>
      core.permissions.visibleFields(user, object),
    canEdit: (user, object, field) => core.permissions.canEdit(user, object, field),
    schemaModifiedMs: (object) =>
      Math.max(
        core.schema.modifiedMs(core.schema.object(object)?.name ?? object),
        core.permissions.changedMs(),
      ),
    createObject: (definition) => createObject(core, definition),
    createField: (object, definition) => createField(core, object, definition),
    updateField: (object, name, changes) => updateField(core, object, name, changes),
    deleteField: (object, name) => deleteField(core, object, name),
  };
}

function queries(core: OrgCore): Pick<Org, 'query' | 'explain' | 'updated' | 'deleted'> {
  const settled = (): void => {
    emptyBin(core);
    archiveActivities(core);
  };
  return {
    query: (user, soql, all) => {
      settled();
      return runQuery(soqlContext(core, user), soql, { all });
    },
    explain: (user, soql) => {
      settled();
      return explainQuery(soqlContext(core, user), soql);
    },
    updated: (object, startMs, endMs) => updated(core, object, startMs, endMs),
    deleted: (object, startMs, endMs) => {
      emptyBin(core);
      return deleted(core, object, startMs, endMs);
    },
  };
}

/** A new org with its standard objects, profiles, stages and one administrator. */
export function createOrg(options: OrgOptions): SandboxOrg {
  const core = newCore(options);
  const adminId = addStandardRows(core);
  return {
    id: core.orgId,
    name: options.name,
    options,
    system: core.permissions.system,
    get admin() {
      const user = core.permissions.user(adminId);
      if (!user) throw new Error('the administrator is gone');
      return user;
    },
    nowMs: () => core.nowMs(),
    users: () => core.permissions.users(),
    user: (id) => {
      const found = core.find(id);
      return found ? core.permissions.user(String(found.row['Id'])) : undefined;
    },
    userByName: (username) => core.permissions.userByName(username),
    ...schemaCalls(core),
    ...records(core),
    ...queries(core),
    table: (object) => core.storage.table(core.must(object)),
    access: (user, object) => core.permissions.access(user, object),
    metadataId: (key) => core.schema.metadataId(key),
    fieldRoom: (name) => fieldRoom(core, core.schema.object(name)!),
    addUser: (user) => addUser(core, user),
    grantField: (set, object, field, { edit }) => grantField(core, set, object, field, true, edit),
    grantObject: (set, object) => grantObject(core, set, object),
    profileSet: (name) => profileSet(core, name),
    setup: (changes) => applySetup(core, changes),
    warm: (onObject) => {
      for (const object of core.schema.objects()) {
        onObject?.(object.name);
        core.storage.table(object).warm();
      }
    },
    updateObject: (name, changes) => updateObject(core, name, changes),
    deleteObject: (name) => deleteObject(core, name),
    setValidationRule: (rule) => {
      core.validationRules.splice(
        0,
        core.validationRules.length,
        ...core.validationRules.filter(
          (one) => one.name !== rule.name || one.object !== rule.object,
        ),
        rule,
      );
    },
  };
}
