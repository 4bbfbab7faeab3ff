import { clamp } from '../math/numeric.ts';
import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * How far an open deal is still heard of: 1 up to half of the longest usual silence of deals that
 * were won, then fading to 0 at its end; so nothing hangs on a single day.
 */
export function freshness(state: DealState, pool: PoolModel, context: MeasureContext): number {
  if (pool.quietDays === null) return 1;
  const longest = Math.max(pool.quietDays, context.staleDays);
  return clamp(2 - (2 * silentDays(state, context.asOfMs)) / longest, 0, 1);
}

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
  const limit = state.stage === null ? null : (pool.stages[state.stage]?.overdueDays ?? null);
  return limit !== null && state.stageDays > limit;
}

/** Open deals that carry weight. */
export const liveDeals = (
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): DealState[] => states.filter((s) => s.outcome === 'open' && !isPhantom(s, pool, context));
