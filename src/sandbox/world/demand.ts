/**
 * What the market does to all partners alike: a shock to each quarter's pace of progress, and new
 * business that fades.
 */
import type { RandomStream } from '../random.ts';
import { quarterPace, WEEK_MS, weekStartMs, YEAR_MS } from './calendar.ts';

/**
 * New business halves in a year once it fades, which begins a year and a half before the end of the
 * history.
 */
const FADING_PER_YEAR = Math.LN2;
const FADES_FOR_MS = 1.5 * YEAR_MS;

export interface DemandOptions {
  /**
   * Sd of the logarithm of the factor that one quarter puts on the pace of every deal; 0 = none.
   */
  shockSd?: number;
  /** Does new business fade? */
  fading?: boolean;
}

export interface Demand {
  shockSd: number;
  fading: boolean;
  /**
   * Factor on the progress of every deal in a week: the hurry of the quarter's end and the shock of
   * the quarter.
   */
  pace(week: number): number;
  /** Factor on new business at a moment. */
  level(atMs: number): number;
  /** Factor of the quarter that a moment lies in; its mean over quarters is 1. */
  shockAt(atMs: number): number;
}

const quarterOf = (ms: number): number => {
  const at = new Date(ms);
  return at.getUTCFullYear() * 4 + Math.floor(at.getUTCMonth() / 3);
};

/**
 * The same seed and options give the same market. Throws RangeError on a spread that is no number
 * from 0 to 2.
 */
export function openDemand(root: RandomStream, endMs: number, options: DemandOptions): Demand {
  const { shockSd = 0, fading = false } = options;
  if (!(shockSd >= 0 && shockSd <= 2))
    throw new RangeError(`the spread of a shock is a number from 0 to 2, not ${shockSd}`);
  const shocks = new Map<number, number>();
  const shockAt = (ms: number): number => {
    if (shockSd === 0) return 1;
    const quarter = quarterOf(ms);
    let factor = shocks.get(quarter);
    if (factor === undefined) {
      const drawn = root.fork('shock', quarter).normal(0, shockSd);
      factor = Math.exp(drawn - (shockSd * shockSd) / 2);
      shocks.set(quarter, factor);
    }
    return factor;
  };
  const fadesFromMs = endMs - FADES_FOR_MS;
  return {
    shockSd,
    fading,
    pace: (week) => quarterPace(week) * shockAt(weekStartMs(week) + WEEK_MS / 2),
    level: (atMs) =>
      fading ? Math.exp((-FADING_PER_YEAR * Math.max(0, atMs - fadesFromMs)) / YEAR_MS) : 1,
    shockAt,
  };
}
