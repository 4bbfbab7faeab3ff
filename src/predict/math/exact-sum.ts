/**
 * Sums that do not depend on order: Shewchuk's expansion keeps every rounding error (Discrete
 * Comput. Geom. 18, 1997), so partial sums can be merged page by page and the result is the
 * correctly rounded total whatever the page size.
 */
export type ExactSum = number[];

/**
 * Adds `value` to the expansion in place. Non-finite values are ignored: one broken row must
 * not turn a total into NaN.
 */
export function addExact(sum: ExactSum, value: number): void {
  if (!Number.isFinite(value)) return;
  let x = value;
  let kept = 0;
  for (const part of sum) {
    const [big, small] = Math.abs(x) < Math.abs(part) ? [part, x] : [x, part];
    const high = big + small;
    const low = small - (high - big);
    if (low !== 0) sum[kept++] = low;
    x = high;
  }
  sum.length = kept;
  sum.push(x);
}

/** The correctly rounded value of an expansion. */
export function exactValue(sum: ExactSum): number {
  let i = sum.length;
  if (i === 0) return 0;
  let high = sum[--i]!;
  let low = 0;
  while (i > 0) {
    const x = high;
    const y = sum[--i]!;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // Half-way cases are settled by the sign of what lies below, so that rounding is
  // to even of the true total.
  const next = i > 0 ? sum[i - 1]! : 0;
  if ((low < 0 && next < 0) || (low > 0 && next > 0)) {
    const doubled = low * 2;
    const rounded = high + doubled;
    if (doubled === rounded - high) return rounded;
  }
  return high;
}

/** Correctly rounded sum of finite values, in any order. */
export function exactSum(values: Iterable<number>): number {
  const sum: ExactSum = [];
  for (const value of values) addExact(sum, value);
  return exactValue(sum);
}
