import { daysBetween } from '../math/time.ts';
import { CURVE_WEEKS } from '../tuning.ts';
import { heardOf } from './phantom.ts';

/**
 * How won deals stood while they were open: by whole weeks before the win, and by whole weeks since
 * their last sign then. Only deals of which something was shown by then are counted.
 */
export interface Standings {
  wins: number;
  shown: number[][];
}

/** Weeks of silence, each with a count of its own. */
const SILENT_WEEKS = 52;

export const newStandings = (): Standings => ({
  wins: 0,
  shown: Array.from({ length: CURVE_WEEKS + 1 }, () => []),
});

/**
 * Adds a win; `shownMs` = when something first showed the deal to be real, null = the win itself
 * did.
 */
export function addStandings(
  standings: Standings,
  shownMs: number | null,
  signs: readonly number[],
  closedMs: number,
): void {
  standings.wins++;
  if (shownMs === null) return;
  const weeks = Math.min(CURVE_WEEKS, Math.floor(daysBetween(shownMs, closedMs) / 7));
  let next = signs.length - 1;
  for (let week = 0; week <= weeks; week++) {
    const age = 7 * week;
    while (next > 0 && daysBetween(signs[next]!, closedMs) < age) next--;
    // On the day of the win the win itself is the latest sign.
    const silent = Math.max(0, daysBetween(signs[next]!, closedMs) - age);
    const row = standings.shown[week]!;
    const column = Math.min(SILENT_WEEKS, Math.floor(silent / 7));
    while (row.length <= column) row.push(0);
    row[column]!++;
  }
}

/**
 * Share of the wins of the coming d weeks from deals that a score does not carry one by one: those
 * not there or not shown by now, and those that are silent, as far as they have faded (`heardOf`).
 * Everything that wins is in one of the two, so that nothing is lost or counted twice.
 */
export function notCarried({ wins, shown }: Standings, longest: number): number[] {
  if (wins === 0) return shown.map((_, weeks) => weeks / CURVE_WEEKS);
  const missing = shown.map((row) => {
    const carried = row.reduce((sum, n, column) => sum + n * heardOf(7 * column + 3.5, longest), 0);
    return 1 - carried / wins;
  });
  let area = 0;
  return missing.map((share, week) => {
    if (week === 0) return 0;
    area += (missing[week - 1]! + share) / 2;
    return area / week;
  });
}
