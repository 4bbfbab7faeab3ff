import type { Vertical } from '../../../model/profile.ts';
import type { Decided } from '../../../model/traits.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { clamp } from '../../math/numeric.ts';
import { BAND_Z } from '../../tuning.ts';
import type { Known } from '../proofs.ts';

/** An industry's own rate leans on that of all by so many deals, and a partner's on its industry. */
const LEAN_INDUSTRY = 10;
const LEAN_PARTNER = 4;

const sum = (of: readonly Decided[], what: 'n' | 'won'): number =>
  exactSum(of.map((one) => one[what]));

/**
 * What partners win of an industry, each leaning on what the industry brings to all, times how much
 * more or less than that the partner wins elsewhere.
 */
export function verticalsOf(partners: readonly Known[]): Map<string, Vertical[]> {
  const all = partners.flatMap(({ industries }) => industries);
  const overall = (sum(all, 'won') + 1 / 2) / (sum(all, 'n') + 1);
  const usual = new Map(
    [...Map.groupBy(all, ({ of }) => of)].map(([of, own]) => [
      of,
      (sum(own, 'won') + LEAN_INDUSTRY * overall) / (sum(own, 'n') + LEAN_INDUSTRY),
    ]),
  );
  return new Map(
    partners.map(({ id, industries }) => {
      const expected = exactSum(industries.map(({ of, n }) => n * usual.get(of)!));
      const lift = (sum(industries, 'won') + LEAN_PARTNER) / (expected + LEAN_PARTNER);
      const own = industries.map(({ of, n, won }): Vertical => {
        const prior = clamp(usual.get(of)! * lift, 0.01, 0.99);
        const weight = n + LEAN_PARTNER;
        const rate = (won + LEAN_PARTNER * prior) / weight;
        const reach = BAND_Z * Math.sqrt((rate * (1 - rate)) / (weight + 1));
        return {
          ...{ industry: of, rate, n, usual: usual.get(of)! },
          ...{ low: Math.max(0, rate - reach), high: Math.min(1, rate + reach) },
        };
      });
      return [id, own.sort((a, b) => b.rate - a.rate || (a.industry < b.industry ? -1 : 1))];
    }),
  );
}
