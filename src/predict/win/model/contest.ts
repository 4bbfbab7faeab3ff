import { CANDIDATES, logLoss, oddsOfCandidates, type CandidateName } from './candidates.ts';
import type { Lines } from './lines.ts';
import type { Origin } from './origins.ts';
import type { Interval } from './sample.ts';

/**
 * A candidate's mean log loss on what came after each origin, and how far it lies behind the best.
 */
export interface Standing {
  name: string;
  logLoss: number;
  /** Mean loss beyond the best one's, and the standard error of that difference. */
  behind: number;
  standardError: number;
}

/** How a model was chosen. Kept whole, so that the choice can be shown and checked. */
export interface Contest {
  fromDays: number;
  toDays: number;
  origins: { daysBack: number; trained: number; judged: number }[];
  /** Snapshots judged, and the different deals behind them. */
  n: number;
  deals: number;
  standings: Standing[];
  chosen: CandidateName;
  /** false = nothing beat the base rate. */
  skill: boolean;
  why: string;
}

/** Losses of one model on all rows that were judged, in their order. */
interface Losses {
  name: string;
  loss: number[];
}

/**
 * Standing of each against the best. The standard error is of the paired difference and clustered
 * by deal, since the snapshots of one deal share its outcome: variance of a mean = sum over deals
 * of (sum of its centred differences)^2 / n^2.
 */
export function standingsOf(all: readonly Losses[], deals: readonly number[]): Standing[] {
  const mean = (loss: readonly number[]): number => loss.reduce((a, b) => a + b, 0) / loss.length;
  const means = all.map(({ loss }) => mean(loss));
  const best = all[means.indexOf(Math.min(...means))]!;
  return all.map(({ name, loss }, i) => {
    const difference = loss.map((value, row) => value - best.loss[row]!);
    const standardError = clusteredError(difference, deals);
    return { name, logLoss: means[i]!, behind: mean(difference), standardError };
  });
}

export function clusteredError(difference: readonly number[], deals: readonly number[]): number {
  const n = difference.length;
  const middle = difference.reduce((a, b) => a + b, 0) / n;
  const sums = new Map<number, number>();
  difference.forEach((value, row) => {
    const deal = deals[row]!;
    sums.set(deal, (sums.get(deal) ?? 0) + value - middle);
  });
  let squares = 0;
  for (const sum of sums.values()) squares += sum * sum;
  return Math.sqrt(squares) / n;
}

/** The first in the order of simplicity that lies within one standard error of the best. */
export const simplestWithinError = (standings: readonly Standing[]): Standing =>
  standings.find(({ behind, standardError }) => behind <= standardError)!;

/** Lets every candidate fit at each origin, from the oldest on, and state what came after it. */
export function holdContest(
  origins: readonly Origin[],
  interval: Interval,
  names: readonly CandidateName[],
  lines?: Lines,
): Contest {
  const entered = CANDIDATES.filter((name) => names.includes(name));
  const all: Losses[] = entered.map((name) => ({ name, loss: [] }));
  const deals: number[] = [];
  for (const { train, test, daysBack } of origins.toReversed()) {
    const odds = oddsOfCandidates(train, test, interval, daysBack, entered, lines);
    for (const { name, loss } of all) {
      const said = odds.get(name as CandidateName)!;
      for (let i = 0; i < said.length; i++) loss.push(logLoss(said[i]!, test.y[i]!));
    }
    for (const row of test.rows) deals.push(test.panel.deal[row]!);
  }
  const standings = standingsOf(all, deals);
  const chosen = simplestWithinError(standings).name as CandidateName;
  return {
    ...interval,
    origins: origins.map(({ daysBack, train, test }) => ({
      daysBack,
      trained: train.rows.length,
      judged: test.rows.length,
    })),
    n: deals.length,
    deals: new Set(deals).size,
    standings,
    chosen,
    skill: chosen !== 'base',
    why:
      chosen === 'base'
        ? 'No skill: nothing was better than the base rate by more than chance.'
        : `The simplest within one standard error of the best on ${origins.length} past origins.`,
  };
}

/** Where there is too little past to hold a contest. */
export const noContest = (interval: Interval, why: string): Contest => ({
  ...interval,
  origins: [],
  n: 0,
  deals: 0,
  standings: [],
  chosen: 'stageAge',
  skill: true,
  why,
});
