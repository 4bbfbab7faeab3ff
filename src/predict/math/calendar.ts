import type { Period } from '../../model/facts.ts';
import { offsetMs } from '../../model/zone.ts';
import { DAY_MS } from './time.ts';

interface Wall {
  year: number;
  /** 1..12. */
  month: number;
  day: number;
}

/** What a calendar on the wall of `timeZone` shows. Throws RangeError for an unknown zone. */
function wallClock(ms: number, timeZone: string): Wall {
  const wall = new Date(Math.floor(ms / 1000) * 1000 + offsetMs(ms, timeZone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
  };
}

/** First moment of a calendar day in a zone, epoch ms; `month` may run outside 1..12. */
const startOfDay = (year: number, month: number, day: number, timeZone: string): number =>
  momentOf(Date.UTC(year, month - 1, day), timeZone);

/**
 * The moment at which the wall clock of a zone shows what UTC shows at `utc`. Two passes settle the
 * offset across a clock change.
 */
function momentOf(utc: number, timeZone: string): number {
  const once = utc - offsetMs(utc, timeZone);
  const twice = utc - offsetMs(once, timeZone);
  // Where the clock skips that time, such as midnight, the later of the two is the first moment
  // that exists after it.
  return offsetMs(twice, timeZone) === utc - twice ? twice : Math.max(once, twice);
}

/**
 * First moment of an ISO date (`2026-11-22`, anything after the day is ignored) in a zone;
 * null when it is not a date.
 */
export function dayStart(date: string | null, timeZone: string): number | null {
  if (date === null) return null;
  const name = `${timeZone} ${date.slice(0, 10)}`;
  const kept = starts.get(name);
  if (kept !== undefined) return kept;
  const found = startOf(date, timeZone);
  if (found !== null && starts.size < MAX_STARTS) starts.set(name, found);
  return found;
}

/** Days of many thousand deals are some hundred different ones; asking the platform is slow. */
const starts = new Map<string, number>();
const MAX_STARTS = 10_000;

function startOf(date: string, timeZone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return startOfDay(year, month, day, timeZone);
}

/** When the wall clock of a zone shows a time such as `08:00` on an ISO date. */
export const timeOnDay = (date: string, time: string, timeZone: string): number =>
  momentOf(Date.parse(`${date}T${time}:00Z`), timeZone);

/** First moment of the day after an ISO date in a zone; null when it is not a date. */
export function dayEnd(date: string | null, timeZone: string): number | null {
  const start = dayStart(date, timeZone);
  if (start === null) return null;
  const w = wallClock(start + 36 * 3_600_000, timeZone);
  return startOfDay(w.year, w.month, w.day, timeZone);
}

/** The same calendar day and month start, `months` later, for a moment that begins a day. */
export function shiftMonths(ms: number, months: number, timeZone: string): number {
  const w = wallClock(ms, timeZone);
  return startOfDay(w.year, w.month + months, w.day, timeZone);
}

/**
 * The fiscal quarter holding `asOfMs`, [startMs, endMs) in `timeZone`.
 * `fiscalYearStartMonth` is 1..12; the fiscal year is named after the calendar year in which it
 * ends. The label reads `FY2027 Q2`, or `2026 Q4` for a calendar year.
 */
export function fiscalQuarter(
  asOfMs: number,
  timeZone: string,
  fiscalYearStartMonth: number,
): Period {
  const { year, month } = wallClock(asOfMs, timeZone);
  const index = (((month - fiscalYearStartMonth) % 12) + 12) % 12;
  const quarter = Math.floor(index / 3);
  const startYear = month >= fiscalYearStartMonth ? year : year - 1;
  const first = fiscalYearStartMonth + quarter * 3;
  const name = fiscalYearStartMonth === 1 ? `${startYear}` : `FY${startYear + 1}`;
  return {
    label: `${name} Q${quarter + 1}`,
    startMs: startOfDay(startYear, first, 1, timeZone),
    endMs: startOfDay(startYear, first + 3, 1, timeZone),
  };
}

/** The quarter after `period`; its label goes on from the period's own. */
export function fiscalQuarterAfter(period: Period, timeZone: string): Period {
  const label = period.label.replace(/(\d+) Q(\d)$/, (_, year: string, quarter: string) =>
    quarter === '4' ? `${Number(year) + 1} Q1` : `${year} Q${Number(quarter) + 1}`,
  );
  return { label, startMs: period.endMs, endMs: shiftMonths(period.endMs, 3, timeZone) };
}

/** The `count` fiscal quarters before `period`, latest first, each [startMs, endMs). */
export function quartersBefore(period: Period, count: number, timeZone: string): Period[] {
  const found: Period[] = [];
  for (let i = 1; i <= count; i++) {
    const endMs = found.at(-1)?.startMs ?? period.startMs;
    found.push({
      label: `${i} before ${period.label}`,
      startMs: shiftMonths(period.startMs, -3 * i, timeZone),
      endMs,
    });
  }
  return found;
}

/** First moment of the Monday on or before `ms` in a zone. */
export function weekStart(ms: number, timeZone: string): number {
  const { year, month, day } = wallClock(ms, timeZone);
  const sinceMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return startOfDay(year, month, day - sinceMonday, timeZone);
}

/** `2026-11-22` of a moment in a zone. */
export function isoDay(ms: number, timeZone: string): string {
  if (timeZone === 'UTC') return new Date(ms).toISOString().slice(0, 10);
  const w = wallClock(ms, timeZone);
  return `${w.year}-${String(w.month).padStart(2, '0')}-${String(w.day).padStart(2, '0')}`;
}

/** Share 0..1 of a period that has passed. */
export const elapsedShare = (startMs: number, endMs: number, asOfMs: number): number =>
  endMs - startMs < DAY_MS ? 1 : Math.min(1, Math.max(0, (asOfMs - startMs) / (endMs - startMs)));
