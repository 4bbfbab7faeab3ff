import type { DealState } from '../deal/deal-at.ts';
import { shiftOdds } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { WEEK_MS } from '../math/time.ts';
import { historyOf } from './features/history.ts';
import { ageBucket, chanceAtAge } from './win-curve.ts';
import { inputsOf } from './model/effects.ts';
import { winProbability, type WinProbability } from './model/probability.ts';
import { viewOf, type WinModel } from './model/win-model.ts';
import type { PoolModel } from './pool-model.ts';

/** Chances that an open deal is won by a moment, from what is known least to most. */
export interface WinChance {
  pool: number;
  stage: number;
  age: number;
  chance: number;
  /** Different past deals in the same stage and age. */
  deals: number;
  /** What the win model says, where it says more than stage and age; `stage` and `age` are then the pool's. */
  said: WinProbability | null;
}

/** Past which a company's own contest found more, or less, than stage and age. */
export const decides = (model: WinModel | null): model is WinModel =>
  model?.steps.some(({ chosen }) => chosen !== 'stageAge') === true;

function fromModel(state: DealState, model: WinModel, endMs: number): WinProbability | null {
  const history = historyOf(state.deal, model.asOfMs, viewOf(model));
  if (history === null) return null;
  return winProbability(model, history, model.asOfMs, endMs, inputsOf(history, new Map()));
}

/**
 * Chance that the deal is won between the pool's moment and `endMs`. By the win model where the
 * company's past holds one, with its own effects of partners; else the curve of the deal's stage and
 * days in stage, then `effect`, the partner's, on the odds.
 * The asserted close date and the CRM's probability are not read.
 */
export function winChance(
  state: DealState,
  pool: PoolModel,
  endMs: number,
  effect: number,
): WinChance {
  const said = decides(pool.win) ? fromModel(state, pool.win, endMs) : null;
  if (said !== null) {
    const { base, probability, evidence } = said;
    return { pool: base, stage: base, age: base, chance: probability, deals: evidence, said };
  }
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
      said,
    };
  const age = chanceAtAge(stage.ages, state.stageDays, weeks);
  return {
    pool: base,
    stage: curveAt(stage.curve.win, weeks),
    age,
    chance: shiftOdds(age, effect),
    deals: cell.deals,
    said,
  };
}
