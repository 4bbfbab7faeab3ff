import { expit } from '../../math/numeric.ts';
import { DEFAULT_STALL_WARNING } from '../../tuning.ts';
import type { Sample } from '../model/sample.ts';
import { stallSample, type StallRows } from './rows.ts';
import { STALL_HORIZON_DAYS } from './signs.ts';

/** Warnings from one chance on, as they would have been given. */
export interface StallLead {
  /** 0..1 */
  at: number;
  /** Snapshots at or above it, and the share of them that stalled within the horizon. */
  warned: number;
  cameTrue: number;
  /** Stalls that a warning stood before, and the share of all that these are. */
  stalls: number;
  caught: number;
  /** Median days from the first warning to the stall; null = too few. */
  leadDays: number | null;
}

const THRESHOLDS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** A warning is useful when somebody can still do something: a working week ahead. */
const USEFUL_DAYS = 7;
/** Fewer stalls than this have no median. */
const MIN_STALLS = 20;

const medianOf = (values: number[]): number | null =>
  values.length < MIN_STALLS
    ? null
    : values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

/** The snapshots before each stall, by deal and moment of the stall. */
function byStall({ panel, stallDays }: StallRows, rows: Int32Array): Map<string, number[]> {
  const found = new Map<string, number[]>();
  rows.forEach((row, i) => {
    if (Number.isNaN(stallDays[row]!)) return;
    const when = Math.round(stallDays[row]! - panel.daysBack[row]!);
    const key = `${panel.deal[row]} ${when}`;
    const list = found.get(key);
    if (list) list.push(i);
    else found.set(key, [i]);
  });
  return found;
}

/**
 * How early and how rightly deals would have been warned of in the last days before the panel's
 * moment, by a model that knew none of them.
 */
export function leadsOf(
  rows: StallRows,
  oddsOf: (sample: Sample) => Float64Array,
  lastDays: number,
): StallLead[] {
  const sample = stallSample(rows, 0, lastDays);
  const chances = oddsOf(sample).map(expit);
  const stalls = byStall(rows, sample.rows);
  const daysOf = (i: number): number => rows.stallDays[sample.rows[i]!]!;
  const isOver = (i: number): boolean =>
    rows.panel.daysBack[sample.rows[i]!]! >= STALL_HORIZON_DAYS;
  return THRESHOLDS.map((at) => {
    let [warned, right] = [0, 0];
    chances.forEach((chance, i) => {
      if (chance < at || !isOver(i)) return;
      warned++;
      right += sample.y[i]!;
    });
    // Rows of a deal stand from the oldest on: the first of those that are warned of.
    const leads = [...stalls.values()].flatMap((list) => {
      const first = list.find((i) => chances[i]! >= at);
      return first === undefined ? [] : [daysOf(first)];
    });
    return {
      at,
      warned,
      cameTrue: warned > 0 ? right / warned : 0,
      stalls: leads.length,
      caught: stalls.size > 0 ? leads.length / stalls.size : 0,
      leadDays: medianOf(leads),
    };
  });
}

/** The surest warning that usually comes a week ahead; else the earliest there is. */
export function warningOf(leads: readonly StallLead[]): {
  warnAt: number;
  leadDays: number | null;
} {
  const known = leads.filter(({ leadDays }) => leadDays !== null);
  const useful = known.findLast(({ leadDays }) => leadDays! >= USEFUL_DAYS) ?? known[0];
  return { warnAt: useful?.at ?? DEFAULT_STALL_WARNING, leadDays: useful?.leadDays ?? null };
}
