import { exactSum } from './exact-sum.ts';
import { normalQuantile } from './numeric.ts';

/** A mean and where it may lie. */
export interface MeanInterval {
  mean: number;
  /** Null where one value says nothing of the spread. */
  low: number | null;
  high: number | null;
}

/**
 * Percentiles as the band that stands beside a mean, which always holds it: of what mostly brings
 * nothing and now and then much, nine times in ten nothing, both percentiles would be nothing.
 */
export const aroundMean = (mean: number, low: number, high: number): MeanBand => ({
  low: Math.min(low, mean),
  high: Math.max(high, mean),
});

interface MeanBand {
  low: number;
  high: number;
}

/**
 * Quantile of Student's t by its expansion around the normal one (Abramowitz and Stegun 26.7.5);
 * within 1% from 3 degrees of freedom on at 90%.
 */
export function studentQuantile(p: number, freedom: number): number {
  const z = normalQuantile(p);
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  );
}

/** Mean of values with its `level` interval by Student's t. Throws on an empty list. */
export function meanInterval(values: readonly number[], level: number): MeanInterval {
  const n = values.length;
  if (n === 0) throw new RangeError('a mean of nothing');
  const mean = exactSum(values) / n;
  if (n === 1) return { mean, low: null, high: null };
  const variance = exactSum(values.map((one) => (one - mean) ** 2)) / (n - 1);
  const half = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}

/** A share of yes among `n` answers, with its interval by Wilson (1927): never beyond 0 and 1. */
export function shareInterval(yes: number, n: number, level: number): MeanInterval {
  if (n === 0) throw new RangeError('a share of nothing');
  const z = normalQuantile((1 + level) / 2);
  const mean = yes / n;
  const middle = (mean + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((mean * (1 - mean)) / n + z ** 2 / (4 * n ** 2));
  return { mean, low: middle - half, high: middle + half };
}
