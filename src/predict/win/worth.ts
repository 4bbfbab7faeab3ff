import { isWin, type DealState } from '../deal/deal-at.ts';
import { exactSum, type ExactSum } from '../math/exact-sum.ts';
import { LARGEST_WORTH } from '../tuning.ts';
import { follow, newFollowed, type Followed } from '../math/survival.ts';

/** What a deal of an amount counts for. */
export type Worth = (amount: number | null) => number;

/** Won amounts: their mean, and sizes of equal mass beside it. */
interface Amounts {
  mean: number;
  bins: readonly number[];
}

/** Size of the deal in which the middle unit of money stands. */
export const middleOfMoney = (bins: readonly number[]): number =>
  exactSum(bins.map((bin) => bin * bin)) / exactSum(bins);

/**
 * What a deal counts for where deals are counted: its size beside a usual win's, so that what is
 * cut into parts counts as often as it would whole. A large one counts no more than the deal in
 * which the middle unit of money is won; one of unknown amount is a usual one.
 */
export function worthBy({ mean, bins }: Amounts): Worth {
  const large = LARGEST_WORTH * middleOfMoney(bins);
  const usual = exactSum(bins.map((bin) => Math.min(large, bin))) / bins.length;
  return (amount) =>
    amount === null || mean === 0 ? 1 : Math.min(large, Math.max(0, amount) / mean) / usual;
}

/** One sale, in however many parts: what was won of it, and the amounts that its parts count by. */
export interface Sale {
  won: ExactSum;
  amounts: number[];
}

/** Null = of no part an amount is known. */
const amountOf = ({ amounts }: Sale): number | null =>
  amounts.length === 0 ? null : exactSum(amounts);

export const worthOf = (sale: Sale, worth: Worth): number => worth(amountOf(sale));

/** What became of a deal that was followed for so many steps, and the sale that it stands for. */
export interface Fate {
  outcome: 'won' | 'lost' | 'open';
  step: number;
  sale: Sale;
}

/** Whole numbers stay exact however they are added: a deal is counted in so many parts of one. */
export const WORTH_PARTS = 1024;

/** Deals followed, each as many times WORTH_PARTS as it is worth. */
export function followedByWorth(fates: readonly Fate[], steps: number, worth: Worth): Followed {
  const counts = newFollowed(steps);
  for (const { outcome, step, sale } of fates)
    follow(counts, outcome, step, Math.round(WORTH_PARTS * worthOf(sale, worth)));
  return counts;
}

/** The largest amount that a deal was ever said to have: what is lost is not made small by it. */
export const largestSaid = (state: DealState): number =>
  state.deal.events.reduce((most, { amount }) => Math.max(most, amount ?? 0), state.amount ?? 0);

/**
 * The amount by which a deal counts: what was won of it, else the largest that was ever said of one
 * that is proven; null = none that anybody should count by.
 */
export const countedAmount = (state: DealState): number | null =>
  isWin(state) ? state.amount : (state.provenMs !== null && largestSaid(state)) || null;
