import type { DealHistory } from '../features/history.ts';
import { logLoss } from './candidates.ts';
import { clusteredError } from './contest.ts';
import {
  estimateEffects,
  FACTORS,
  inputsOf,
  keyOf,
  type FactorEffects,
  type FactorName,
  type PartnerTraits,
} from './effects.ts';
import type { Origin } from './origins.ts';
import type { Sample } from './sample.ts';

/**
 * Log odds of the rows of a sample, by the model as it would have been fitted so many days before
 * the panel's moment.
 */
export type FitOdds = (train: Sample, cutDays: number) => (sample: Sample) => Float64Array;

/** A factor is not even tried where its groups are this likely not to differ. */
const MAX_NONE = 0.5;
/**
 * Below this probability that the groups do not differ, past origins need not prove it a second
 * time.
 */
const SURE = 0.05;

type Keys = (string | null)[];

const shifted = (
  odds: Float64Array,
  sample: Sample,
  keys: Keys,
  effects: Map<string, number>,
): Float64Array =>
  odds.map((value, i) => {
    const key = keys[sample.panel.deal[sample.rows[i]!]!];
    return value + (key === null || key === undefined ? 0 : (effects.get(key) ?? 0));
  });

const byKey = ({ groups }: Pick<FactorEffects, 'groups'>): Map<string, number> =>
  new Map(groups.map(({ key, effect }) => [key, effect]));

interface Judged {
  train: Sample;
  test: Sample;
  trainOdds: Float64Array;
  testOdds: Float64Array;
}

/** Loss less with the factor, over all origins. */
function judge(judged: readonly Judged[], keys: Keys): { gain: number; gainError: number } {
  const difference: number[] = [];
  const deals: number[] = [];
  for (const { train, test, trainOdds, testOdds } of judged) {
    const effects = byKey(estimateEffects(train, trainOdds, keys));
    const moved = shifted(testOdds, test, keys, effects);
    for (let i = 0; i < moved.length; i++) {
      difference.push(logLoss(testOdds[i]!, test.y[i]!) - logLoss(moved[i]!, test.y[i]!));
      deals.push(test.panel.deal[test.rows[i]!]!);
    }
  }
  const gain =
    difference.length > 0 ? difference.reduce((a, b) => a + b, 0) / difference.length : 0;
  return { gain, gainError: difference.length > 0 ? clusteredError(difference, deals) : 0 };
}

/**
 * The effects that are used: each factor after those wider than it, where the deals say that its
 * groups differ and where it would have said better at past origins, by more than one standard
 * error where the deals leave doubt.
 */
export function chooseEffects(
  histories: readonly DealHistory[],
  partners: PartnerTraits,
  sample: Sample,
  origins: readonly Origin[],
  fit: FitOdds,
): FactorEffects[] {
  const inputs = histories.map((history) => inputsOf(history, partners));
  let odds = fit(sample, 0)(sample);
  let judged: Judged[] | null = null;
  const used: FactorEffects[] = [];
  for (const factor of FACTORS as readonly FactorName[]) {
    const keys = inputs.map((one) => keyOf(factor, one));
    const found = estimateEffects(sample, odds, keys);
    if (found.groups.length < 2 || found.none > MAX_NONE) continue;
    judged ??= origins.map((origin) => judgedBy(origin, fit));
    const { gain, gainError } = judge(judged, keys);
    // What the deals hardly leave open needs no more than to have said better at past origins too.
    if (!(gain > (found.none < SURE ? 0 : gainError))) continue;
    used.push({ factor, ...found, gain, gainError });
    odds = shifted(odds, sample, keys, byKey(found));
    for (const one of judged) {
      const effects = byKey(estimateEffects(one.train, one.trainOdds, keys));
      one.trainOdds = shifted(one.trainOdds, one.train, keys, effects);
      one.testOdds = shifted(one.testOdds, one.test, keys, effects);
    }
  }
  return used;
}

function judgedBy({ train, test, daysBack }: Origin, fit: FitOdds): Judged {
  const odds = fit(train, daysBack);
  return { train, test, trainOdds: odds(train), testOdds: odds(test) };
}
