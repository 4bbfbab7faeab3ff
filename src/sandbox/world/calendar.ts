/**
 * Weeks, working hours and the seasons of selling. Weeks are numbered from Monday 1970-01-05, UTC.
 */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
export const YEAR_MS = 365.25 * DAY_MS;

/** 1970-01-01 was a Thursday; the first Monday came four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const WORK_STARTS_HOUR = 8;
const WORK_HOURS = 10;
const WORK_DAYS = 5;

/**
 * New business by month: slow in high summer and at Christmas, strong in spring and autumn. Mean 1.
 */
const ARRIVALS_BY_MONTH = [0.95, 1.05, 1.15, 1.05, 1.05, 1.0, 0.8, 0.75, 1.15, 1.15, 1.1, 0.8];
/** Pace of progress by week of the quarter: customers and reps both hurry at its end. Mean 1. */
const PACE_BY_QUARTER_WEEK = [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.95, 1, 1, 1.05, 1.15, 1.35, 1.55];

export function weekOf(ms: number): number {
  return Math.floor((ms - FIRST_MONDAY_MS) / WEEK_MS);
}

export function weekStartMs(week: number): number {
  return FIRST_MONDAY_MS + week * WEEK_MS;
}

/** A moment of a week: day 0 = Monday. */
export function momentOf(week: number, day: number, hour: number, minute = 0): number {
  return weekStartMs(week) + day * DAY_MS + hour * HOUR_MS + minute * 60_000;
}

/**
 * Squeezes the whole week into Monday to Friday, 8 to 18 o'clock, keeping the order: people do not
 * sell at night, and the order of two events is never turned round. Whole seconds.
 */
export function toWorkingTime(ms: number): number {
  const week = weekOf(ms);
  const shareOfDays = ((ms - weekStartMs(week)) / WEEK_MS) * WORK_DAYS;
  const day = Math.floor(shareOfDays);
  const hours = WORK_STARTS_HOUR + (shareOfDays - day) * WORK_HOURS;
  return Math.floor((weekStartMs(week) + day * DAY_MS + hours * HOUR_MS) / 1000) * 1000;
}

const isoDays = new Map<number, string>();

/** Day of a time as `YYYY-MM-DD`, UTC. */
export function isoDate(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  isoDays.set(day, text);
  return text;
}

const arrivalSeasons = new Map<number, number>();

/** Factor on the arrivals of a week. */
export function arrivalSeason(week: number): number {
  let season = arrivalSeasons.get(week);
  if (season === undefined) {
    season = ARRIVALS_BY_MONTH[new Date(weekStartMs(week) + WEEK_MS / 2).getUTCMonth()] ?? 1;
    arrivalSeasons.set(week, season);
  }
  return season;
}

const paces = new Map<number, number>();

/** Factor on the pace of progress in a week. */
export function quarterPace(week: number): number {
  let pace = paces.get(week);
  if (pace === undefined) {
    const middle = new Date(weekStartMs(week) + WEEK_MS / 2);
    const quarterStart = Date.UTC(
      middle.getUTCFullYear(),
      Math.floor(middle.getUTCMonth() / 3) * 3,
      1,
    );
    pace =
      PACE_BY_QUARTER_WEEK[Math.min(12, Math.floor((middle.getTime() - quarterStart) / WEEK_MS))] ??
      1;
    paces.set(week, pace);
  }
  return pace;
}
