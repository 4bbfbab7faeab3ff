import { exp, log } from '../../../model/real-math.ts';
import type { PartnerValue, Valued } from '../../../model/worth.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { aroundMean } from '../../math/interval.ts';
import { monthsAhead, type MonthsAhead } from './ahead.ts';
import { stillSelling, withActive, type SellingHistory, type Spread } from './dropout.ts';
import { interval } from './money-ahead.ts';
import type { WinSize } from './win-size.ts';

export const YEAR_MONTHS = 12;

export function historyOf(amounts: readonly number[]): SellingHistory {
  return {
    months: amounts.length,
    wins: amounts.filter((amount) => amount > 0).length,
    last: amounts.findLastIndex((amount) => amount > 0) + 1,
  };
}

/** What partners are like, and how money ahead is counted. */
export interface Worth {
  spread: Spread;
  /** The same of months with any sign of selling. */
  signSpread: Spread;
  /** By kind of partner, for one year and for three. */
  ahead: { year: readonly MonthsAhead[]; threeYears: readonly MonthsAhead[] };
  /** A year, 0.1 = what comes in a year is worth a tenth less. */
  discount: number;
  /** Of the size of wins, a year; 0 where none is proven. */
  growth: number;
}

/**
 * What a partner is worth: months with a win ahead, times the money of such a month, its own
 * leaning on what is usual in its type.
 */
export function partnerValue(
  amounts: readonly number[],
  signs: readonly number[],
  { spread, signSpread, ahead, discount, growth }: Worth,
  usual: WinSize,
): PartnerValue {
  const history = historyOf(amounts);
  // A partner that stops brings no new deals long before its last win.
  const { active } = stillSelling(historyOf(signs), signSpread);
  const still = withActive(stillSelling(history, spread), active);
  const won = exactSum(amounts);
  const mean = (usual.weight * usual.mean + won) / (usual.weight + history.wins);
  const size = { ...usual, mean };
  const perMonth = (log(1 + growth) - log(1 + discount)) / YEAR_MONTHS;
  const valued = (of: readonly MonthsAhead[]): Valued & { months: number } => {
    const { counts, wins } = monthsAhead(of, still);
    const months = exactSum(wins);
    const now = exactSum(wins.map((chance, m) => chance * exp(perMonth * (m + 0.5))));
    const worth = months > 0 ? now / months : 1;
    const { low, high } = interval(counts, size, history.wins);
    return { mean: now * mean, ...aroundMean(now * mean, worth * low, worth * high), months };
  };
  const { months, ...value1y } = valued(ahead.year);
  const { months: _, ...value3y } = valued(ahead.threeYears);
  return {
    value1y,
    value3y,
    active: still.active,
    again: still.again,
    monthsAhead: months,
    lastYear: exactSum(amounts.slice(-YEAR_MONTHS)),
    history,
  };
}
