import { exactSum, exactValue, type ExactSum } from '../math/exact-sum.ts';
import { clamp, normalQuantile, quantileOf } from '../math/numeric.ts';
import {
  curveAt,
  durationQuantile,
  incidence,
  shrunkHazards,
  type Hazards,
} from '../math/survival.ts';
import { PRIOR_LEVEL } from '../math/past-level.ts';
import { DAY_MS } from '../math/time.ts';
import * as C from '../tuning.ts';
import type { Cell, PartnerCounts, PoolFit, StageCells } from './pool-counts.ts';
import type { WinModel } from './model/win-model.ts';
import type { PoolModel, StageModel } from './pool-model.ts';
import type { WinCurve } from './win-curve.ts';
import { notCarried } from './carried.ts';
import { finishPace, gammaPrior } from './pace-fit.ts';
import { longestQuiet } from './phantom.ts';
import { maturedBy } from './matured.ts';
import { weighed, winWeight } from './snapshots.ts';
import { typeEffects } from './type-effect.ts';
import { followedByWorth, WORTH_PARTS, worthBy, type Fate, type Worth } from './worth.ts';
import { exp, log } from '../../model/real-math.ts';

export const priorHazards = (steps: number): Hazards => ({
  win: new Array<number>(steps).fill(C.PRIOR_WEEKLY_WIN_HAZARD),
  loss: new Array<number>(steps).fill(C.PRIOR_WEEKLY_LOSS_HAZARD),
});

/** Snapshots of one deal tell one story: a cell's rows weigh as its different deals. */
function shrunkCell(
  cell: Cell,
  parent: Hazards,
  pseudo: number,
  winsCount: number,
): { curve: WinCurve; hazards: Hazards } {
  const hazards = shrunkHazards(
    weighed(cell.followed, winsCount),
    cell.followed.total > 0 ? cell.deals / cell.followed.total : 0,
    parent,
    pseudo,
  );
  return { curve: { win: incidence(hazards), deals: cell.deals }, hazards };
}

const TWENTIETHS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

function stageModel(
  cells: StageCells,
  pool: Hazards,
  forgotten: Hazards,
  winsCount: number,
): StageModel {
  const shrunk = (cell: Cell, parent: Hazards): WinCurve =>
    shrunkCell(cell, parent, C.CELL_PSEUDO_DEALS, winsCount).curve;
  const { curve, hazards } = shrunkCell(cells.all, pool, C.STAGE_PSEUDO_DEALS, winsCount);
  return {
    curve,
    ages: cells.ages.map((cell) => shrunk(cell, hazards)),
    forgotten: shrunk(cells.forgotten, forgotten),
    medianDays: durationQuantile(cells.staysEnded, cells.staysRunning, 0.5),
    slowDays: durationQuantile(cells.staysEnded, cells.staysRunning, C.SLOW_STAGE_QUANTILE),
    overdueDays: durationQuantile(cells.staysEnded, cells.staysRunning, C.OVERDUE_STAGE_QUANTILE),
    stays: TWENTIETHS.map((q) => durationQuantile(cells.staysEnded, cells.staysRunning, q)),
  };
}

function cohortOf(fates: readonly Fate[], horizonDays: number, worth: Worth): PoolModel['cohort'] {
  const counts = followedByWorth(fates, C.COHORT_WEEKS, worth);
  const prior = priorHazards(C.COHORT_WEEKS);
  const hazards = shrunkHazards(counts, 1 / WORTH_PARTS, prior, C.PRIOR_POOL_DEALS);
  const win = incidence(hazards);
  const both = {
    win: hazards.win.map((h, i) => h + hazards.loss[i]!),
    loss: hazards.win.map(() => 0),
  };
  return {
    win,
    ended: incidence(both),
    rate: clamp(curveAt(win, horizonDays / 7), 1e-6, 1 - 1e-6),
    deals: fates.length,
  };
}

/**
 * M of the beta-binomial between partners by moments on matured deals (Kleinman 1973): S = sum n
 * (p - mean)^2 against its expectation under no spread; the correlation is shrunk to the default
 * by the number of partners.
 */
function partnerPriorDeals(
  counts: readonly Pick<PartnerCounts, 'matured'>[],
  worth: Worth,
): number {
  const seen = counts.flatMap(({ matured }) => maturedBy(matured, worth) ?? []);
  const n = exactSum(seen.map((c) => c.matured));
  const won = exactSum(seen.map((c) => c.maturedWon));
  const squares = exactSum(seen.map((c) => c.matured * c.matured));
  const mean = n > 0 ? won / n : 0;
  const noise = mean * (1 - mean);
  const reach = n > 0 ? n - squares / n - (seen.length - 1) : 0;
  const partners = noise > 0 && reach > 0 ? seen.length : 0;
  const spread =
    partners === 0
      ? 0
      : (exactSum(seen.map((c) => c.matured * (c.maturedWon / c.matured - mean) ** 2)) / noise -
          (partners - 1)) /
        reach;
  const rho =
    (partners * Math.max(0, spread) + C.PARTNER_RHO_PSEUDO * C.DEFAULT_PARTNER_RHO) /
    (partners + C.PARTNER_RHO_PSEUDO);
  return clamp(1 / rho - 1, C.MIN_PRIOR_DEALS, C.MAX_PRIOR_DEALS);
}

/** Days a partner has been watched for wins. */
export const exposureDays = (firstMs: number, asOfMs: number): number =>
  clamp((asOfMs - firstMs) / DAY_MS, C.MIN_EXPOSURE_DAYS, C.ARRIVAL_LOOKBACK_DAYS);

function amountsOf(fit: PoolFit): PoolModel['amounts'] {
  const sorted = Float64Array.from(
    [...fit.sales.values()].map(({ won }) => exactValue(won)).filter((amount) => amount > 0),
  ).sort();
  const n = sorted.length;
  const mean =
    n > 0
      ? exactSum(sorted) / n
      : fit.allAmounts.count > 0
        ? exactValue(fit.allAmounts.sum) / fit.allAmounts.count
        : 0;
  const middle = (i: number): number => (i + 0.5) / C.AMOUNT_BINS;
  const bins = Array.from({ length: C.AMOUNT_BINS }, (_, i) => {
    if (n < C.AMOUNT_BINS) return exp(C.PRIOR_SD_LOG_AMOUNT * normalQuantile(middle(i)));
    const slice = sorted.subarray(
      Math.floor((i * n) / C.AMOUNT_BINS),
      Math.floor(((i + 1) * n) / C.AMOUNT_BINS),
    );
    return exactSum(slice) / slice.length / mean;
  });
  const scale = C.AMOUNT_BINS / exactSum(bins);
  const logs = Array.from(sorted, (a) => log(a / mean));
  const middleLog = n > 0 ? exactSum(logs) / n : 0;
  const squares = exactSum(logs.map((x) => (x - middleLog) ** 2));
  const nu = C.SD_LOG_PSEUDO_DEALS;
  const open = exactValue(fit.drift.open);
  const realised = open > 0 ? exactValue(fit.drift.realised) / open : 1;
  const multiplier =
    (fit.drift.wins * realised + C.MULTIPLIER_PSEUDO_WINS) /
    (fit.drift.wins + C.MULTIPLIER_PSEUDO_WINS);
  return {
    mean,
    bins: bins.map((b) => b * scale),
    count: n,
    multiplier: clamp(multiplier, ...C.MULTIPLIER_RANGE),
    largest: quantileOf(sorted, C.LARGEST_QUANTILE),
    sdLog: Math.sqrt((nu * C.PRIOR_SD_LOG_AMOUNT ** 2 + squares) / (nu + Math.max(0, n - 1))),
  };
}

/**
 * Mean over wins of the share of a window of d weeks before the win in which the deal was not yet
 * there: max(0, 1 - days / 7d).
 */
function absentShare(days: readonly number[]): number[] {
  const wins = days.reduce((sum, count) => sum + count, 0);
  return Array.from({ length: C.CURVE_WEEKS + 1 }, (_, weeks) => {
    if (weeks === 0 || wins === 0) return weeks === 0 ? 0 : weeks / C.CURVE_WEEKS;
    const span = 7 * weeks;
    let share = 0;
    for (let d = 0; d < days.length && d < span; d++)
      share += days[d]! * Math.max(0, 1 - (d + 0.5) / span);
    return share / wins;
  });
}

/**
 * Share of a quarter's wins by each hundredth of it. Each takes the mean of those near it, since a
 * hundredth holds a handful of wins and a chance must not run faster on one day than on the next.
 */
function periodCurve(wins: readonly number[]): number[] {
  const near = wins.map((_, i) => {
    const around = wins.slice(Math.max(0, i - C.PERIOD_CURVE_REACH), i + C.PERIOD_CURVE_REACH + 1);
    return around.reduce((sum, count) => sum + count, 0) / around.length;
  });
  const total = near.reduce((sum, count) => sum + count, 0) + C.PERIOD_CURVE_PSEUDO_WINS;
  let reached = 0;
  return [
    0,
    ...near.map((count, i) => {
      reached += count;
      return (reached + (C.PERIOD_CURVE_PSEUDO_WINS * (i + 1)) / 100) / total;
    }),
  ];
}

function quietDays(spells: readonly number[]): number | null {
  const seen = spells.reduce((sum, count) => sum + count, 0);
  if (seen < C.MIN_QUIET_SPELLS) return null;
  return durationQuantile(spells, [], C.QUIET_QUANTILE);
}

/** The model behind every score and forecast of one moment; the fit may go on being used. */
export function finishPool(fit: PoolFit, win: WinModel | null = null): PoolModel {
  const { asOfMs, horizonDays } = fit.context;
  const names = [...fit.stages.keys()].sort();
  const counts = [...fit.partners.values()];
  const quiet = quietDays(fit.quietDays);
  const longest = longestQuiet(quiet, fit.context.staleDays);
  const { startMs, endMs } = fit.context.period;
  const quarter = { startMs, endMs, curve: periodCurve(fit.periodWins) };
  const amounts = amountsOf(fit);
  const worth = worthBy(amounts);
  const winsCount = winWeight([...fit.ends.keys()].sort().map((id) => fit.ends.get(id)!));
  const pool = shrunkCell(fit.pool, priorHazards(C.CURVE_WEEKS), C.PRIOR_POOL_DEALS, winsCount);
  const forgotten = shrunkCell(fit.forgotten, pool.hazards, C.CELL_PSEUDO_DEALS, winsCount);
  const cohort = cohortOf(
    fit.cohorts.partner.length > 0 ? fit.cohorts.partner : fit.cohorts.direct,
    horizonDays,
    worth,
  );
  const priorDeals = partnerPriorDeals(counts, worth);
  const winsOf = (won: ExactSum): number => (amounts.mean > 0 ? exactValue(won) / amounts.mean : 0);
  return {
    modelVersion: C.MODEL_VERSION,
    asOfMs,
    horizonDays,
    deals: fit.deals,
    partners: counts.length,
    sinceMs: counts.reduce((first, c) => Math.min(first, c.firstMs), fit.direct.firstMs),
    pool: pool.curve,
    win: win && { ...win, quarter },
    forgotten: forgotten.curve,
    stages: Object.fromEntries(
      names.map((name) => [
        name,
        stageModel(fit.stages.get(name)!, pool.hazards, forgotten.hazards, winsCount),
      ]),
    ),
    cohort,
    priorDeals,
    types: typeEffects(fit.partners, fit.context.partnerTypes, worth, {
      rate: cohort.rate,
      priorDeals,
    }),
    arrivals: gammaPrior(counts.map((c) => [winsOf(c.won), exposureDays(c.firstMs, asOfMs)])),
    amounts,
    freshShare: absentShare(fit.cycleDays),
    unverifiedShare: notCarried(fit.verified, longest),
    unprovenShare: notCarried(fit.proven, longest),
    provenShare: fit.proven.wins > 0 ? fit.provenWins / fit.proven.wins : 0,
    quietDays: quiet,
    quarter,
    direct: {
      wins: fit.direct.wins,
      value: exactValue(fit.direct.value),
      days: exposureDays(fit.direct.firstMs, asOfMs),
    },
    pace: finishPace(fit.pace, fit.partners, asOfMs, priorHazards(C.COHORT_WEEKS), worth),
    exits: fit.exits,
    level: PRIOR_LEVEL,
    pastQuarters: fit.quarters.map((q, i) => ({
      startMs: q.startMs,
      endMs: q.endMs,
      won: exactValue(fit.quarterWon[i]!),
    })),
  };
}
