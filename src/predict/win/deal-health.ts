import { ownEntry } from '../../model/own-entry.ts';
import type { PoolModel } from './pool-model.ts';
import { log } from '../../model/real-math.ts';
import { dayEnd } from '../math/calendar.ts';
import { inner, logit } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { DealHealth } from '../../model/score.ts';
import type { StallState } from './stall/risk.ts';
import { sellingWeeks } from './win-chance.ts';

export interface HealthSigns {
  silent: number;
  /** Silent beyond the limit. */
  quiet: boolean;
  /** That, or put off beyond the end of its quarter with no sign since. */
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
  stall: StallState | null,
): HealthSigns {
  const silent = silentDays(state, context.asOfMs);
  const slowDays = ownEntry(pool.stages, state.stage)?.slowDays ?? null;
  return {
    silent,
    quiet: silent > context.staleDays,
    stalled: silent > context.staleDays || stall?.stalled === true,
    overdue: (dayEnd(state.closeDate, context.timeZone) ?? Infinity) <= context.asOfMs,
    pushed: state.pushesInStage > 0,
    slow: slowDays !== null && state.stageDays > slowDays,
  };
}

/** What deals in the same stage, however long they have been there, are won with by a moment. */
export function stageNorm(state: DealState, pool: PoolModel, endMs: number): number {
  const curve = ownEntry(pool.stages, state.stage)?.curve;
  return curveAt((curve ?? pool.pool).win, sellingWeeks(pool, endMs));
}

/** Odds below this share of those of the organisation's own deals in the stage are a gap. */
const SLIPPING_ODDS = 2 / 3;

/**
 * Stalled: silent beyond the limit, or put off beyond its quarter. Slipping: modelled to win at
 * clearly worse odds than the organisation's own deals in its stage do. An asserted date that
 * passed, or a stay that is long, is no gap by itself: where such deals are still won, the model
 * says so.
 */
export function dealHealth(signs: HealthSigns, chance: number, norm: number): DealHealth {
  if (signs.stalled) return 'stalled';
  const gap = logit(inner(chance)) - logit(inner(norm));
  return gap < log(SLIPPING_ODDS) ? 'slipping' : 'on track';
}
