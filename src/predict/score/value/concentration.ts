import type { Banded, Concentration } from '../../../model/worth.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { clamp } from '../../math/numeric.ts';
import { BAND_Z } from '../../tuning.ts';

const TOP = 0.2;
/** Below that, leaving each partner out in turn says nothing of how far the number may be off. */
const FEWEST = 5;

/**
 * Sums of amounts in descending order, from which a measure is known at once, also with one of them
 * left out: leaving each out in turn then takes no longer than reading the list.
 */
interface Sums {
  amounts: readonly number[];
  /** Sum of the first so many. */
  first: readonly number[];
  squares: number;
}
/** `out`: place of the one that is left out; null = none is. */
type Measure = (sums: Sums, out: number | null) => number;

function sumsOf(amounts: readonly number[]): Sums {
  let sum = 0;
  const first = [0, ...amounts.map((amount) => (sum += amount))];
  return { amounts, first, squares: exactSum(amounts.map((amount) => amount * amount)) };
}

/** Share of the largest fifth; where a fifth is no whole partner, a part of the next counts. */
const topShare: Measure = ({ amounts, first }, out) => {
  const left = out === null ? 0 : amounts[out]!;
  const n = amounts.length - (out === null ? 0 : 1);
  // Behind the one that is left out each stands a place earlier.
  const at = (place: number): number =>
    amounts[out !== null && out <= place ? place + 1 : place] ?? 0;
  const sum = (count: number): number =>
    out !== null && out < count ? (first[count + 1] ?? 0) - left : first[count]!;
  const total = first[amounts.length]! - left;
  const whole = Math.floor(TOP * n);
  return total > 0 ? (sum(whole) + at(whole) * (TOP * n - whole)) / total : 0;
};

const effectiveNumber: Measure = ({ amounts, first, squares }, out) => {
  const left = out === null ? 0 : amounts[out]!;
  const rest = squares - left * left;
  return rest > 0 ? (first[amounts.length]! - left) ** 2 / rest : 0;
};

/** The jackknife: how the number moves when each partner in turn is left out. */
function banded(sums: Sums, of: Measure, [least, most]: [number, number]): Banded {
  const value = of(sums, null);
  const n = sums.amounts.length;
  if (n < FEWEST) return { value, low: least, high: most };
  const without = sums.amounts.map((_, i) => of(sums, i));
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
  const sums = sumsOf(descending);
  return {
    partners: descending.length,
    total,
    topFifth: banded(sums, topShare, [0, 1]),
    effective: banded(sums, effectiveNumber, [1, descending.length]),
    curve: sums.first.slice(1).map((sum) => sum / total),
  };
}
