import { exp, log } from '../../../model/real-math.ts';
import { expit } from '../../math/numeric.ts';
import type { DealHistory } from '../features/history.ts';
import type { Sample } from './sample.ts';

/** What is known of partners beside the deal. */
export type PartnerTraits = ReadonlyMap<string, { type: string | null; region: string | null }>;

/**
 * Groups of deals that may win more or less often than their features say, from the widest to the
 * narrowest.
 */
export const FACTORS = ['type', 'region', 'partner', 'partnerProduct', 'owner'] as const;
export type FactorName = (typeof FACTORS)[number];

/** Where a deal stands in every grouping. */
export type EffectInputs = Pick<DealHistory, 'partnerId' | 'ownerId' | 'product'> & {
  type: string | null;
  region: string | null;
};

export interface GroupEffect {
  key: string;
  /** On the log odds. */
  effect: number;
  sd: number;
  /** Different deals behind it. */
  deals: number;
}

export interface FactorEffects {
  factor: FactorName;
  /** Probability, given the deals, that the groups do not differ at all. */
  none: number;
  /** Standard deviation between groups, on the log odds. */
  spread: number;
  /** Mean log loss less without it, out of sample, and the standard error of that. */
  gain: number;
  gainError: number;
  groups: GroupEffect[];
}

/**
 * Half of all organisations are taken to have no difference between groups at all, until their
 * deals say otherwise.
 */
const NO_SPREAD_PRIOR = 0.5;
/**
 * Spreads between groups that are thought of, on the log odds: from hardly any to odds three times
 * as high at one deviation.
 */
const SPREADS = [0.1, 0.2, 0.35, 0.5, 0.75, 1.1];

export const inputsOf = (history: DealHistory, partners: PartnerTraits): EffectInputs => {
  const traits = history.partnerId === null ? undefined : partners.get(history.partnerId);
  const { partnerId, ownerId, product } = history;
  return {
    partnerId,
    ownerId,
    product,
    type: traits?.type ?? null,
    region: traits?.region ?? null,
  };
};

/** The group of a deal; null = none, which has no effect. */
export function keyOf(factor: FactorName, inputs: EffectInputs): string | null {
  const { partnerId, product } = inputs;
  if (factor === 'partner') return partnerId;
  if (factor === 'owner') return inputs.ownerId;
  if (factor === 'type') return inputs.type;
  if (factor === 'region') return inputs.region;
  return partnerId === null || product === null ? null : JSON.stringify([partnerId, product]);
}

interface Group {
  score: number;
  information: number;
  deals: number;
}

interface DealResidual {
  deal: number;
  score: number;
  information: number;
}

/**
 * A deal counts once however many snapshots it has: the mean of its residuals, and of their
 * variance.
 */
function residualsOf(sample: Sample, odds: Float64Array): DealResidual[] {
  const found: DealResidual[] = [];
  for (let i = 0; i < sample.rows.length; ) {
    const deal = sample.panel.deal[sample.rows[i]!]!;
    const from = i;
    let score = 0;
    let information = 0;
    for (; i < sample.rows.length && sample.panel.deal[sample.rows[i]!] === deal; i++) {
      const p = expit(odds[i]!);
      score += sample.y[i]! - p;
      information += p * (1 - p);
    }
    found.push({ deal, score: score / (i - from), information: information / (i - from) });
  }
  return found;
}

/**
 * Residuals by group, beside what all deals have in common: short deals count as much as long ones
 * here, so that their mean is not zero. `dispersion` = variance of a deal's residual as a share of
 * one independent snapshot's.
 */
function gather(
  residuals: readonly DealResidual[],
  keys: readonly (string | null)[],
): { groups: Map<string, Group>; dispersion: number } {
  const expected = residuals.reduce((sum, { information }) => sum + information, 0);
  const common = residuals.reduce((sum, { score }) => sum + score, 0) / Math.max(expected, 1e-9);
  const groups = new Map<string, Group>();
  let squares = 0;
  for (const { deal, score, information } of residuals) {
    const own = score - common * information;
    squares += own * own;
    const key = keys[deal]!;
    if (key === null) continue;
    const group = groups.get(key) ?? { score: 0, information: 0, deals: 0 };
    groups.set(key, group);
    group.score += own;
    group.information += information;
    group.deals++;
  }
  return { groups, dispersion: expected > 0 ? squares / expected : 1 };
}

/** Log density of a normal with mean 0 at `x`, without the constant. */
const logNormal = (x: number, variance: number): number =>
  -0.5 * (log(variance) + (x * x) / variance);

/**
 * Effects by empirical Bayes with a spike at zero: the marginal likelihood of every spread in the
 * list and of none at all weighs how far each group's own record moves it. Where groups do not
 * differ, nearly all the weight is on none. One Newton step from the model's odds gives a group's
 * own record: score / information.
 */
export function estimateEffects(
  sample: Sample,
  odds: Float64Array,
  keys: readonly (string | null)[],
): Omit<FactorEffects, 'factor' | 'gain' | 'gainError'> {
  const { groups, dispersion } = gather(residualsOf(sample, odds), keys);
  const named = [...groups].filter(([, group]) => group.information > 0);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  const own = named.map(([key, group]) => ({
    key,
    deals: group.deals,
    value: group.score / group.information,
    variance: Math.max(dispersion, 1e-6) / group.information,
  }));
  const weights = spreadWeights(own);
  const effects = own.map(({ key, deals, value, variance }): GroupEffect => {
    let effect = 0;
    let square = 0;
    for (const [spread, weight] of weights) {
      const kept = (spread * spread) / (spread * spread + variance);
      effect += weight * kept * value;
      square += weight * (kept * variance + (kept * value) ** 2);
    }
    return { key, effect, sd: Math.sqrt(Math.max(0, square - effect * effect)), deals };
  });
  const spread = Math.sqrt(weights.reduce((sum, [s, weight]) => sum + weight * s * s, 0));
  return { none: weights[0]![1], spread, groups: effects };
}

/** Posterior weight of every spread, the first being none. */
function spreadWeights(own: readonly { value: number; variance: number }[]): [number, number][] {
  const prior = (1 - NO_SPREAD_PRIOR) / SPREADS.length;
  const scored = [0, ...SPREADS].map((spread): [number, number] => {
    const evidence = own.reduce(
      (sum, { value, variance }) => sum + logNormal(value, variance + spread * spread),
      0,
    );
    return [spread, evidence + log(spread === 0 ? NO_SPREAD_PRIOR : prior)];
  });
  const most = Math.max(...scored.map(([, value]) => value));
  const total = scored.reduce((sum, [, value]) => sum + exp(value - most), 0);
  return scored.map(([spread, value]) => [spread, exp(value - most) / total]);
}

/** What the groups of one deal add to its log odds. */
export function effectsOn(
  effects: readonly FactorEffects[],
  inputs: EffectInputs,
): (GroupEffect & { factor: FactorName })[] {
  return effects.flatMap(({ factor, groups }) => {
    const key = keyOf(factor, inputs);
    const found = key === null ? undefined : groups.find((group) => group.key === key);
    return found ? [{ ...found, factor }] : [];
  });
}
