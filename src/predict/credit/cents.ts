/**
 * Money that must add up is counted in whole cents: each deal is rounded once, and every share is
 * made of what it was rounded to.
 */

/** Half away from zero, as a CRM rounds, on the decimal digits of the number. */
export function toCents(amount: number): number {
  const [digits = '0', exponent = '0'] = Math.abs(amount).toExponential(15).split('e');
  const cents = Math.floor(Number(`${digits}e${Number(exponent) + 2}`) + 0.5);
  return cents === 0 ? 0 : Math.sign(amount) * cents;
}

/**
 * A sum in parts that are as near to the weights as whole cents can be, and add up to it: what
 * rounding leaves over goes to the largest remainders, the first of equal ones. Weights are not
 * negative, and one of them is more than zero.
 */
export function splitCents(cents: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const size = Math.abs(cents);
  const exact = weights.map((weight) => (size * weight) / total);
  const parts = exact.map(Math.floor);
  const left = size - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((part, i) => ({ i, rest: part - parts[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, left)) parts[i]!++;
  return parts.map((part) => (cents < 0 && part !== 0 ? -part : part));
}
