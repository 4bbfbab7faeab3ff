import { DAY_MS } from '../../math/time.ts';
import { endingAfter, type DealHistory, type HistoryView } from '../features/history.ts';
import type { Panel } from '../model/panel.ts';
import type { Sample } from '../model/sample.ts';
import {
  isStalled,
  lastSign,
  nextStall,
  signsOf,
  STALL_HORIZON_DAYS,
  type Signs,
  type StallRule,
} from './signs.ts';

/** A deal younger than this has not had the time to stall. */
export const MIN_AGE_DAYS = 3;
/** Features of the win model that tell of stalls too; the two before them are read for it alone. */
const BORROWED = [
  ...['age', 'stageDays', 'activities', 'activities14d', 'activitiesFaded7d'],
  ...['pushes', 'quarterLeft', 'tasksPlanned', 'tasksBegun'],
];
const OWN = ['quiet', 'quietGaps'];

/** Days since the last sign, and how many of the deal's own usual gaps that is. */
export function quietness(of: Signs, atMs: number): [number, number] {
  const last = lastSign(of, atMs);
  const seen = of.signs.filter((at) => at <= atMs).length;
  const quiet = (atMs - last) / DAY_MS;
  const gap = (last - of.signs[0]!) / DAY_MS / Math.max(1, seen - 1);
  return [quiet, seen < 2 ? NaN : quiet / Math.max(1, gap)];
}

/** Which of the win model's features a stall model reads, by their place there. */
export const borrowedFrom = (names: readonly string[]): number[] =>
  BORROWED.map((name) => names.indexOf(name)).filter((place) => place >= 0);

/**
 * Snapshots of deals that could stall, and for each when it did; NaN = it did not, as far as is
 * known.
 */
export interface StallRows {
  panel: Panel;
  rows: number[];
  stallDays: Float64Array;
}

/** Days from a snapshot to a stall that came before the deal's end and before `asOfMs`. */
function daysToStall(
  history: DealHistory,
  of: Signs,
  atMs: number,
  asOfMs: number,
  rule: StallRule,
): number {
  const endMs = endingAfter(history, atMs)?.[0] ?? Infinity;
  const stall = nextStall(of, atMs, Math.min(endMs, asOfMs), rule);
  return stall === null ? NaN : (stall - atMs) / DAY_MS;
}

/** The win model's snapshots as a stall model reads them. */
export function stallRows(
  win: Panel,
  histories: readonly DealHistory[],
  asOfMs: number,
  { stages }: HistoryView,
  rule: StallRule,
): StallRows {
  const { quarterEndsMs } = win.vocabulary;
  const signs = histories.map((history) => signsOf(history, stages, quarterEndsMs, rule));
  const own = OWN.map(() => new Float32Array(win.rows));
  const stallDays = new Float64Array(win.rows).fill(NaN);
  const rows: number[] = [];
  for (let row = 0; row < win.rows; row++) {
    const history = histories[win.deal[row]!]!;
    const of = signs[win.deal[row]!]!;
    const atMs = asOfMs - win.daysBack[row]! * DAY_MS;
    if (atMs - history.createdMs < MIN_AGE_DAYS * DAY_MS || isStalled(of, atMs, rule)) continue;
    quietness(of, atMs).forEach((value, i) => void (own[i]![row] = value));
    stallDays[row] = daysToStall(history, of, atMs, asOfMs, rule);
    rows.push(row);
  }
  const borrowed = borrowedFrom(win.names.numbers);
  const stage = win.names.words.indexOf('stage');
  const panel = {
    ...win,
    names: { numbers: [...OWN, ...borrowed.map((i) => win.names.numbers[i]!)], words: ['stage'] },
    numbers: [...own, ...borrowed.map((i) => win.numbers[i]!)],
    words: [win.words[stage]!],
    levels: [win.levels[stage]!],
  };
  return { panel, rows, stallDays };
}

/** Those of the rows that lie so far back, whose horizon is over; every so many days of them. */
export function stallSample(
  { panel, rows, stallDays }: StallRows,
  fromDays: number,
  toDays: number,
  every = 1,
): Sample {
  const kept = rows.filter((row) => {
    const beyond = panel.daysBack[row]! - fromDays;
    if (beyond < 0 || panel.daysBack[row]! >= toDays) return false;
    return Math.floor(beyond / panel.everyDays) % every === 0;
  });
  const taken = Int32Array.from(kept);
  const weight = (panel.everyDays * every) / 7;
  return {
    panel,
    rows: taken,
    y: Uint8Array.from(taken, (row) => (stallDays[row]! <= STALL_HORIZON_DAYS ? 1 : 0)),
    weight: Float64Array.from(taken, (row) => weight * panel.times[row]!),
  };
}
