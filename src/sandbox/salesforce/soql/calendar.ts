/** Days as whole numbers since 1970-01-01, and the time zones that give them their edges. */
export const DAY_MS = 86_400_000;

export interface CivilDay {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
}

export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

export function civil(day: number): CivilDay {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Days of which the text is kept: millions of rows then share the texts of some thousand days. */
const KEPT_DAYS = 20_000;
const texts = new Map<number, string>();

/** `YYYY-MM-DD` of a day number. */
export function isoDay(day: number): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (texts.size < KEPT_DAYS) texts.set(day, text);
  return text;
}

/** Day number of `YYYY-MM-DD`, or null for a day that does not exist. */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const day = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  return isoDay(day) === text ? day : null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Zone offset in ms at an instant: local wall time minus UTC. */
function offsetMs(ms: number, timeZone: string): number {
  if (timeZone === 'UTC' || timeZone === 'GMT') return 0;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const wall = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/** Wall time of an instant, as the epoch ms that UTC would show the same digits for. */
export function wallMs(ms: number, timeZone: string): number {
  return ms + offsetMs(ms, timeZone);
}

/** Day number an instant falls on in a time zone. */
export function localDay(ms: number, timeZone: string): number {
  return Math.floor(wallMs(ms, timeZone) / DAY_MS);
}

/** Instant at which a day begins in a time zone. */
export function dayStartMs(day: number, timeZone: string): number {
  const wall = day * DAY_MS;
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}
