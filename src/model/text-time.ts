import { dayOf, instantOf } from './zone.ts';

/** Dates and date-times as CRMs write them. */

/**
 * Salesforce itself takes dates from 1700 to 4000; outside it a date is a slip of the keyboard,
 * and zone tables mean nothing.
 */
const FIRST_YEAR = 1700;
const LAST_YEAR = 4000;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d\d:?\d\d)?$/;

/** A read time: a whole day, or an instant. */
export type ReadTime = { day: string } | { atMs: number };

function wallOf(parts: RegExpExecArray): number | null {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((at) =>
    Number(parts[at] ?? 0),
  ) as [number, number, number, number, number, number];
  if (year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return null;
  const wall = Date.UTC(
    year,
    month - 1,
    day,
    hour,
    minute,
    second,
    Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3)),
  );
  const back = new Date(wall);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? wall : null;
}

/**
 * Reads `YYYY-MM-DD`, or an ISO 8601 date-time; one without an offset is in `zone`. null when it
 * is neither or no real date.
 */
export function readTime(text: string, zone: string): ReadTime | null {
  const trimmed = text.trim();
  const date = DATE.exec(trimmed);
  if (date !== null) return wallOf(date) === null ? null : { day: trimmed };
  const full = DATE_TIME.exec(trimmed);
  const wall = full === null ? null : wallOf(full);
  if (full === null || wall === null) return null;
  const offset = full[8];
  if (offset === undefined) return { atMs: instantOf(wall, zone) };
  if (offset === 'Z') return { atMs: wall };
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return { atMs: wall - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000 };
}

/** The calendar day, in the zone when an instant was read. */
export const dayOfTime = (time: ReadTime, zone: string): string =>
  'day' in time ? time.day : dayOf(time.atMs, zone);

/** Epoch ms; a day is its first instant in the zone. */
export const instantOfTime = (time: ReadTime, zone: string): number =>
  'atMs' in time ? time.atMs : instantOf(Date.parse(`${time.day}T00:00:00Z`), zone);
