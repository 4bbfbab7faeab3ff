import { DAY_MS, daysBetween } from './time.ts';

/** How a company's wins fall on the days of its fiscal quarter. Plain JSON. */
export interface SellingQuarter {
  startMs: number;
  endMs: number;
  /** Share of a quarter's wins made by each hundredth of it; [0] = 0, [100] = 1. */
  curve: readonly number[];
}

const USUAL_QUARTER_DAYS = 365.25 / 4;

/** Wins made since the quarter began, in quarters; the ones after it are taken as alike. */
function quartersBy({ startMs, endMs, curve }: SellingQuarter, atMs: number): number {
  const beyond = daysBetween(endMs, atMs) / USUAL_QUARTER_DAYS;
  const whole = atMs < endMs ? 0 : 1 + Math.floor(beyond);
  const within = atMs < endMs ? (atMs - startMs) / (endMs - startMs) : beyond - (whole - 1);
  const at = 100 * Math.min(1, Math.max(0, within));
  const low = Math.min(99, Math.floor(at));
  return whole + curve[low]! + (at - low) * (curve[low + 1]! - curve[low]!);
}

/**
 * Days from a moment to a later one, each counted by how many of a quarter's wins fall on a day like
 * it: its last two weeks may hold as many as the four before them. A whole quarter has as many as
 * its days. Without a quarter every day is a day.
 */
export function sellingDays(
  quarter: SellingQuarter | undefined,
  fromMs: number,
  toMs: number,
): number {
  const days = Math.max(0, daysBetween(fromMs, toMs));
  if (quarter === undefined || !(quarter.endMs > quarter.startMs) || !Number.isFinite(days))
    return days;
  const length = (quarter.endMs - quarter.startMs) / DAY_MS;
  return Math.max(0, length * (quartersBy(quarter, toMs) - quartersBy(quarter, fromMs)));
}
