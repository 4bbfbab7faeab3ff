import type { Estimate } from '../../model/record.ts';
import { exactSum } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { RECORD_Z } from '../tuning.ts';

/** Share of `n` with its Wilson interval, which is honest for few and at either end. */
export function shareOf(share: number, n: number): Estimate {
  if (n === 0) return { value: 0, low: 0, high: 1 };
  const z2 = RECORD_Z * RECORD_Z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (RECORD_Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return {
    value: share,
    low: clamp(middle - half, 0, share),
    high: clamp(middle + half, share, 1),
  };
}

interface Valued {
  value: number;
}

/** Standard error of a mean of values that know nothing of each other; null = one alone. */
function standardError(values: readonly Valued[], mean: number): number | null {
  const n = values.length;
  if (n < 2) return null;
  return Math.sqrt(exactSum(values.map((one) => (one.value - mean) ** 2)) / (n - 1) / n);
}

const around = (value: number, error: number | null): Estimate => ({
  value,
  low: error === null ? null : value - RECORD_Z * error,
  high: error === null ? null : value + RECORD_Z * error,
});

export const averageOf = (values: readonly Valued[]): number =>
  values.length === 0 ? 0 : exactSum(values.map((one) => one.value)) / values.length;

/** Mean with its interval. */
export function meanOf(values: readonly Valued[]): Estimate {
  const value = averageOf(values);
  return around(value, standardError(values, value));
}

/** Mean of `values` over the mean of `of`, unit by unit, with its interval by the delta method. */
export function ratioOf(values: readonly Valued[], of: readonly Valued[]): Estimate {
  const whole = averageOf(of);
  if (!(whole > 0)) return { value: 0, low: null, high: null };
  const value = averageOf(values) / whole;
  const rest = values.map((one, i) => ({ ...one, value: one.value - value * of[i]!.value }));
  const error = standardError(rest, 0);
  return around(value, error === null ? null : error / whole);
}
