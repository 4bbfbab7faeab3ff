/** Delete, undelete and purge: what goes along, what only loses its link, what comes back. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { OrgUser, Row, SaveOptions, SaveResult } from '../org-types.ts';
import type { BinEntry, ClearedLookup } from './bin.ts';
import { wholeSecond } from './core.ts';
import type { OrgCore } from './core.ts';
import { failed, fault, isDeletedFault, missingRecord, noAccess, unsupported } from './faults.ts';
import type { ChildLink } from './schema.ts';
import { recalculate } from './rollups.ts';
import { RULES } from './rules.ts';
import { lockFault } from './lock-rules.ts';

interface Removal {
  core: OrgCore;
  user: OrgUser;
  atMs: number;
  groupId: string;
  cleared: ClearedLookup[];
  hard: boolean;
}

const hasBin = (object: ObjectDefinition): boolean =>
  object.fields.some((field) => field.name === 'IsDeleted');

/** Activities that still have another record to belong to lose the link to the person only. */
function goesAlong(link: ChildLink, child: Row): boolean {
  if (link.field.cascadeDelete !== true) return false;
  return link.field.name !== 'WhoId' || (child['WhatId'] ?? null) === null;
}

function clearLink(removal: Removal, link: ChildLink, child: Row): void {
  const { core, cleared, atMs } = removal;
  cleared.push({
    object: link.child.name,
    id: String(child['Id']),
    field: link.field.name,
    value: String(child[link.field.name]),
  });
  const moved =
    core.options.clearedLookupMovesStamp !== false &&
    core.schema.field(link.child, 'SystemModstamp') !== undefined;
  core.storage.patch(link.child, child, {
    [link.field.name]: null,
    ...(moved ? { SystemModstamp: atMs } : {}),
  });
}

function takeDown(removal: Removal, object: ObjectDefinition, row: Row): void {
  const { core, atMs } = removal;
  const id = String(row['Id']);
  if (row['IsDeleted'] === true) return;
  if (hasBin(object)) core.storage.patch(object, row, stampedDeletion(core, object, removal));
  for (const link of core.schema.childrenOf(object.name)) {
    for (const child of core.rowsBy(link.child, link.field.name, id)) {
      if (goesAlong(link, child)) takeDown(removal, link.child, child);
      else if (link.field.nillable) clearLink(removal, link, child);
    }
  }
  RULES[object.name]?.removed?.(core, row, atMs);
  recalculate(core, object, [row], atMs);
  if (!hasBin(object)) core.storage.purge(object, id);
  noteInBin(core, {
    object: object.name,
    id,
    deletedMs: atMs,
    groupId: removal.groupId,
    cleared: id === removal.groupId ? removal.cleared : [],
    hard: removal.hard || !hasBin(object),
  });
  if (removal.hard && hasBin(object)) core.storage.purge(object, id);
}

function stampedDeletion(core: OrgCore, object: ObjectDefinition, removal: Removal): Row {
  const cells: Row = { IsDeleted: true };
  if (core.schema.field(object, 'SystemModstamp')) cells['SystemModstamp'] = removal.atMs;
  if (core.schema.field(object, 'LastModifiedDate'))
    Object.assign(cells, { LastModifiedDate: removal.atMs, LastModifiedById: removal.user.id });
  return cells;
}

function noteInBin(core: OrgCore, entry: BinEntry): void {
  core.bin.put(entry);
  core.storage.journal.note(() => core.bin.take(entry.id));
}

export function remove(
  core: OrgCore,
  user: OrgUser,
  id: string,
  options: SaveOptions & { hard?: boolean } = {},
): SaveResult {
  const found = core.find(id);
  if (!found) return failed(missingRecord(), id);
  const { object, row } = found;
  const fullId = String(row['Id']);
  const hard = options.hard === true;
  if (row['IsDeleted'] === true)
    return hard ? purgeBinned(core, object, row) : failed(isDeletedFault(), fullId);
  if (!options.seeding && !object.deletable)
    return failed(unsupported(object.name, 'delete'), fullId);
  if (!options.seeding && !core.permissions.access(user, object).delete)
    return failed(noAccess(), fullId);
  const held = options.seeding ? undefined : lockFault(core, user, object, row, null);
  if (held) return failed(held, fullId);
  const holder = restrictedBy(core, object, fullId);
  if (holder)
    return failed(
      fault(
        'DELETE_FAILED',
        `Your attempt to delete ${String(row['Name'] ?? fullId)} could not be completed because it is associated with the following ${holder.toLowerCase()} records.`,
      ),
      fullId,
    );
  takeDown(
    {
      core,
      user,
      atMs: wholeSecond(options.atMs ?? core.nowMs()),
      groupId: fullId,
      cleared: [],
      hard,
    },
    object,
    row,
  );
  return { ok: true, id: fullId, created: false };
}

function restrictedBy(core: OrgCore, object: ObjectDefinition, id: string): string | undefined {
  return core.schema
    .childrenOf(object.name)
    .find(
      (link) =>
        link.field.restrictedDelete === true &&
        core.rowsBy(link.child, link.field.name, id).length > 0,
    )?.child.label;
}

function purgeBinned(core: OrgCore, object: ObjectDefinition, row: Row): SaveResult {
  const id = String(row['Id']);
  const entry = core.bin.get(id);
  if (entry) entry.hard = true;
  core.storage.purge(object, id);
  return { ok: true, id, created: false };
}

/** Rows whose time in the recycle bin is over disappear, and the deletion log forgets them. */
export function emptyBin(core: OrgCore): void {
  for (const entry of core.bin.expired(core.nowMs())) {
    core.bin.take(entry.id);
    const object = core.schema.object(entry.object);
    if (object && !entry.hard) core.storage.purge(object, entry.id);
  }
}

/** Brings back the record, what went with it, and the links it had lost. */
export function undelete(
  core: OrgCore,
  user: OrgUser,
  id: string,
  options: SaveOptions = {},
): SaveResult {
  const found = core.find(id);
  const fullId = String(found?.row['Id'] ?? id);
  const entry = core.bin.get(fullId);
  if (!found || !entry || found.row['IsDeleted'] !== true)
    return failed(fault('UNDELETE_FAILED', 'Entity is not in the recycle bin'), fullId);
  if (!found.object.undeletable) return failed(unsupported(found.object.name, 'undelete'), fullId);
  const atMs = wholeSecond(options.atMs ?? core.nowMs());
  const group = entry.groupId === fullId ? core.bin.group(fullId) : [entry];
  for (const member of group) restore(core, user, member, atMs);
  for (const link of entry.cleared) refill(core, link, atMs);
  return { ok: true, id: fullId, created: false };
}

function restore(core: OrgCore, user: OrgUser, entry: BinEntry, atMs: number): void {
  const object = core.schema.object(entry.object);
  const row = object && core.storage.table(object).get(entry.id);
  if (!object || !row) return;
  core.bin.take(entry.id);
  core.storage.journal.note(() => core.bin.put(entry));
  const cells: Row = { IsDeleted: false };
  if (core.schema.field(object, 'MasterRecordId')) cells['MasterRecordId'] = null;
  if (core.schema.field(object, 'SystemModstamp')) cells['SystemModstamp'] = atMs;
  if (core.schema.field(object, 'LastModifiedDate'))
    Object.assign(cells, { LastModifiedDate: atMs, LastModifiedById: user.id });
  core.storage.patch(object, row, cells);
  recalculate(core, object, [row], atMs);
}

/** A link emptied by the deletion comes back unless it was set to something else meanwhile. */
function refill(core: OrgCore, link: ClearedLookup, atMs: number): void {
  const object = core.schema.object(link.object);
  const row = object && core.storage.table(object).get(link.id);
  if (!object || !row || (row[link.field] ?? null) !== null || row['IsDeleted'] === true) return;
  core.storage.patch(object, row, {
    [link.field]: link.value,
    ...(core.schema.field(object, 'SystemModstamp') ? { SystemModstamp: atMs } : {}),
  });
}
