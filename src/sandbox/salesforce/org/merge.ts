/** Merge: losers go to the bin pointing at the winner, their children move to it. */
import type { OrgUser, SalesforceFault, SaveOptions, SaveResult } from '../org-types.ts';
import { wholeSecond } from './core.ts';
import type { OrgCore } from './core.ts';
import { failed, fault, isDeletedFault, missingRecord, noAccess, unsupported } from './faults.ts';
import { recalculate } from './rollups.ts';
import { idOf } from './ids.ts';

/** One merge takes at most this many losers [D]. */
const MAX_LOSERS = 2;

function refusal(
  core: OrgCore,
  user: OrgUser,
  winnerId: string,
  loserIds: string[],
  seeding: boolean,
): SalesforceFault | undefined {
  const winner = core.find(winnerId);
  if (!winner) return missingRecord();
  if (winner.row['IsDeleted'] === true) return isDeletedFault();
  if (!winner.object.mergeable) return unsupported(winner.object.name, 'merge');
  const access = core.permissions.access(user, winner.object);
  if (!seeding && !(access.edit && access.delete)) return noAccess();
  if (loserIds.length === 0 || loserIds.length > MAX_LOSERS)
    return fault('INVALID_NUMBER_RECORDS_TO_MERGE', `A merge takes 1 to ${MAX_LOSERS} records`);
  for (const id of loserIds) {
    const loser = core.find(id);
    if (!loser || loser.object !== winner.object) return missingRecord();
    if (loser.row === winner.row)
      return fault('INVALID_OPERATION', 'A record cannot be merged with itself');
    if (loser.row['IsDeleted'] === true) return isDeletedFault();
  }
  return undefined;
}

export function merge(
  core: OrgCore,
  user: OrgUser,
  winnerId: string,
  loserIds: string[],
  options: SaveOptions = {},
): SaveResult {
  const losers = [...new Set(loserIds.map((id) => idOf(id) ?? id))];
  const refused = refusal(core, user, winnerId, losers, options.seeding === true);
  if (refused) return failed(refused, winnerId);
  const winner = core.find(winnerId);
  if (!winner) return failed(missingRecord(), winnerId);
  const { object } = winner;
  const masterId = String(winner.row['Id']);
  const atMs = wholeSecond(options.atMs ?? core.nowMs());
  const stamps = { LastModifiedDate: atMs, LastModifiedById: user.id, SystemModstamp: atMs };
  for (const id of losers) {
    moveChildren(core, object.name, id, masterId, atMs);
    const loser = core.find(id);
    if (!loser) continue;
    core.storage.patch(object, loser.row, { IsDeleted: true, MasterRecordId: masterId, ...stamps });
    core.bin.put({
      object: object.name,
      id,
      deletedMs: atMs,
      groupId: id,
      cleared: [],
      hard: false,
    });
    core.storage.journal.note(() => core.bin.take(id));
  }
  core.storage.patch(object, winner.row, stamps);
  return { ok: true, id: masterId, created: false };
}

/**
 * Moved children are touched by the system: SystemModstamp moves, LastModifiedDate does not.
 * Earlier losers stay with their own master.
 */
function moveChildren(
  core: OrgCore,
  parent: string,
  fromId: string,
  toId: string,
  atMs: number,
): void {
  for (const link of core.schema.childrenOf(parent)) {
    if (link.field.name === 'MasterRecordId') continue;
    for (const child of core.rowsBy(link.child, link.field.name, fromId)) {
      const target = child['Id'] === toId ? null : toId;
      const before = { ...child };
      core.storage.patch(link.child, child, {
        [link.field.name]: target,
        ...(core.schema.field(link.child, 'SystemModstamp') ? { SystemModstamp: atMs } : {}),
      });
      recalculate(core, link.child, [before, child], atMs);
    }
  }
}
