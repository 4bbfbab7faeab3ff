import { clamp, expit, inner, logit, trigamma } from '../../math/numeric.ts';
import { sellingDays } from '../../math/selling-days.ts';
import { DAY_MS } from '../../math/time.ts';
import { BAND_Z, CELL_PSEUDO_DEALS } from '../../tuning.ts';
import { featureNames, featuresAt } from '../features/features.ts';
import type { DealHistory } from '../features/history.ts';
import { effectsOn, type EffectInputs, type GroupEffect } from './effects.ts';
import { shareOut, wonWithin } from './share-out.ts';
import { dealsLike, TABLE_WEEKS } from './table.ts';
import { termsOf, type Subject } from './terms.ts';
import type { WinModel } from './win-model.ts';

/** What a feature, or the record of a group that the deal belongs to, adds to the probability. */
interface WinStepReason {
  /** Name of a feature, or `effect:partner` and the like. */
  name: string;
  /** Of a hundred. */
  points: number;
}

export interface WinProbability {
  probability: number;
  /** 80% band of the probability itself: what the past deals like this one leave open. */
  low: number;
  high: number;
  /** Different past deals in the same stage for about as long. */
  evidence: number;
  /** Of the average deal within the same days; base + points = 100 x probability. */
  base: number;
  steps: WinStepReason[];
}

/** Days that stand for "ever". */
const EVER_DAYS = TABLE_WEEKS * 7;

const NO_GROUPS: EffectInputs = {
  partnerId: null,
  ownerId: null,
  product: null,
  type: null,
  region: null,
};

/**
 * 80% band on the log odds: what the deals of the cell leave open (Beta), and the groups' own
 * uncertainty.
 */
function band(
  probability: number,
  deals: number,
  effects: readonly GroupEffect[],
): [number, number] {
  const p = inner(probability);
  const n = deals + CELL_PSEUDO_DEALS;
  const own = trigamma(n * p + 0.5) + trigamma(n * (1 - p) + 0.5);
  const sd = Math.sqrt(effects.reduce((sum, one) => sum + one.sd ** 2, own));
  const at = (z: number): number => expit(logit(p) + z * sd);
  return [clamp(at(-BAND_Z), 0, probability), clamp(at(BAND_Z), probability, 1)];
}

/**
 * Probability that an open deal, as known at `asOfMs`, is won by `endMs` (Infinity = ever). A
 * longer time never gives less. Only what is stamped up to `asOfMs` is read.
 */
export function winProbability(
  model: WinModel,
  history: DealHistory,
  asOfMs: number,
  endMs: number,
  inputs: EffectInputs = NO_GROUPS,
): WinProbability {
  const days = Math.min(EVER_DAYS, (endMs - asOfMs) / DAY_MS);
  const subject = subjectOf(model, history, asOfMs);
  const deals = dealsLike(model.table, subject.stage, subject.stageDays);
  if (!(days > 0)) return { probability: 0, low: 0, high: 0, evidence: deals, base: 0, steps: [] };
  const effects = effectsOn(model.effects, inputs);
  const own = effects.map(({ factor, effect }) => ({ name: `effect:${factor}`, value: effect }));
  const terms = termsOf(model, subject, days);
  const shared = shareOut(terms.map((term) => ({ ...term, parts: [...term.parts, ...own] })));
  const probability = clamp(shared.probability, 0, 1);
  const [low, high] = band(probability, deals, effects);
  const steps = shared.parts.map(({ name, value }) => ({ name, points: 100 * value }));
  return { probability, low, high, evidence: deals, base: shared.base, steps };
}

/** The probability alone, for many times ahead: of a win within so many days. */
export function winCurve(
  model: WinModel,
  history: DealHistory,
  inputs: EffectInputs,
): (days: number) => number {
  const subject = subjectOf(model, history, model.asOfMs);
  const own = effectsOn(model.effects, inputs).map(({ factor, effect }) => ({
    name: `effect:${factor}`,
    value: effect,
  }));
  return (days) => {
    const terms = termsOf(model, subject, Math.min(EVER_DAYS, days));
    const all = terms.map((term) => ({ ...term, parts: [...term.parts, ...own] }));
    return days > 0 ? clamp(wonWithin(all), 0, 1) : 0;
  };
}

function subjectOf(model: WinModel, history: DealHistory, asOfMs: number): Subject {
  const features = featuresAt(history, asOfMs, model.vocabulary);
  const names = featureNames(model.vocabulary);
  return {
    features,
    stage: features.words[names.words.indexOf('stage')]!,
    stageDays: features.numbers[names.numbers.indexOf('stageDays')]!,
    silentDays: features.numbers[names.numbers.indexOf('silentDays')]!,
    ahead: (days) => sellingDays(model.quarter, asOfMs, asOfMs + days * DAY_MS),
    lines: new Map(),
  };
}
