/** getUpdated and getDeleted: minute windows over stamps and over the deletion log. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import { OrgFault } from '../org-types.ts';
import { BIN_DAYS } from './bin.ts';
import type { OrgCore } from './core.ts';
import { fault, invalidType } from './faults.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far back getUpdated answers [D]. */
const UPDATED_DAYS = 30;
/** More ids than this and the window must be cut [D]. */
const MAX_IDS = 600_000;

const toMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

/** Seconds are ignored, as the vendor says; the window is [start, end). */
function checked(
  core: OrgCore,
  name: string,
  startMs: number,
  endMs: number,
  days: number,
): { object: ObjectDefinition; start: number; end: number } {
  const object = core.schema.object(name);
  if (!object) throw new OrgFault([invalidType(name)]);
  if (!object.replicateable)
    throw new OrgFault([fault('INVALID_TYPE', `${object.name} is not replicable`)]);
  const start = toMinute(startMs);
  const end = toMinute(endMs);
  if (start >= end)
    throw new OrgFault([
      fault('INVALID_REPLICATION_DATE', 'startDate must precede endDate by at least one minute'),
    ]);
  if (start < toMinute(core.nowMs()) - days * DAY_MS)
    throw new OrgFault([
      fault('INVALID_REPLICATION_DATE', `startDate cannot be more than ${days} days ago`),
    ]);
  return { object, start, end: Math.min(end, toMinute(core.nowMs()) + MINUTE_MS) };
}

export function updated(
  core: OrgCore,
  name: string,
  startMs: number,
  endMs: number,
): { ids: string[]; latestDateCoveredMs: number } {
  const { object, start, end } = checked(core, name, startMs, endMs, UPDATED_DAYS);
  const stamp = core.schema.field(object, 'SystemModstamp') ? 'SystemModstamp' : 'CreatedDate';
  const ids: string[] = [];
  for (const row of core.storage
    .table(object)
    .range(stamp, { from: start, to: end, toExclusive: true }))
    if (row['IsDeleted'] !== true) ids.push(String(row['Id']));
  if (ids.length > MAX_IDS)
    throw new OrgFault([fault('EXCEEDED_ID_LIMIT', `getUpdated returns at most ${MAX_IDS} ids`)]);
  return { ids, latestDateCoveredMs: Math.min(end, toMinute(core.nowMs())) };
}

export function deleted(
  core: OrgCore,
  name: string,
  startMs: number,
  endMs: number,
): {
  deletedRecords: { id: string; deletedMs: number }[];
  earliestDateAvailableMs: number;
  latestDateCoveredMs: number;
} {
  const { object, start, end } = checked(core, name, startMs, endMs, BIN_DAYS);
  const deletedRecords = core.bin
    .deleted(object.name, start, end)
    .map(({ id, deletedMs }) => ({ id, deletedMs }));
  const earliestDateAvailableMs =
    core.bin.earliestMs(object.name) ?? toMinute(core.nowMs()) - BIN_DAYS * DAY_MS;
  return {
    deletedRecords,
    earliestDateAvailableMs,
    latestDateCoveredMs: Math.min(end, toMinute(core.nowMs())),
  };
}
