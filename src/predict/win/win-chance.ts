import { ownEntry } from '../../model/own-entry.ts';
import { silentDays, type DealState } from '../deal/deal-at.ts';
import { shiftOdds } from '../math/numeric.ts';
import { sellingDays } from '../math/selling-days.ts';
import { curveAt } from '../math/survival.ts';
import { historyOf } from './features/history.ts';
import { ageBucket, chanceAtAge, chanceIfSilent } from './win-curve.ts';
import { inputsOf } from './model/effects.ts';
import { winProbability, type WinProbability } from './model/probability.ts';
import { viewOf, type WinModel } from './model/win-model.ts';
import type { PoolModel } from './pool-model.ts';
import { wayLeft } from './way-left.ts';

/** Chances that an open deal is won by a moment, from what is known least to most. */
export interface WinChance {
  pool: number;
  stage: number;
  age: number;
  chance: number;
  /** Different past deals in the same stage and age. */
  deals: number;
  /**
   * What the win model says, where it says more than stage and age; `stage` and `age` are then the
   * pool's.
   */
  said: WinProbability | null;
}

/** Weeks of selling from now to then, as the curves of stages count them. */
export const sellingWeeks = ({ quarter, asOfMs }: PoolModel, endMs: number): number =>
  sellingDays(quarter, asOfMs, endMs) / 7;

/**
 * What stage, days in it and long silence say alone: the chance of a win within so many weeks of
 * selling.
 */
export function tableChance(state: DealState, pool: PoolModel, weeks: number): number {
  const stage = ownEntry(pool.stages, state.stage);
  const heardOf =
    stage === undefined
      ? curveAt(pool.pool.win, weeks)
      : chanceAtAge(stage.ages, state.stageDays, weeks);
  const silent = silentDays(state, pool.asOfMs);
  return chanceIfSilent(heardOf, curveAt((stage ?? pool).forgotten.win, weeks), silent);
}

/** Past which a company's own contest found more, or less, than stage and age. */
export const decides = (model: WinModel | null): model is WinModel =>
  model?.steps.some(({ chosen }) => chosen !== 'stageAge') === true;

/**
 * What a model said of a state, by the moment asked for: scores and forecasts ask a dozen times the
 * same. Goes with the state, and is another one's for another model.
 */
const said = new WeakMap<DealState, { model: WinModel; by: Map<number, WinProbability | null> }>();

function fromModel(state: DealState, model: WinModel, endMs: number): WinProbability | null {
  let known = said.get(state);
  if (known?.model !== model) said.set(state, (known = { model, by: new Map() }));
  let found = known.by.get(endMs);
  if (found === undefined) known.by.set(endMs, (found = asked(state, model, endMs)));
  return found;
}

function asked(state: DealState, model: WinModel, endMs: number): WinProbability | null {
  const history = historyOf(state.deal, model.asOfMs, viewOf(model));
  if (history === null) return null;
  return winProbability(model, history, model.asOfMs, endMs, inputsOf(history, new Map()));
}

/**
 * Chance that the deal is won between the pool's moment and `endMs`. By the win model where the
 * company's past holds one, with its own effects of partners; else the curve of the deal's stage
 * and days in stage, then `effect`, the partner's, on the odds as far as the way to the win is
 * still ahead. The asserted close date and the CRM's probability are not read.
 */
export function winChance(
  state: DealState,
  pool: PoolModel,
  endMs: number,
  effect: number,
): WinChance {
  const told = decides(pool.win) ? fromModel(state, pool.win, endMs) : null;
  if (told !== null) {
    const { base, probability: chance, evidence: deals } = told;
    return { pool: base, stage: base, age: base, chance, deals, said: told };
  }
  const weeks = sellingWeeks(pool, endMs);
  const base = curveAt(pool.pool.win, weeks);
  const stage = ownEntry(pool.stages, state.stage);
  const cell = stage?.ages[ageBucket(state.stageDays)];
  const age = tableChance(state, pool, weeks);
  return {
    pool: base,
    stage: stage ? curveAt(stage.curve.win, weeks) : base,
    age,
    chance: shiftOdds(age, wayLeft(state, pool) * effect),
    deals: (cell ?? pool.pool).deals,
    said: null,
  };
}
