import type { AllocationShare } from '../../model/allocation.ts';
import { exactSum } from '../math/exact-sum.ts';

/** Halvings of the range in which the level lies: to a billionth of it. */
const HALVINGS = 60;

export interface Spent {
  id: string;
  now: number;
  /** What it is expected to bring in a year. */
  value: number;
}

/**
 * The same total, spread so that one more hour is worth the same wherever any is spent. What an
 * hour brings is not known from the past of anybody, so one shape is taken for all: the more is
 * spent on a partner, the less one more adds, in proportion to what the partner is worth (value x
 * log(1 + hours / usual hours)). Null where there is nothing to spread, or nothing to spread it by.
 */
export function allocate(partners: readonly Spent[]): AllocationShare[] | null {
  const total = exactSum(partners.map(({ now }) => now));
  const worth = exactSum(partners.map(({ value }) => value));
  if (!(total > 0 && worth > 0)) return null;
  const usual = total / partners.length;
  const at = (level: number): number[] =>
    partners.map(({ value }) => Math.max(0, value / level - usual));
  // At the level of the most valuable partner nothing is spent; far below it, more than there is.
  let [low, high] = [0, partners.reduce((most, { value }) => Math.max(most, value), 0) / usual];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (exactSum(at(middle)) > total) low = middle;
    else high = middle;
  }
  const found = at(high);
  const sum = exactSum(found);
  const marginals = partners.map(({ now, value }) => value / (usual + now));
  const mean = exactSum(marginals) / marginals.length;
  return partners.map(({ id, now }, i) => ({
    ...{ id, now },
    suggested: sum > 0 ? (found[i]! * total) / sum : now,
    marginal: marginals[i]! / mean,
  }));
}
