import { DAY_MS, daysBetween } from './time.ts';

/** How a company's wins fall on the days of its fiscal quarter. Plain JSON. */
export interface SellingQuarter {
  startMs: number;
  endMs: number;
  /** Share of a quarter's wins made by each hundredth of it; [0] = 0, [100] = 1. */
  curve: readonly number[];
}

const USUAL_QUARTER_DAYS = 365.25 / 4;

/** Quarters from the start of this one to a moment; the others are taken as usually long. */
function quarterAt({ startMs, endMs }: SellingQuarter, atMs: number): number {
  if (atMs < startMs) return -daysBetween(atMs, startMs) / USUAL_QUARTER_DAYS;
  if (atMs >= endMs) return 1 + daysBetween(endMs, atMs) / USUAL_QUARTER_DAYS;
  return (atMs - startMs) / (endMs - startMs);
}

/** Wins made since this quarter began, in quarters of them. */
function winsBy(quarter: SellingQuarter, atMs: number): number {
  const { curve } = quarter;
  const at = quarterAt(quarter, atMs);
  const whole = Math.floor(at);
  const within = 100 * (at - whole);
  const low = Math.min(99, Math.floor(within));
  return whole + curve[low]! + (within - low) * (curve[low + 1]! - curve[low]!);
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
  return Math.max(0, length * (winsBy(quarter, toMs) - winsBy(quarter, fromMs)));
}
