import type { Exposure } from '../../../model/routing.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { concentration } from './exposure.ts';

/** Quarters that exposure is shown of. */
export const ROUTED_QUARTERS = 4;

export interface ExposureShare {
  of: string;
  /** Partners that it is of. */
  partners: number;
  n: number;
  won: number;
  /** Of all deals that partners got; and of their wins. */
  share: number;
  wonShare: number;
  /** Deals of each quarter, the oldest first. */
  quarters: number[];
}

/** Exposure and wins of groups of partners, those with most deals first. */
export function exposureShares<Partner>(
  partners: readonly Partner[],
  exposures: readonly Exposure[],
  accountOf: (partner: Partner) => string,
  groupOf: (partner: Partner) => string,
): ExposureShare[] {
  const byAccount = Map.groupBy(exposures, ({ partnerId }) => partnerId);
  const own = partners.map((one) => ({ one, rows: byAccount.get(accountOf(one)) ?? [] }));
  const sum = (rows: readonly Exposure[], what: 'n' | 'won') =>
    exactSum(rows.map((row) => row[what]));
  const all = own.flatMap(({ rows }) => rows);
  const part = (rows: readonly Exposure[], what: 'n' | 'won'): number =>
    sum(rows, what) / Math.max(1, sum(all, what));
  return [...Map.groupBy(own, ({ one }) => groupOf(one))]
    .map(([of, group]) => {
      const rows = group.flatMap((one) => one.rows);
      return {
        ...{ of, partners: group.length, n: sum(rows, 'n'), won: sum(rows, 'won') },
        ...{ share: part(rows, 'n'), wonShare: part(rows, 'won') },
        quarters: Array.from({ length: ROUTED_QUARTERS }, (_, i) =>
          sum(
            rows.filter(({ quarter }) => quarter === ROUTED_QUARTERS - 1 - i),
            'n',
          ),
        ),
      };
    })
    .sort((a, b) => b.n - a.n || (a.of < b.of ? -1 : 1));
}

/** How concentrated the deals of each quarter are, the oldest first; null = there were none. */
export const concentrations = (shares: readonly ExposureShare[]): (number | null)[] =>
  Array.from({ length: ROUTED_QUARTERS }, (_, i) =>
    concentration(shares.map(({ quarters }) => quarters[i]!)),
  );
