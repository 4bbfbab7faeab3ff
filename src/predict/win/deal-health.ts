import type { PoolModel } from './pool-model.ts';
import { dayEnd } from '../math/calendar.ts';
import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { DealHealth } from '../../model/score.ts';

export interface HealthSigns {
  silent: number;
  stalled: boolean;
  overdue: boolean;
  pushed: boolean;
  slow: boolean;
}

/**
 * What can be seen about an open deal's movement; its asserted close date is read here
 * and nowhere in the chances.
 */
export function healthSigns(
  state: DealState,
  pool: PoolModel,
  context: MeasureContext,
): HealthSigns {
  const silent = silentDays(state, context.asOfMs);
  const slowDays = state.stage === null ? null : (pool.stages[state.stage]?.slowDays ?? null);
  return {
    silent,
    stalled: silent > context.staleDays,
    overdue: (dayEnd(state.closeDate, context.timeZone) ?? Infinity) <= context.asOfMs,
    pushed: state.pushesInStage > 0,
    slow: slowDays !== null && state.stageDays > slowDays,
  };
}

/**
 * Stalled: silent beyond the limit. Slipping: overdue, pushed within its stage, or longer in
 * it than four in five stays.
 */
export const dealHealth = (signs: HealthSigns): DealHealth =>
  signs.stalled ? 'stalled' : signs.overdue || signs.pushed || signs.slow ? 'slipping' : 'on track';
