import { exp, log } from '../../../model/real-math.ts';
import { clamp, normalCdf } from '../../math/numeric.ts';
import type { WinSize } from './win-size.ts';

/** Halvings of the range in which a percentile lies: far finer than any field shows. */
const HALVINGS = 24;
/** Above any percentile that is asked for: so many times what every month would bring. */
const BEYOND = 20;
/** What lies outside of the interval, half of it on each side. */
const OUTSIDE = 0.2;
const TAIL = OUTSIDE / 2;

/** Chance that a gamma of this mean and variance is below `x` (Wilson and Hilferty 1931). */
function gammaCdf(x: number, mean: number, variance: number): number {
  const c = variance / (9 * mean * mean);
  return normalCdf((exp(log(x / mean) / 3) - 1 + c) / Math.sqrt(c));
}

/**
 * Chance that money of a random number of months with a win is at most `x`: months differ among
 * each other, and the partner's own mean is known from `own` months only.
 */
const belowOf =
  (counts: readonly number[], size: WinSize, own: number) =>
  (x: number): number =>
    counts.reduce((sum, chance, n) => {
      if (n === 0 || chance === 0) return sum + chance;
      if (x <= 0) return sum;
      const variance = (n + (n * n) / (size.weight + own)) * (size.mean * size.variation) ** 2;
      return sum + chance * gammaCdf(x, n * size.mean, variance);
    }, 0);

/**
 * The 80% interval: as likely above as below. Where more than a tail is no win at all, it begins at
 * zero and ends earlier instead, for else it would hold far more than 80%.
 */
export function interval(counts: readonly number[], size: WinSize, own: number) {
  const below = belowOf(counts, size, own);
  const none = below(0);
  const percentile = (q: number): number => {
    if (size.mean <= 0 || none >= q) return 0;
    let [low, high] = [0, BEYOND * (counts.length - 1) * size.mean];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      if (below(middle) < q) low = middle;
      else high = middle;
    }
    return high;
  };
  const spent = clamp(none - TAIL, 0, OUTSIDE - TAIL);
  return { low: percentile(TAIL), high: percentile(1 - TAIL - spent) };
}
