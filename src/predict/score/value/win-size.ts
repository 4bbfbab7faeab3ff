import { exactSum } from '../../math/exact-sum.ts';
import { clamp } from '../../math/numeric.ts';

/** What a month with a win brings among partners of one type. */
export interface WinSize {
  mean: number;
  /** Spread of one partner's months, as a share of their mean. */
  variation: number;
  /** So many months' worth does the usual size weigh beside a partner's own. */
  weight: number;
}

/** Months' worth of each guess beside what is measured, so that a handful of months can't rule. */
const PRIOR_MONTHS = 6;
const PRIOR_VARIATION = 0.9;
const [LEAST_WEIGHT, MOST_WEIGHT] = [0.5, 12];

const meanOf = (values: readonly number[]): number => exactSum(values) / values.length;

/**
 * The usual month with a win, and how far a partner's own mean is believed beside it (Bühlmann's
 * credibility: spread within partners over spread between them).
 */
export function winSizeOf(amounts: readonly (readonly number[])[]): WinSize {
  const partners = amounts.filter((own) => own.length > 0);
  if (partners.length === 0) return { mean: 0, variation: PRIOR_VARIATION, weight: MOST_WEIGHT };
  // Of partners, not of months: those who sell often would set the size for all others.
  const mean = meanOf(partners.map(meanOf));
  const shares = partners.map((own) => own.map((amount) => amount / meanOf(own)));
  const freedom = exactSum(partners.map((own) => own.length - 1));
  const within =
    (exactSum(shares.flatMap((own) => own.map((share) => (share - 1) ** 2))) +
      PRIOR_MONTHS * PRIOR_VARIATION ** 2) /
    (freedom + PRIOR_MONTHS);
  const relative = partners.map((own) => ({ at: meanOf(own) / mean, n: own.length }));
  const seen = meanOf(relative.map(({ at }) => (at - 1) ** 2));
  const noise = meanOf(relative.map(({ n }) => within / n));
  const between = Math.max(0, seen - noise);
  const weight = between > 0 ? within / between : MOST_WEIGHT;
  return {
    mean,
    variation: Math.sqrt(within),
    weight: clamp(weight, LEAST_WEIGHT, MOST_WEIGHT),
  };
}

/** One type's size, leaning on the size of all by so many partners' worth. */
export function sizeWithin(all: WinSize, own: WinSize, partners: number, lean: number): WinSize {
  const share = partners / (partners + lean);
  const mixed = (of: (size: WinSize) => number): number => share * of(own) + (1 - share) * of(all);
  return {
    mean: mixed(({ mean }) => mean),
    variation: mixed(({ variation }) => variation),
    weight: mixed(({ weight }) => weight),
  };
}
