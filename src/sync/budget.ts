import type { CrmSession } from '../model/connector.ts';
import { asHeadwaterError, HeadwaterError } from '../model/error.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import { readCursor } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';

/** A rolling day frees calls all the time; looking again after an hour costs one call. */
const LOOK_AGAIN_MS = 60 * 60_000;
/** Calls of a stream whatever its size: describe, one page, the delete log, one COUNT. */
const CALLS_PER_STREAM = 4;
/** The budget is looked at again after so many calls; where it costs a call itself, that is two percent. */
export const RECHECK_AFTER_CALLS = 50;

/**
 * Calls left above the quota floor, which belongs to people and other apps; null = the CRM tells no budget.
 * Errors: `limit` with the time to look again when there are none left.
 */
export async function readBudget(session: CrmSession, floorPercent: number, nowMs: number): Promise<number | null> {
  const budget = await session.budget();
  if (budget.usedCalls === null || budget.limitCalls === null) return null;
  const left = Math.floor(budget.limitCalls * (1 - floorPercent / 100)) - budget.usedCalls;
  if (left > 0) return left;
  throw overFloor(`the org has used ${budget.usedCalls} of ${budget.limitCalls} API calls of its day; the last ${floorPercent}% are left to people and other apps`, nowMs);
}

/** Calls that a run will need: every stream's own, and a page per `pageRows` of what a first or full read must fetch. Writes are few and not counted. */
export async function planCalls(store: Store, session: CrmSession, connectionId: string, mapping: CompiledMapping, pageRows: number, full: boolean, counts: boolean): Promise<number> {
  let calls = mapping.streams.length * CALLS_PER_STREAM;
  for (const stream of mapping.streams) {
    const cursor = await readCursor(store, connectionId, stream.object);
    if ((cursor.throughMs !== null && !full) || !counts) continue;
    const rows = await session.count({ object: stream.object, where: stream.where, range: { kind: 'all' }, includeDeleted: stream.includeDeleted }).catch(tooLargeToCount);
    calls += Math.ceil(rows / pageRows);
  }
  return calls;
}

/** A COUNT over very many rows may time out; the plan then goes without it, and the floor is kept during the run. */
function tooLargeToCount(error: unknown): number {
  if (asHeadwaterError(error).kind === 'transient') return 0;
  throw error;
}

/** Refuses a run that could not end above the floor, before it begins. */
export function requireCalls(planned: number, left: number | null, nowMs: number): void {
  if (left !== null && planned > left) throw overFloor(`this run needs about ${planned} API calls, and ${left} are left above the quota floor`, nowMs);
}

const overFloor = (message: string, nowMs: number): HeadwaterError => new HeadwaterError('limit', message, {
  code: 'QUOTA_FLOOR', retryAtMs: nowMs + LOOK_AGAIN_MS, cure: 'Run again when the rolling 24 hours have freed calls, or lower limits.quotaFloorPercent in the connection document.',
});
