import type { AlertSettings } from '../../../model/alert.ts';
import { dayEnd, isoDay, timeOnDay } from '../../math/calendar.ts';

/** Digests are read with the first coffee. */
const MORNING = '08:00';
const DAYS_A_WEEK = 7;

/** 0 = Sunday, on the wall of the zone. */
const weekday = (ms: number, zone: string): number =>
  new Date(`${isoDay(ms, zone)}T12:00:00Z`).getUTCDay();
const isWeekend = (ms: number, zone: string): boolean => [0, 6].includes(weekday(ms, zone));
const nextDay = (ms: number, zone: string): number => dayEnd(isoDay(ms, zone), zone)!;
/** When the wall clock shows a time on the day of `ms`. */
const onDayOf = (ms: number, time: string, zone: string): number =>
  timeOnDay(isoDay(ms, zone), time, zone);

/** The first moment from `ms` on that is not quiet in a zone. */
function afterQuiet(ms: number, quiet: AlertSettings['quietHours'], zone: string): number {
  if (quiet === undefined) return ms;
  // Quiet hours over midnight end on the day after the one on which they begin.
  const overnight = quiet.from > quiet.until;
  let at = ms;
  // A weekend and a night at most lie one behind the other.
  for (let i = 0; i < DAYS_A_WEEK; i++) {
    const begun = at >= onDayOf(at, quiet.from, zone);
    const until = onDayOf(at, quiet.until, zone);
    if (quiet.weekends && isWeekend(at, zone)) at = nextDay(at, zone);
    else if (at < until && (overnight || begun)) at = until;
    else if (overnight && begun) at = nextDay(at, zone);
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
  let morning = onDayOf(nowMs, MORNING, zone);
  if (morning <= nowMs) morning = onDayOf(nextDay(nowMs, zone), MORNING, zone);
  const monday = (ms: number): boolean => weekday(ms, zone) === 1;
  for (let i = 0; digest === 'week' && i < DAYS_A_WEEK && !monday(morning); i++)
    morning = onDayOf(nextDay(morning, zone), MORNING, zone);
  return afterQuiet(morning, settings.quietHours, zone);
}
