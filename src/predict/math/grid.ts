import { normalQuantile } from './numeric.ts';
import { exp, log1p } from '../../model/real-math.ts';

/** Probability mass on amounts 0, step, 2 x step, ... up to the length of the array. */
export type Mass = Float64Array;

/**
 * Cells and shares of an amount between its two neighbours: the mean stays exact. Amounts beyond
 * the grid fall on its last cell.
 */
function split(amount: number, step: number, cells: number): { low: number; share: number } {
  const at = Math.min(cells - 1, Math.max(0, amount / step));
  const low = Math.min(cells - 2, Math.floor(at));
  return { low, share: at - low };
}

/**
 * One more independent deal: `amount` with chance `p`, nothing otherwise, in place. `used` cells
 * are filled so far; returns how many are now.
 * What runs over the edge gathers on the last cell.
 */
export function addChance(
  mass: Mass,
  used: number,
  amount: number,
  p: number,
  step: number,
): number {
  if (!(p > 0) || !(amount > 0)) return used;
  const { low, share } = split(amount, step, mass.length);
  const toLow = p * (1 - share);
  const toHigh = p * share;
  const stay = 1 - p;
  const last = mass.length - 1;
  let over = 0;
  for (let i = Math.max(0, last - low); i < used; i++)
    over += mass[i]! * (i + low > last ? p : toHigh);
  const end = Math.min(last + 1, used + low + 1);
  for (let i = end - 1; i > low; i--)
    mass[i] = mass[i]! * stay + mass[i - low]! * toLow + mass[i - low - 1]! * toHigh;
  if (low > 0) {
    mass[low] = mass[low]! * stay + mass[0]! * toLow;
    for (let i = low - 1; i >= 0; i--) mass[i] = mass[i]! * stay;
  } else mass[0] = mass[0]! * (stay + toLow);
  mass[last] = mass[last]! + over;
  return end;
}

/** Sum of two independent amounts; what runs over the edge gathers on the last cell. */
export function convolve(a: Mass, b: Mass): Mass {
  const last = a.length - 1;
  const out = new Float64Array(a.length);
  for (let j = 0; j <= last; j++) {
    const share = b[j]!;
    if (share === 0) continue;
    const inside = last - j;
    for (let i = 0; i < inside; i++) out[i + j]! += a[i]! * share;
    let over = 0;
    for (let i = inside; i <= last; i++) over += a[i]!;
    out[last]! += over * share;
  }
  return out;
}

/** Mass of equally likely amounts. */
export function massOf(amounts: readonly number[], step: number, cells: number): Mass {
  const mass = new Float64Array(cells);
  for (const amount of amounts) {
    const { low, share } = split(amount, step, cells);
    mass[low]! += (1 - share) / amounts.length;
    mass[low + 1]! += share / amounts.length;
  }
  return mass;
}

/** Equally likely points of the standard normal with mean 0 and variance 1. */
const POINTS = ((): number[] => {
  const raw = Array.from({ length: 33 }, (_, i) => normalQuantile((i + 0.5) / 33));
  const sd = Math.sqrt(raw.reduce((sum, z) => sum + z * z, 0) / raw.length);
  return raw.map((z) => z / sd);
})();

/**
 * A sum of many small independent parts by its mean and variance; negative points are moved to
 * 0 and the mean is restored.
 */
export function massOfMoments(mean: number, variance: number, step: number, cells: number): Mass {
  const points = POINTS.map((z) => Math.max(0, mean + z * Math.sqrt(Math.max(0, variance))));
  const reached = points.reduce((sum, x) => sum + x, 0) / points.length;
  return massOf(
    points.map((x) => (reached > 0 ? (x * mean) / reached : 0)),
    step,
    cells,
  );
}

/** Sums of sizes for one random number of them after another. */
export type Compound = (mean: number, shape: number) => Mass;

/**
 * Total of a random number of sizes, the number negative binomial with the given mean and shape (a
 * Poisson whose rate is gamma): Panjer's recursion (1981).
 * `sizes` is the mass of one size.
 */
export function compoundOf(sizes: Mass): Compound {
  const cells = sizes.length;
  const none = sizes[0]!;
  const places = sizes.reduce<number[]>((found, share, j) => {
    if (j > 0 && share > 0) found.push(j);
    return found;
  }, []);
  // A few hundred thousand products for each sum: without gaps, and without a division in them.
  const jump = Int32Array.from(places);
  const share = Float64Array.from(places, (j) => sizes[j]!);
  return (mean, shape) => {
    const out = new Float64Array(cells);
    if (!(mean > 0)) {
      out[0] = 1;
      return out;
    }
    const theta = mean / shape;
    const a = theta / (1 + theta);
    const b = (shape - 1) * a;
    out[0] = exp(-shape * log1p(theta * (1 - none)));
    let total = out[0]!;
    let known = 0;
    // Below the smallest size there is nothing but no arrival at all.
    for (let k = jump[0] ?? cells; k < cells - 1; k++) {
      while (known < jump.length && jump[known]! <= k) known++;
      const slope = b / k;
      let sum = 0;
      for (let i = 0; i < known; i++) {
        const j = jump[i]!;
        sum += (a + slope * j) * share[i]! * out[k - j]!;
      }
      out[k] = sum / (1 - a * none);
      total += out[k]!;
    }
    out[cells - 1] = Math.max(0, 1 - total);
    return out;
  };
}
