/**
 * Calibration, skill and coverage of rows that are clustered: every error bar is by what is
 * independent, a partner or a world and quarter.
 */
import { randomStream } from '../../../src/sandbox/random.ts';
import type { ForecastRow, PartnerRow, ScoreRow } from './rows.ts';

/** What the field can hold: beyond it a chance is told in words. */
const CLIP = 0.005;
const BOOTSTRAPS = 400;

const sumOf = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0);
export const quantileOf = (values: readonly number[], q: number): number => {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!;
};

/**
 * Slope of the outcome's log odds on those that were said, by Newton's method. 1 = as bold as it
 * may be.
 */
export function calibrationSlope(rows: readonly Pick<ScoreRow, 'said' | 'happened'>[]): number {
  const xs = rows.map(({ said }) => {
    const p = Math.min(1 - CLIP, Math.max(CLIP, said));
    return Math.log(p / (1 - p));
  });
  let [a, b] = [0, 1];
  for (let step = 0; step < 30; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (let i = 0; i < rows.length; i++) {
      const x = xs[i]!;
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const w = p * (1 - p);
      g0 += rows[i]!.happened - p;
      g1 += (rows[i]!.happened - p) * x;
      h00 += w;
      h01 += w * x;
      h11 += w * x * x;
    }
    const det = h00 * h11 - h01 * h01;
    if (!(det > 1e-12)) return b;
    const da = (h11 * g0 - h01 * g1) / det;
    const db = (h00 * g1 - h01 * g0) / det;
    a += Math.max(-1, Math.min(1, da));
    b += Math.max(-1, Math.min(1, db));
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return b;
}

export interface Slope {
  n: number;
  slope: number;
  /** 99% bootstrap interval, whole partners drawn. */
  low: number;
  high: number;
  said: number;
  happened: number;
}

export function slopeOf(rows: readonly ScoreRow[]): Slope {
  const clusters = [...Map.groupBy(rows, (row) => row.partner).values()];
  const stream = randomStream(20_260_101);
  const drawn = Array.from({ length: clusters.length === 0 ? 0 : BOOTSTRAPS }, () =>
    calibrationSlope(clusters.flatMap(() => clusters[stream.below(clusters.length)]!)),
  );
  return {
    n: rows.length,
    slope: calibrationSlope(rows),
    low: quantileOf(drawn, 0.005),
    high: quantileOf(drawn, 0.995),
    said: sumOf(rows, (r) => r.said) / rows.length,
    happened: sumOf(rows, (r) => r.happened) / rows.length,
  };
}

/** Brier skill against the rows' own rate, of what was said and of the oracle. */
export function skillOf(rows: readonly ScoreRow[]): { n: number; skill: number; oracle: number } {
  const rate = sumOf(rows, (r) => r.happened) / rows.length;
  const base = sumOf(rows, (r) => (r.happened - rate) ** 2);
  const skill = (of: (row: ScoreRow) => number): number =>
    1 - sumOf(rows, (r) => (r.happened - of(r)) ** 2) / base;
  return { n: rows.length, skill: skill((r) => r.said), oracle: skill((r) => r.oracle) };
}

/** Standard error of the mean of a value over clusters of unequal size. */
function clusterError<T>(
  rows: readonly T[],
  cluster: (row: T) => string,
  value: (row: T) => number,
): number {
  const mean = sumOf(rows, value) / rows.length;
  const groups = [...Map.groupBy(rows, cluster).values()];
  const squares = sumOf(groups, (group) => sumOf(group, (row) => value(row) - mean) ** 2);
  return Math.sqrt(squares) / rows.length;
}

export type WorldRow<T> = T & { seed: number };
const worldQuarter = (row: WorldRow<{ quarter: string }>): string => `${row.seed} ${row.quarter}`;

export function coverageOf(rows: readonly WorldRow<ForecastRow>[]): Record<string, number> {
  const share = (of: (row: ForecastRow) => boolean): number =>
    sumOf(rows, (r) => (of(r) ? 1 : 0)) / rows.length;
  const inside = (r: ForecastRow): boolean => r.actual >= r.p10 && r.actual <= r.p90;
  const actual = sumOf(rows, (r) => r.actual);
  const logRatios = rows.map((r) => Math.log(Math.max(1, r.p50) / Math.max(1, r.actual)));
  const biasOf = (of: (r: ForecastRow) => [number, number]): number =>
    sumOf(rows, (r) => of(r)[0]) / sumOf(rows, (r) => of(r)[1]) - 1;
  return {
    n: rows.length,
    coverage80: share(inside),
    se: clusterError(rows, worldQuarter, (r) => (inside(r) ? 1 : 0)),
    below: share((r) => r.actual < r.p10),
    belowSe: clusterError(rows, worldQuarter, (r) => (r.actual < r.p10 ? 1 : 0)),
    above: share((r) => r.actual > r.p90),
    aboveSe: clusterError(rows, worldQuarter, (r) => (r.actual > r.p90 ? 1 : 0)),
    width80: sumOf(rows, (r) => r.p90 - r.p10) / actual,
    medianBias: Math.exp(quantileOf(logRatios, 0.5)) - 1,
    // For a nearly normal ratio the median errs by 1.25 times the error of the mean.
    medianBiasSe:
      1.2533 *
      clusterError(rows, worldQuarter, (r) => Math.log(Math.max(1, r.p50) / Math.max(1, r.actual))),
    bias: sumOf(rows, (r) => r.mean) / actual - 1,
    openBias: biasOf((r) => r.open),
    newBias: biasOf((r) => r.fresh),
  };
}

/**
 * Share of the partners' quarters in the middle 80% of what was said; a tie is spread evenly over
 * its mass.
 */
export function integralOf(rows: readonly WorldRow<PartnerRow>[]): Record<string, number> {
  const part = (row: PartnerRow, from: number, to: number): number => {
    const width = row.high - row.low;
    if (width <= 0) return row.low >= from && row.low < to ? 1 : 0;
    return Math.max(0, Math.min(row.high, to) - Math.max(row.low, from)) / width;
  };
  const share = (from: number, to: number): number =>
    sumOf(rows, (row) => part(row, from, to)) / rows.length;
  return {
    n: rows.length,
    middle80: share(0.1, 0.9),
    se: clusterError(rows, worldQuarter, (row) => part(row, 0.1, 0.9)),
    below: share(-1, 0.1),
    above: share(0.9, 2),
  };
}
