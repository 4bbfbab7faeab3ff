import type { TierLadder, TierMeasure, TierSettings } from '../../../model/tier.ts';

/** How much of a week's news enters the smoothed measure; measured beside band and dwell. */
const FRESH = 0.3;
const WEEK_DAYS = 7;

export type Rung = TierLadder['rungs'][number];
type Weekly = Readonly<Record<TierMeasure, readonly number[]>>;

/** Each week's measure with less and less of the weeks before it. */
export function smoothed(weekly: readonly number[]): number[] {
  let level = weekly[0] ?? 0;
  return weekly.map((value) => (level += FRESH * (value - level)));
}

/** Certificates are counted, not measured: there is no noise that a band could keep out. */
const bandOf = (measure: TierMeasure, band: number): number => (measure === 'certified' ? 0 : band);
const valueOf = (measure: TierMeasure, raw: Weekly, smooth: Weekly): readonly number[] =>
  measure === 'certified' ? raw[measure] : smooth[measure];

export interface Held {
  raw: Weekly;
  smooth: Weekly;
  settings: Pick<TierSettings, 'band' | 'dwellDays' | 'graceDays'>;
}

/** Everything that a rung asks is reached in that week, with the band on top. */
const reaches = ({ requires }: Rung, { raw, smooth, settings }: Held, week: number): boolean =>
  requires.every(
    ({ measure, atLeast }) =>
      valueOf(measure, raw, smooth)[week]! >= atLeast * (1 + bandOf(measure, settings.band)),
  );
/** Something that it asks is missed in that week, by more than the band. */
export const misses = (
  { requires }: Rung,
  { raw, smooth, settings }: Held,
  week: number,
): boolean =>
  requires.some(
    ({ measure, atLeast }) =>
      valueOf(measure, raw, smooth)[week]! < atLeast * (1 - bandOf(measure, settings.band)),
  );

function weeksSince(week: number, holds: (week: number) => boolean): number {
  let weeks = 0;
  while (week - weeks >= 0 && holds(week - weeks)) weeks++;
  return weeks;
}

/** Days between the first and the last of so many weeks in a row. */
const daysOf = (weeks: number): number => WEEK_DAYS * Math.max(0, weeks - 1);
const reachedDays = (rung: Rung, held: Held, week: number): number =>
  daysOf(weeksSince(week, (at) => reaches(rung, held, at)));
const missedDays = (rung: Rung, held: Held, week: number): number =>
  daysOf(weeksSince(week, (at) => misses(rung, held, at)));

/** A rung is earned when it has been reached for as long as it must dwell. */
export const earned = (rung: Rung, held: Held, week: number): boolean =>
  reaches(rung, held, week) && reachedDays(rung, held, week) >= held.settings.dwellDays;
/** It lapses when it has been missed through dwell and grace. */
export const lapsed = (rung: Rung, held: Held, week: number): boolean =>
  missedDays(rung, held, week) > held.settings.dwellDays + held.settings.graceDays;
