/**
 * What past forecasts teach about the next: how far they were off in level, by how much all deals
 * of
 * a period move together, and how wide an interval must be to hold as often as it says. Works on
 * sums alone, so that it serves any forecast.
 */
import { exp, log, log1p } from '../../model/real-math.ts';
import * as C from '../tuning.ts';
import { exactSum } from './exact-sum.ts';
import { clamp } from './numeric.ts';

/** One part of a past forecast and what came of it: `variance` is that of its deals alone. */
interface PastPart {
  mean: number;
  variance: number;
  actual: number;
}

/** A forecast made at `elapsed` (0..1) of a period that is over; periods are named by their end. */
export interface PastOrigin {
  atMs: number;
  periodEndMs: number;
  elapsed: number;
  open: PastPart;
  fresh: PastPart;
}

export interface Level {
  /** Factors on what open deals, and deals not created yet, are expected to bring. */
  open: number;
  fresh: number;
  /**
   * Relative sd by which all deals of a period move together, and that of not knowing the level.
   */
  sd: number;
  levelSd: number;
  /** Factor on the width of the interval, on the log scale. */
  width: number;
  /** Finished periods behind it. */
  periods: number;
}

/** Before any period is over. */
export const PRIOR_LEVEL: Level = {
  open: 1,
  fresh: 1,
  sd: C.PRIOR_COMMON_SD,
  levelSd: C.LEVEL_PRIOR_SD,
  width: 1,
  periods: 0,
};

interface Period {
  endMs: number;
  origins: PastOrigin[];
}

/** Periods in order, each with its origins in order, so that the order given cannot matter. */
function periodsOf(past: readonly PastOrigin[]): Period[] {
  const byEnd = Map.groupBy(past, (origin) => origin.periodEndMs);
  return [...byEnd]
    .map(([endMs, origins]) => ({ endMs, origins: [...origins].sort((a, b) => a.atMs - b.atMs) }))
    .sort((a, b) => a.endMs - b.endMs);
}

/**
 * Origins of one period tell one story: they share a weight of 1, the nearer in the period more.
 */
function shares(origins: readonly PastOrigin[], elapsed: number): number[] {
  const near = origins.map((o) => {
    const off = (o.elapsed - elapsed) / C.ELAPSED_REACH;
    return exp((-off * off) / 2) + 1e-9;
  });
  const total = exactSum(near);
  return near.map((k) => k / total);
}

interface Ratio {
  ratio: number;
  noise: number;
  weight: number;
}

/** Actual over forecast of every past origin, with its noise and what it counts. */
function ratios(
  periods: readonly Period[],
  elapsed: number,
  part: (origin: PastOrigin) => PastPart,
): Ratio[] {
  return periods.flatMap((period, i) => {
    const weights = shares(period.origins, elapsed);
    const age = C.PERIOD_MEMORY ** (periods.length - 1 - i);
    return period.origins.flatMap((origin, k) => {
      const { mean, variance, actual } = part(origin);
      if (!(mean > 0)) return [];
      const ratio = Math.min(C.MAX_RATIO, Math.max(0, actual) / mean);
      return [{ ratio, noise: variance / (mean * mean), weight: age * weights[k]! }];
    });
  });
}

/** Precision-weighted mean ratio, shrunk to 1. */
function levelOf(found: readonly Ratio[], commonSd: number): { level: number; variance: number } {
  // Never nothing, or one period without any noise would be the whole truth.
  const shared = Math.max(C.MIN_COMMON_SD, commonSd) ** 2;
  const prior = 1 / C.LEVEL_PRIOR_SD ** 2;
  const precision = exactSum(found.map((r) => r.weight / (r.noise + shared)));
  const sum = exactSum(found.map((r) => (r.weight * r.ratio) / (r.noise + shared)));
  return { level: (prior + sum) / (prior + precision), variance: 1 / (prior + precision) };
}

const scaled = (part: PastPart, level: number): PastPart => ({
  mean: part.mean * level,
  variance: part.variance * level * level,
  actual: part.actual,
});

/** Both parts as one, each at its level. */
const whole = (origin: PastOrigin, open: number, fresh: number): PastPart => {
  const [a, b] = [scaled(origin.open, open), scaled(origin.fresh, fresh)];
  return {
    mean: a.mean + b.mean,
    variance: a.variance + b.variance,
    actual: a.actual + b.actual,
  };
};

/** Variance of the common factor: the excess of squared misses over the deals' own noise. */
function commonVariance(misses: readonly Ratio[]): number {
  const prior = C.PRIOR_COMMON_SD ** 2;
  // A miss that is mostly the noise of few deals tells little of what they share.
  const worth = misses.map((m) => m.weight * (prior / (prior + m.noise)) ** 2);
  const excess = exactSum(misses.map((m, i) => worth[i]! * (m.ratio * m.ratio - m.noise)));
  return (
    Math.max(0, C.COMMON_PRIOR_PERIODS * prior + excess) /
    (C.COMMON_PRIOR_PERIODS + exactSum(worth))
  );
}

/** Sd on the log scale of an amount with this relative variance. */
export const logSd = (relativeVariance: number): number =>
  Math.sqrt(log1p(Math.max(0, relativeVariance)));

/**
 * What the finished periods teach a forecast made at `elapsed` of its period. Level and common
 * factor are those of the periods so far; after each period the width goes up by a step when its
 * intervals, as they would have been given, missed, and down by a quarter of it when they held.
 */
export function learnLevel(past: readonly PastOrigin[], elapsed: number): Level {
  const periods = periodsOf(past);
  const misses: Ratio[] = [];
  let logWidth = 0;
  let sd = C.PRIOR_COMMON_SD;
  const levelsAfter = (count: number, at: number): { open: number; fresh: number; sd: number } => {
    const seen = periods.slice(0, count);
    const open = levelOf(
      ratios(seen, at, (o) => o.open),
      sd,
    );
    const fresh = levelOf(
      ratios(seen, at, (o) => o.fresh),
      sd,
    );
    const all = levelOf(
      ratios(seen, at, (o) => whole(o, 1, 1)),
      sd,
    );
    return { open: open.level, fresh: fresh.level, sd: Math.sqrt(all.variance) };
  };
  periods.forEach((period, i) => {
    let step = 0;
    for (const m of misses) m.weight *= C.PERIOD_MEMORY;
    const near = shares(period.origins, elapsed);
    for (const [k, origin] of period.origins.entries()) {
      const level = levelsAfter(i, origin.elapsed);
      const { mean, variance, actual } = whole(origin, level.open, level.fresh);
      if (!(mean > 0)) continue;
      const noise = variance / (mean * mean);
      const spread = logSd(noise + sd * sd + level.sd * level.sd);
      const off = actual > 0 ? log(actual / mean) + (spread * spread) / 2 : -Infinity;
      const weight = 1 / period.origins.length;
      const missed = Math.abs(off) > C.BAND_Z * spread * exp(logWidth) ? 1 : 0;
      // Where single deals make the noise, their own variance is known: a miss tells little, but it
      // is all that shows a part of the period in which deals move together more than in others.
      const telling = C.PRIOR_COMMON_SD ** 2 / (C.PRIOR_COMMON_SD ** 2 + noise);
      step += near[k]! * Math.max(C.MIN_TELLING, telling) * (missed - C.MISS_SHARE);
      const ratio = Math.min(C.MAX_RATIO, actual / mean) - 1;
      misses.push({ ratio, noise: noise + level.sd * level.sd, weight });
    }
    sd = Math.sqrt(commonVariance(misses));
    logWidth = clamp(logWidth + C.WIDTH_STEP * step, -log(C.MAX_WIDTH), log(C.MAX_WIDTH));
  });
  const now = levelsAfter(periods.length, elapsed);
  return {
    open: now.open,
    fresh: now.fresh,
    sd,
    levelSd: now.sd,
    width: exp(logWidth),
    periods: periods.length,
  };
}
