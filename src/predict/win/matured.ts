import { exactSum } from '../math/exact-sum.ts';
import type { PartnerCounts } from './pool-counts.ts';
import { worthOf, type Worth } from './worth.ts';

/** Deals by worth, as so many of equal worth tell as much, and how many of those were won. */
export function maturedBy(
  deals: PartnerCounts['matured'],
  worth: Worth,
): { matured: number; maturedWon: number } | null {
  const weights = deals.map(({ sale }) => worthOf(sale, worth));
  const sum = exactSum(weights);
  if (!(sum > 0)) return null;
  const matured = (sum * sum) / exactSum(weights.map((w) => w * w));
  const won = exactSum(weights.filter((_, i) => deals[i]!.won));
  return { matured, maturedWon: (matured * won) / sum };
}
