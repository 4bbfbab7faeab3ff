import type { CrmSession } from '../model/connector.ts';
import { HeadwaterError } from '../model/error.ts';

/** A rolling day frees calls all the time; looking again after an hour costs one call. */
const LOOK_AGAIN_MS = 60 * 60_000;

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

/** Refuses a run that could not end above the floor, before it begins. */
export function requireCalls(planned: number, left: number | null, nowMs: number): void {
  if (left !== null && planned > left) throw overFloor(`this run needs about ${planned} API calls, and ${left} are left above the quota floor`, nowMs);
}

const overFloor = (message: string, nowMs: number): HeadwaterError => new HeadwaterError('limit', message, {
  code: 'QUOTA_FLOOR', retryAtMs: nowMs + LOOK_AGAIN_MS, cure: 'Run again when the rolling 24 hours have freed calls, or lower limits.quotaFloorPercent in the connection document.',
});
