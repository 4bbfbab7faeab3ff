import type { AlertSettings } from '../../../model/alert.ts';
import { dayEnd, dayStart, isoDay } from '../../math/calendar.ts';
import { DAY_MS } from '../../math/time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Digests are read with the first coffee. */
const MORNING_MS = 8 * HOUR_MS;
const DAYS_A_WEEK = 7;

const clockMs = (text: string): number => {
  const [hour, minute] = text.split(':').map(Number) as [number, number];
  return hour * HOUR_MS + minute * MINUTE_MS;
};

/** 0 = Sunday, on the wall of the zone. */
const weekday = (ms: number, zone: string): number =>
  new Date(`${isoDay(ms, zone)}T12:00:00Z`).getUTCDay();
const isWeekend = (ms: number, zone: string): boolean => [0, 6].includes(weekday(ms, zone));
const startOf = (ms: number, zone: string): number => dayStart(isoDay(ms, zone), zone)!;
const nextDay = (ms: number, zone: string): number => dayEnd(isoDay(ms, zone), zone)!;

/** The first moment from `ms` on that is not quiet in a zone. */
function afterQuiet(ms: number, quiet: AlertSettings['quietHours'], zone: string): number {
  if (quiet === undefined) return ms;
  const [from, until] = [clockMs(quiet.from), clockMs(quiet.until)];
  let at = ms;
  // A weekend and a night at most lie one behind the other.
  for (let i = 0; i < DAYS_A_WEEK; i++) {
    const start = startOf(at, zone);
    const passed = at - start;
    if (quiet.weekends && isWeekend(at, zone)) at = nextDay(at, zone);
    else if (from > until && passed < until) at = start + until;
    else if (from > until && passed >= from) at = nextDay(at, zone);
    else if (from < until && passed >= from && passed < until) at = start + until;
    else return at;
  }
  return at;
}

/** When an alert of now may be sent: after quiet hours, and a digest in the morning. */
export function alertDue(
  nowMs: number,
  settings: Pick<AlertSettings, 'quietHours'>,
  zone: string,
  digest: 'day' | 'week' | undefined,
): number {
  if (digest === undefined) return afterQuiet(nowMs, settings.quietHours, zone);
  let morning = startOf(nowMs, zone) + MORNING_MS;
  if (morning <= nowMs) morning = nextDay(nowMs, zone) + MORNING_MS;
  const monday = (ms: number): boolean => weekday(ms, zone) === 1;
  for (let i = 0; digest === 'week' && i < DAYS_A_WEEK && !monday(morning); i++)
    morning = startOf(morning + DAY_MS + HOUR_MS, zone) + MORNING_MS;
  return afterQuiet(morning, settings.quietHours, zone);
}
