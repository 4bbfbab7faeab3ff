import { clamp } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { AGE_EDGES_DAYS } from '../tuning.ts';

/**
 * Cumulative chance of a win by weeks from now, and the number of different past deals behind it.
 */
export interface WinCurve {
  win: number[];
  deals: number;
}

/** Bucket of days in stage: 0 = up to the first edge. */
export function ageBucket(stageDays: number): number {
  let bucket = 0;
  while (bucket < AGE_EDGES_DAYS.length && stageDays >= AGE_EDGES_DAYS[bucket]!) bucket++;
  return bucket;
}

/** From three quarters of an edge to five the chance runs from one bucket's to the next one's. */
const EDGE = 0.25;

/** The bucket that a chance begins in, and the share of the next one. */
function between(stageDays: number): { from: number; share: number } {
  const from = AGE_EDGES_DAYS.findIndex((edge) => stageDays < (1 + EDGE) * edge);
  if (from < 0) return { from: AGE_EDGES_DAYS.length, share: 0 };
  return { from, share: Math.max(0, (stageDays / AGE_EDGES_DAYS[from]! - 1 + EDGE) / (2 * EDGE)) };
}

/**
 * Days of silence over which a deal becomes one that nobody works on. The past of such deals stands
 * apart: open for years where nobody marks them as lost, they would lower the chances of all that
 * have stood long in a stage, and be given those chances themselves.
 */
const FORGOTTEN_FROM_DAYS = 30;
const FORGOTTEN_TO_DAYS = 60;

/** Is the snapshot one of a forgotten deal? At the middle of the days over which it becomes one. */
export const isForgotten = (silentDays: number): boolean =>
  silentDays > (FORGOTTEN_FROM_DAYS + FORGOTTEN_TO_DAYS) / 2;

/** The chance of a deal that is as silent, from what it would be if heard of, and if forgotten. */
export const chanceIfSilent = (heardOf: number, forgotten: number, silentDays: number): number => {
  const share = (silentDays - FORGOTTEN_FROM_DAYS) / (FORGOTTEN_TO_DAYS - FORGOTTEN_FROM_DAYS);
  return heardOf + clamp(share, 0, 1) * (forgotten - heardOf);
};

/**
 * Cumulative chance of a win within so many weeks after so many days in the stage, without the hard
 * edges of the buckets: there a score would move on a day on which nothing happened.
 */
export function chanceAtAge(ages: readonly WinCurve[], stageDays: number, weeks: number): number {
  const { from, share } = between(stageDays);
  const first = curveAt(ages[from]!.win, weeks);
  return share === 0 ? first : first + share * (curveAt(ages[from + 1]!.win, weeks) - first);
}
