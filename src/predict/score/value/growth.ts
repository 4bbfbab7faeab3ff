import { clamp } from '../../math/numeric.ts';
import { exactSum } from '../../math/exact-sum.ts';

const YEAR_MONTHS = 12;
/** Two sides of 95%. */
const PROVEN_Z = 1.96;
/** Partners below which no growth of all can be told from that of one. */
const FEWEST = 8;
/** What lasts three years is not taken to be steeper than this a year. */
const MOST = 0.25;

/** How fast wins become larger, a year; `value` is what counts: 0 where the interval holds zero. */
export interface Growth {
  value: number;
  seen: number;
  low: number;
  high: number;
}

/** Slope of a partner's own wins over time, as a share of their mean, and how much it weighs. */
function slopeOf(months: readonly number[]): { sum: number; square: number } | null {
  const wins = months.flatMap((amount, m) => (amount > 0 ? [{ amount, at: m / YEAR_MONTHS }] : []));
  if (wins.length < 2) return null;
  const mean = exactSum(wins.map(({ amount }) => amount)) / wins.length;
  const middle = exactSum(wins.map(({ at }) => at)) / wins.length;
  return {
    sum: exactSum(wins.map(({ amount, at }) => (amount / mean - 1) * (at - middle))),
    square: exactSum(wins.map(({ at }) => (at - middle) ** 2)),
  };
}

/**
 * Growth of the size of wins within partners, so that large partners that came late are none; each
 * partner is one witness of it, however many wins it has.
 */
export function growthOf(all: readonly (readonly number[])[]): Growth {
  const slopes = all.flatMap((months) => slopeOf(months) ?? []);
  const square = exactSum(slopes.map((one) => one.square));
  if (slopes.length < FEWEST || square === 0) return { value: 0, seen: 0, low: -1, high: 1 };
  const seen = exactSum(slopes.map((one) => one.sum)) / square;
  const spread = exactSum(slopes.map((one) => (one.sum - seen * one.square) ** 2));
  const reach = (PROVEN_Z * Math.sqrt(spread)) / square;
  const proven = Math.abs(seen) > reach;
  return {
    value: proven ? clamp(seen, -MOST, MOST) : 0,
    seen,
    low: seen - reach,
    high: seen + reach,
  };
}
