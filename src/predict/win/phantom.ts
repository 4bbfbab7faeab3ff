import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * An open deal that is silent beyond the stale limit and either older than the cohort horizon or
 * longer in its stage than nine in ten stays of this organisation.
 * It is counted and named, and weighs nothing: so never marking a loss earns nothing,
 * and marking it costs nothing.
 */
export function isPhantom(state: DealState, pool: PoolModel, context: MeasureContext): boolean {
  const silent = silentDays(state, context.asOfMs);
  if (state.outcome !== 'open' || silent <= context.staleDays) return false;
  if (pool.quietDays !== null && silent > pool.quietDays) return true;
  const limit = state.stage === null ? null : (pool.stages[state.stage]?.overdueDays ?? null);
  return state.ageDays > context.horizonDays || (limit !== null && state.stageDays > limit);
}

/** Open deals that carry weight. */
export const liveDeals = (
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): DealState[] => states.filter((s) => s.outcome === 'open' && !isPhantom(s, pool, context));
