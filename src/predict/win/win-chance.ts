import type { DealState } from '../deal/deal-at.ts';
import { shiftOdds } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { WEEK_MS } from '../math/time.ts';
import { ageBucket } from './landmarks.ts';
import type { PoolModel } from './pool-model.ts';

/** Chances that an open deal is won by a moment, from what is known least to most. */
export interface WinChance {
  pool: number;
  stage: number;
  age: number;
  chance: number;
  /** different past deals in the same stage and age */
  deals: number;
}

/**
 * Chance that the deal is won between the pool's moment and `endMs`: curve of its stage and days in
 * stage, then the partner's effect on the odds.
 * The asserted close date and the CRM's probability are not read.
 */
export function winChance(
  state: DealState,
  pool: PoolModel,
  endMs: number,
  effect: number,
): WinChance {
  const weeks = (endMs - pool.asOfMs) / WEEK_MS;
  const base = curveAt(pool.pool.win, weeks);
  const stage = state.stage === null ? undefined : pool.stages[state.stage];
  const cell = stage?.ages[ageBucket(state.stageDays)];
  if (!stage || !cell)
    return {
      pool: base,
      stage: base,
      age: base,
      chance: shiftOdds(base, effect),
      deals: pool.pool.deals,
    };
  const age = curveAt(cell.win, weeks);
  return {
    pool: base,
    stage: curveAt(stage.curve.win, weeks),
    age,
    chance: shiftOdds(age, effect),
    deals: cell.deals,
  };
}
