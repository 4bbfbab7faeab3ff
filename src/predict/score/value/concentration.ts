import type { Banded, Concentration } from '../../../model/worth.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { clamp } from '../../math/numeric.ts';
import { BAND_Z } from '../../tuning.ts';

const TOP = 0.2;
/** Below that, leaving each partner out in turn says nothing of how far the number may be off. */
const FEWEST = 5;

/** Share of the largest fifth; where a fifth is no whole partner, a part of the next counts. */
function topShare(descending: readonly number[]): number {
  const total = exactSum(descending);
  const take = TOP * descending.length;
  const whole = Math.floor(take);
  const part = (descending[whole] ?? 0) * (take - whole);
  return total > 0 ? (exactSum(descending.slice(0, whole)) + part) / total : 0;
}

const effectiveNumber = (amounts: readonly number[]): number => {
  const squares = exactSum(amounts.map((amount) => amount * amount));
  return squares > 0 ? exactSum(amounts) ** 2 / squares : 0;
};

/** The jackknife: how the number moves when each partner in turn is left out. */
function banded(
  amounts: readonly number[],
  of: (amounts: readonly number[]) => number,
  [least, most]: [number, number],
): Banded {
  const value = of(amounts);
  const n = amounts.length;
  if (n < FEWEST) return { value, low: least, high: most };
  const without = amounts.map((_, i) => of([...amounts.slice(0, i), ...amounts.slice(i + 1)]));
  const mean = exactSum(without) / n;
  const spread = exactSum(without.map((one) => (one - mean) ** 2));
  const reach = BAND_Z * Math.sqrt(((n - 1) / n) * spread);
  return {
    value,
    low: clamp(value - reach, least, value),
    high: clamp(value + reach, value, most),
  };
}

/** Of what partners won; null where nobody won anything. */
export function concentrationOf(won: readonly number[]): Concentration | null {
  const descending = won.map((amount) => Math.max(0, amount)).sort((a, b) => b - a);
  const total = exactSum(descending);
  if (!(total > 0)) return null;
  let sum = 0;
  return {
    partners: descending.length,
    total,
    topFifth: banded(descending, topShare, [0, 1]),
    effective: banded(descending, effectiveNumber, [1, descending.length]),
    curve: descending.map((amount) => (sum += amount) / total),
  };
}
