import {
  FUND_ACTIVITIES,
  type Fund,
  type FundActivity,
  type FundReturn,
} from '../../model/fund.ts';
import { plainWords } from '../../model/plain-words.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BAND_Z } from '../tuning.ts';

/** A group leans on all campaigns by so many of them. */
const LEAN_FUNDS = 4;

/** The kind of campaign that its name tells of. */
export function activityOf(name: string): FundActivity {
  const words = ` ${plainWords(name)} `;
  const found = Object.entries(FUND_ACTIVITIES).find(([, all]) =>
    all.some((one) => words.includes(` ${one} `)),
  );
  return (found?.[0] as FundActivity | undefined) ?? 'other';
}

interface Spent {
  cost: number;
  leads: number;
  won: number;
}

/** Campaigns that are done and whose cost is known: of others no return can be said. */
export const spentOn = (funds: readonly Fund[]): (Fund & Spent)[] =>
  funds.flatMap((fund) =>
    fund.state === 'done' && fund.cost !== null && fund.cost > 0
      ? [{ ...fund, cost: fund.cost }]
      : [],
  );

/**
 * Won over cost of some campaigns: sums, with what usual ones would bring added as a few of them;
 * the interval is the jackknife over campaigns, those added ones included by their spread. To what
 * campaigns were seen to spread one more is added that went as far wrong as one can that brings
 * what is usual, or its cost: a single campaign has no spread, and is no certainty.
 */
export function timesOf(own: readonly Spent[], all: readonly Spent[]): FundReturn['times'] {
  const total = (of: readonly Spent[], what: 'cost' | 'won'): number =>
    exactSum(of.map((one) => one[what]));
  const cost = total(all, 'cost');
  if (all.length === 0 || cost === 0) return { mean: 0, low: 0, high: 0 };
  const usual = { cost: cost / all.length, won: total(all, 'won') / all.length };
  const spent = total(own, 'cost') + LEAN_FUNDS * usual.cost;
  const mean = (total(own, 'won') + LEAN_FUNDS * usual.won) / spent;
  const spread = (of: readonly Spent[], times: number): number =>
    exactSum(of.map((one) => (one.won - times * one.cost) ** 2));
  const unseen = Math.max(usual.won, usual.cost) ** 2;
  const seen = spread(all, usual.won / usual.cost);
  const lean = (LEAN_FUNDS / all.length) * (seen + unseen);
  const reach = (BAND_Z * Math.sqrt(spread(own, mean) + lean)) / spent;
  return { mean, low: Math.max(0, mean - reach), high: mean + reach };
}

/** What campaigns brought by a word of theirs, most money first. */
export function fundReturns(
  funds: readonly Fund[],
  word: (fund: Fund) => string | null,
): FundReturn[] {
  const all = spentOn(funds);
  return [...Map.groupBy(all, word)]
    .map(([of, own]): FundReturn => {
      const cost = exactSum(own.map((one) => one.cost));
      const leads = exactSum(own.map((one) => one.leads));
      return {
        ...{ of, funds: own.length, cost, leads, won: exactSum(own.map((one) => one.won)) },
        costPerLead: leads === 0 ? null : cost / leads,
        times: timesOf(own, all),
      };
    })
    .sort((a, b) => b.cost - a.cost);
}
