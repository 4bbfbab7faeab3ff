import { ownEntry } from '../../model/own-entry.ts';
import { clamp } from '../math/numeric.ts';
import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { FADE_FROM, FADE_TO } from '../tuning.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * The longest usual silence of deals that were won; twice the stale limit where too few were won to
 * tell.
 */
export const longestQuiet = (quietDays: number | null, staleDays: number): number =>
  quietDays === null ? 2 * staleDays : Math.max(quietDays, staleDays);

/**
 * How far an open deal is still heard of after so many silent days: 1 up to a share of the longest
 * usual silence of deals that were won, then fading to 0, so that nothing hangs on a single day.
 */
export const heardOf = (silent: number, longest: number): number =>
  clamp((FADE_TO - silent / longest) / (FADE_TO - FADE_FROM), 0, 1);

export const freshness = (state: DealState, pool: PoolModel, context: MeasureContext): number =>
  heardOf(silentDays(state, context.asOfMs), longestQuiet(pool.quietDays, context.staleDays));

/**
 * An open deal that is silent beyond the stale limit and either older than the cohort horizon or
 * silent for longer than deals that were won ever usually were; where too few were won to tell,
 * longer in its stage than nine in ten stays of this organisation. It is counted and named, and
 * weighs next to nothing: so never marking a loss earns nothing, and marking it costs nothing.
 */
export function isPhantom(state: DealState, pool: PoolModel, context: MeasureContext): boolean {
  const silent = silentDays(state, context.asOfMs);
  if (state.outcome !== 'open' || silent <= context.staleDays) return false;
  if (state.ageDays > context.horizonDays) return true;
  if (pool.quietDays !== null) return silent > pool.quietDays;
  const limit = ownEntry(pool.stages, state.stage)?.overdueDays ?? null;
  return limit !== null && state.stageDays > limit;
}

/** Open deals that carry weight. */
export const liveDeals = (
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): DealState[] => states.filter((s) => s.outcome === 'open' && !isPhantom(s, pool, context));
