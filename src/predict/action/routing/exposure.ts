import { exactSum } from '../../math/exact-sum.ts';

/**
 * A tenth of what is given out is spread evenly, so that deals, which come whole and round shares
 * up, concentrate nothing in the end.
 */
const EVEN = 0.1;

export type Counts = ReadonlyMap<string, number>;

/**
 * Whether one more deal would leave a partner with more than its cap. Deals may be no more
 * concentrated than they were in the year before: whoever is in the nth place may hold the share
 * that the nth place held, whoever held it. `maxShare` of the mapping caps each partner beside that.
 * Somebody is always below, whatever people gave out themselves, since shares add up to one.
 */
export function exposureCap(
  year: Counts,
  partners: readonly string[],
  maxShare: number | undefined,
): (given: Counts, partner: string) => boolean {
  const before = partners.map((id) => year.get(id) ?? 0).sort((a, b) => b - a);
  const total = exactSum(before);
  const even = 1 / partners.length;
  // Where nothing was given out yet, nobody is ahead of anybody.
  const shares = before.map((n) => (total === 0 ? even : (1 - EVEN) * (n / total) + EVEN * even));
  return (given, partner) => {
    const own = (given.get(partner) ?? 0) + 1;
    const counts = partners.map((id) => (id === partner ? own : (given.get(id) ?? 0)));
    const all = exactSum(counts);
    const place = counts.filter((n) => n >= own).length;
    const share = Math.min(shares[place - 1]!, maxShare ?? 1);
    return own > Math.ceil(share * all);
  };
}

/** Sum of squared shares (Herfindahl): 1 = one has all, 1 / n = n have the same; null = nothing. */
export function concentration(counts: readonly number[]): number | null {
  const all = exactSum(counts);
  return all === 0 ? null : exactSum(counts.map((n) => (n / all) ** 2));
}
