import type { AssetLift } from '../../model/enablement.ts';
import type { PartnerTraits, ReachedStage, UsedAsset } from '../../model/traits.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BAND_Z } from '../tuning.ts';

/** With fewer deals on either side nothing is said of a difference. */
const FEWEST = 10;
/** A stage's share of wins leans on one win and one loss, so that none is certain. */
const LEAN = 1;

type Used = Pick<PartnerTraits, 'reached' | 'used'>;

/** Counts of all partners by a word of them. */
function summed<Row extends { n: number; won: number }>(
  rows: readonly Row[],
  of: (row: Row) => string,
): Map<string, { n: number; won: number }> {
  return new Map(
    [...Map.groupBy(rows, of)].map(([key, own]) => [
      key,
      { n: exactSum(own.map(({ n }) => n)), won: exactSum(own.map(({ won }) => won)) },
    ]),
  );
}

/** One stage in which an asset was used, and the deals that were there without it. */
interface Cell {
  n: number;
  won: number;
  others: number;
  rate: number;
}

function cellsOf(
  uses: readonly UsedAsset[],
  all: ReadonlyMap<string, { n: number; won: number }>,
): Cell[] {
  return [...summed(uses, ({ stage }) => stage)].map(([stage, { n, won }]) => {
    const there = all.get(stage) ?? { n, won };
    const others = Math.max(0, there.n - n);
    const rate = (Math.max(0, there.won - won) + LEAN) / (others + 2 * LEAN);
    return { n, won, others, rate };
  });
}

function liftOf(asset: string, cells: readonly Cell[]): AssetLift {
  const n = exactSum(cells.map((cell) => cell.n));
  const won = exactSum(cells.map((cell) => cell.won));
  const others = exactSum(cells.map((cell) => cell.others));
  const usual = exactSum(cells.map((cell) => (cell.n / n) * cell.rate));
  const counts = { asset, n, won, others, usual };
  if (n < FEWEST || others < FEWEST) return { ...counts, lift: null };
  const share = (won + 2 * LEAN * usual) / (n + 2 * LEAN);
  const spread = exactSum([
    (share * (1 - share)) / n,
    ...cells.map(
      (cell) => (cell.n / n) ** 2 * ((cell.rate * (1 - cell.rate)) / (cell.others + 2 * LEAN)),
    ),
  ]);
  const reach = BAND_Z * Math.sqrt(spread);
  const mean = share - usual;
  return { ...counts, lift: { mean, low: mean - reach, high: mean + reach } };
}

/**
 * What each asset went with: deals on which it was used beside deals without it that had come to
 * the same stage, since whatever is used late is used on deals that are won anyway.
 */
export function assetLifts(partners: readonly Used[]): AssetLift[] {
  const all = summed<ReachedStage>(
    partners.flatMap(({ reached }) => reached),
    ({ of }) => of,
  );
  const uses = Map.groupBy(
    partners.flatMap(({ used }) => used),
    ({ of }) => of,
  );
  return [...uses]
    .map(([asset, own]) => liftOf(asset, cellsOf(own, all)))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1));
}
