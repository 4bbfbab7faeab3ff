import {
  ROUTED_BY,
  type RoutedCell,
  type RoutedDeal,
  type RoutingTerm,
} from '../../../model/routing.ts';
import { fold } from '../../../model/fold.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { expit, logit } from '../../math/numeric.ts';
import { BAND_Z } from '../../tuning.ts';

/** What a product, industry or region brings to all leans on everything by so many deals. */
const LEAN_POOL = 10;
/** Band of a partner without a record: as wide as so many deals leave it. */
const PRIOR_DEALS = 8;
/** However unlike partners are, a deal or two tell nobody's rate. */
const LEAST_LEAN = 2;

export interface RoutingOdds {
  probability: number;
  low: number;
  high: number;
  n: number;
  won: number;
  terms: RoutingTerm[];
}

const sumOf = (cells: readonly RoutedCell[], what: 'n' | 'won'): number =>
  exactSum(cells.map((cell) => cell[what]));
const plain = (word: string | null): string | null => (word === null ? null : fold(word) || null);

/**
 * How likely partners win a deal, by decided deals: what its product, industry and region bring to
 * all, then how much better or worse the partner wins at all, and of each of the three, each in
 * what those before it leave unexplained. Where a partner has no record, what all win stands.
 */
export function routingRecord(given: readonly RoutedCell[]) {
  const cells = given.map((cell) => ({ ...cell, ...plainOf(cell) }));
  const usual = poolOdds(cells);
  const rows = cells.map((cell) => ({ cell, odds: usual(cell) }));
  const terms = TERMS.map((of) => ({ of, byKey: fitTerm(of, rows) }));
  const byPartner = Map.groupBy(cells, ({ partnerId }) => partnerId);
  return (partnerId: string, asked: RoutedDeal): RoutingOdds => {
    const deal = plainOf(asked);
    const own = terms.flatMap(({ of, byKey }) => byKey.get(keyOf(of, partnerId, deal)) ?? []);
    const p = expit(usual(deal) + exactSum(own.map(({ logOdds }) => logOdds)));
    const alike = (byPartner.get(partnerId) ?? []).filter((cell) =>
      ROUTED_BY.some((by) => deal[by] !== null && cell[by] === deal[by]),
    );
    const n = sumOf(alike, 'n');
    const reach = BAND_Z * Math.sqrt((p * (1 - p)) / (n + PRIOR_DEALS + 1));
    return {
      ...{ probability: p, low: Math.max(0, p - reach), high: Math.min(1, p + reach) },
      ...{ n, won: sumOf(alike, 'won'), terms: own },
    };
  };
}

/** Log odds of a deal by what it is of, whoever has it. */
function poolOdds(cells: readonly RoutedCell[]): (deal: RoutedDeal) => number {
  const overall = (sumOf(cells, 'won') + 1 / 2) / (sumOf(cells, 'n') + 1);
  const pool = ROUTED_BY.map((by) => {
    const words = Map.groupBy(cells, (cell) => cell[by]);
    const effect = new Map(
      [...words].map(([word, own]) => {
        const won = sumOf(own, 'won') + LEAN_POOL * overall;
        return [word, logit(won / (sumOf(own, 'n') + LEAN_POOL)) - logit(overall)];
      }),
    );
    return { by, effect };
  });
  return (deal) =>
    logit(overall) +
    exactSum(pool.map(({ by, effect }) => (deal[by] === null ? 0 : (effect.get(deal[by]) ?? 0))));
}

const TERMS = ['record', ...ROUTED_BY] as const;
const keyOf = (of: (typeof TERMS)[number], partnerId: string, deal: RoutedDeal): string | null =>
  of === 'record' ? partnerId : deal[of] === null ? null : JSON.stringify([partnerId, deal[of]]);

const plainOf = ({ product, industry, region }: RoutedDeal): RoutedDeal => ({
  product: plain(product),
  industry: plain(industry),
  region: plain(region),
});

interface Row {
  cell: RoutedCell;
  odds: number;
}

/**
 * One term of every partner. It leans on no difference by as many deals as partners are alike:
 * whatever chance alone would spread them is taken out, else the first of many would be promised
 * its luck. The rows learn what it explains, for the terms that follow.
 */
function fitTerm(of: (typeof TERMS)[number], rows: Row[]): Map<string | null, RoutingTerm> {
  const keyed = Map.groupBy(rows, ({ cell }) => keyOf(of, cell.partnerId, cell));
  keyed.delete(null);
  const groups = [...keyed].map(([key, own]) => {
    const cells = own.map(({ cell }) => cell);
    const each = own.map(({ cell, odds }) => ({ n: cell.n, p: expit(odds) }));
    return {
      ...{ key, own, n: sumOf(cells, 'n'), won: sumOf(cells, 'won') },
      expected: exactSum(each.map(({ n, p }) => n * p)),
      variance: exactSum(each.map(({ n, p }) => n * p * (1 - p))),
    };
  });
  const chance = exactSum(groups.map(({ variance }) => variance));
  const beyond = exactSum(groups.map(({ won, expected }) => (won - expected) ** 2)) - chance;
  // Variance of one deal over that of partners is the number of deals that they lean by.
  const spread = beyond / exactSum(groups.map(({ n }) => n ** 2));
  const one = chance / exactSum(groups.map(({ n }) => n));
  const lean = beyond > 0 ? Math.max(LEAST_LEAN, one / spread) : Infinity;
  return new Map(
    groups.map(({ key, own, n, won, expected }) => {
      const usual = expected / n;
      const rate = lean === Infinity ? usual : (won + lean * usual) / (n + lean);
      const logOdds = logit(rate) - logit(usual);
      for (const row of own) row.odds += logOdds;
      return [key, { of, logOdds, n, won }];
    }),
  );
}
