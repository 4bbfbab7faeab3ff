import type { Panel } from './panel.ts';

/** Rows of a panel that a model learns from or is judged by. */
export interface Sample {
  panel: Panel;
  rows: Int32Array;
  /** 1 = the event happened. */
  y: Uint8Array;
  /**
   * One weekly snapshot weighs 1, a daily one a seventh: seven days of a deal tell what one week of
   * it does.
   */
  weight: Float64Array;
}

/**
 * Won more than `fromDays` and at most `toDays` after the snapshot, among those not won before: the
 * steps of a longer horizon.
 */
export interface Interval {
  fromDays: number;
  toDays: number;
}

/**
 * Rows whose whole interval lies before the cut, which is so many days before the panel's moment:
 * what was known then. Every so many snapshots are taken, which thins them.
 */
export function sampleOf(panel: Panel, interval: Interval, cutDays: number, every = 1): Sample {
  const from = cutDays + interval.toDays;
  const step = panel.everyDays;
  const kept: number[] = [];
  for (let row = 0; row < panel.rows; row++) {
    const beyond = panel.daysBack[row]! - from;
    if (beyond < 0 || panel.wonDays[row]! <= interval.fromDays) continue;
    if (Math.floor(beyond / step) % every === 0) kept.push(row);
  }
  const sample = samplePicked(panel, kept, interval, (step * every) / 7);
  return { ...sample, weight: sample.weight.map((one, i) => one * panel.times[kept[i]!]!) };
}

/**
 * The snapshots of one day, one of each deal that was open. Of a deal long silent the last one
 * before it stands for that day, too.
 */
export function snapshotOf(panel: Panel, interval: Interval, daysBack: number): Sample {
  const kept = new Map<number, number>();
  for (let row = 0; row < panel.rows; row++) {
    const older = panel.daysBack[row]! - daysBack;
    if (older < 0 || older >= reachOf(panel, row)) continue;
    const endedDays = Math.min(panel.wonDays[row]!, panel.lostDays[row]!);
    if (endedDays <= older || panel.wonDays[row]! <= interval.fromDays) continue;
    // Rows of a deal run from the oldest to the newest.
    kept.set(panel.deal[row]!, row);
  }
  return samplePicked(panel, [...kept.values()], interval, 1);
}

/** Days for which a snapshot stands: its own, and those at which none like it was taken. */
const reachOf = ({ times, everyDays }: Panel, row: number): number =>
  times[row] === 1 ? 1 : times[row]! * everyDays;

/** Rows named by hand. */
export function samplePicked(
  panel: Panel,
  kept: readonly number[],
  { toDays }: Interval,
  weight: number,
): Sample {
  const rows = Int32Array.from(kept);
  const isWon = (days: number): boolean => days <= toDays && days !== Infinity;
  const y = Uint8Array.from(rows, (row) => (isWon(panel.wonDays[row]!) ? 1 : 0));
  return { panel, rows, y, weight: new Float64Array(rows.length).fill(weight) };
}
