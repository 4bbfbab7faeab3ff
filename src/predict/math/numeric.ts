/**
 * Special functions of the model, each to at least 1e-9 where it is used; no library, so that Node
 * and Workers give the same bytes.
 */

import { exp, log } from '../../model/real-math.ts';

export const clamp = (x: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, x));
export const logit = (p: number): number => log(p / (1 - p));
export const expit = (x: number): number => (x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)));
/** A probability kept off 0 and 1, so that odds stay finite. */
export const inner = (p: number): number => clamp(p, 1e-9, 1 - 1e-9);

/** Moves a probability by `effect` on the log odds; 0 and 1 stay. */
export const shiftOdds = (p: number, effect: number): number =>
  p <= 0 ? 0 : p >= 1 ? 1 : effect === 0 ? p : expit(logit(p) + effect);

/**
 * Upper tail of the standard normal for x >= 0: series near zero, continued fraction beyond
 * (Abramowitz & Stegun 26.2.10, 26.2.14).
 */
function upperTail(x: number): number {
  const density = exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let k = 1; k < 200 && Math.abs(term) > 1e-17 * sum; k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / fraction;
  return density / fraction;
}

/** Standard normal distribution function. */
export const normalCdf = (x: number): number =>
  x > 38 ? 1 : x < -38 ? 0 : x >= 0 ? 1 - upperTail(x) : upperTail(-x);

/**
 * Quantile of the standard normal by bisection on the distribution function and Newton
 * at the end; `p` in (0, 1).
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -38;
  if (p >= 1) return 38;
  let low = -38;
  let high = 38;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  let x = (low + high) / 2;
  for (let i = 0; i < 2; i++) {
    const density = exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    if (density > 1e-300) x -= (normalCdf(x) - p) / density;
  }
  return x;
}

/**
 * Second derivative of log gamma, x > 0: recurrence up to 8, then the asymptotic series (A&S 6.4.6,
 * 6.4.12). The variance of a Beta's log odds is the sum over its two parameters.
 */
export function trigamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 8) {
    shift += 1 / (y * y);
    y += 1;
  }
  const z = 1 / (y * y);
  return shift + 1 / y + z / 2 + (z / y) * (1 / 6 - z * (1 / 30 - z * (1 / 42 - z / 30)));
}

/**
 * Quantile of a gamma with mean 1 and the given shape (Wilson & Hilferty 1931), at standard normal
 * quantile `z`; never negative.
 */
export function gammaRatio(shape: number, z: number): number {
  const c = 1 / (9 * shape);
  return Math.max(0, 1 - c + z * Math.sqrt(c)) ** 3;
}

/** Quantile of ascending values, linear between neighbours; null when empty. */
export function quantileOf(ascending: ArrayLike<number>, q: number): number | null {
  if (ascending.length === 0) return null;
  const at = clamp(q, 0, 1) * (ascending.length - 1);
  const low = Math.floor(at);
  const a = ascending[low]!;
  return a + (at - low) * ((ascending[low + 1] ?? a) - a);
}

/** The middle of values in any order; null = there is none. */
export const medianOf = (values: readonly number[]): number | null =>
  quantileOf(
    [...values].sort((a, b) => a - b),
    0.5,
  );
