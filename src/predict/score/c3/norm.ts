import { log1p } from '../../../model/real-math.ts';
import { clamp } from '../../math/numeric.ts';

/** A type leans on all partners by so many of them. */
const LEAN_PARTNERS = 5;
/** Nobody stands out further. */
const MOST = 3;

interface Sums {
  n: number;
  sum: number;
  squares: number;
}

const none = (): Sums => ({ n: 0, sum: 0, squares: 0 });
function add(sums: Sums, y: number): void {
  sums.n += 1;
  sums.sum += y;
  sums.squares += y * y;
}

/** Mean and variance of the others of a group. */
function others(
  { n, sum, squares }: Sums,
  y: number,
): { n: number; mean: number; variance: number } {
  const rest = n - 1;
  if (rest <= 0) return { n: 0, mean: 0, variance: 0 };
  const mean = (sum - y) / rest;
  return { n: rest, mean, variance: Math.max(0, (squares - y * y) / rest - mean * mean) };
}

/** How a number is compared: counts by their order of size, and what is no difference at all. */
export interface Scale {
  of: (value: number) => number;
  /** A smaller spread counts as no spread at all; in the scale's own unit. */
  least: number;
}
export const COUNT: Scale = { of: (value) => log1p(Math.max(0, value)), least: 0.5 };
/** The order of size of a number of either sign, no further out than anybody. */
export const orderOf = (value: number): number =>
  clamp(Math.sign(value) * log1p(Math.abs(value)), -MOST, MOST);
export const SHARE: Scale = { of: (value) => value, least: 0.2 };

export interface Typed {
  type: string | null;
}

/**
 * How far each stands from the others of its type, in their standard deviations; the type leans on
 * all partners. A partner is left out of what it is compared with: so more of a good thing never
 * moves the measure along with it. Null where nothing is known of it.
 */
export function standings<One extends Typed>(
  all: readonly One[],
  value: (one: One) => number | null,
  { of, least }: Scale,
): (number | null)[] {
  const ys = all.map((one) => {
    const found = value(one);
    return found === null ? null : of(found);
  });
  const whole = none();
  const types = new Map<string | null, Sums>();
  ys.forEach((y, i) => {
    if (y === null) return;
    const { type } = all[i]!;
    const own = types.get(type) ?? none();
    types.set(type, own);
    add(own, y);
    add(whole, y);
  });
  return ys.map((y, i) => {
    if (y === null) return null;
    const everybody = others(whole, y);
    if (everybody.n === 0) return 0;
    const own = others(types.get(all[i]!.type)!, y);
    const lean = (a: number, b: number): number =>
      (own.n * a + LEAN_PARTNERS * b) / (own.n + LEAN_PARTNERS);
    const spread = Math.sqrt(lean(own.variance, everybody.variance) + least * least);
    return clamp((y - lean(own.mean, everybody.mean)) / spread, -MOST, MOST);
  });
}
