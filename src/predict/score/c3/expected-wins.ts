import type { Decided, PartnerTraits } from '../../../model/traits.ts';
import { exactSum } from '../../math/exact-sum.ts';

/** A product's own rate leans on that of all by so many deals. */
const LEAN_DEALS = 10;

type Counts = Omit<Decided, 'of'>;
type Traits = Pick<PartnerTraits, 'products'>;

const countOf = (of: readonly Counts[]): Counts => ({
  n: exactSum(of.map(({ n }) => n)),
  won: exactSum(of.map(({ won }) => won)),
});

/** Decided deals of all partners, by product and in all. */
export interface ProductCounts {
  all: Counts;
  of: ReadonlyMap<string, Counts>;
}

export function productCounts(partners: readonly Traits[]): ProductCounts {
  const decided = partners.flatMap(({ products }) => products);
  return {
    all: countOf(decided),
    of: new Map([...Map.groupBy(decided, ({ of }) => of)].map(([of, own]) => [of, countOf(own)])),
  };
}

/**
 * Wins above what the same products bring to the other partners: a sum, and against what others do
 * only, so that a win always adds to it.
 */
export function winsAbove({ products }: Traits, { all, of: counts }: ProductCounts): number {
  const own = countOf(products);
  if (all.n === own.n) return 0;
  const usual = (all.won - own.won + 1 / 2) / (all.n - own.n + 1);
  return exactSum(
    products.map(({ of, n, won }) => {
      const others = counts.get(of)!;
      const rate = (others.won - won + LEAN_DEALS * usual) / (others.n - n + LEAN_DEALS);
      return won - n * rate;
    }),
  );
}
