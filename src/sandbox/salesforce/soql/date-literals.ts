/**
 * Named date ranges (`LAST_N_DAYS:30`, `THIS_FISCAL_QUARTER`) as days of the user's calendar.
 * Source: SOQL date literals page.
 */
import { civil, dayNumber, localDay } from './calendar.ts';

export interface CalendarSettings {
  nowMs: number;
  timeZone: string;
  fiscalYearStartMonth: number;
}

/** Days [from, to). */
export interface DaySpan {
  from: number;
  to: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'FISCAL_QUARTER' | 'FISCAL_YEAR';

const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday; weeks begin on Sunday. */
const EPOCH_WEEKDAY = 4;
const NINETY_DAYS = 90;

function monthStart(year: number, month: number): number {
  return dayNumber(year, month, 1);
}

/** First day of the unit that lies `shift` units from the one holding `today`. */
function unitStart(unit: Unit, today: number, shift: number, fiscalStart: number): number {
  const { year, month } = civil(today);
  switch (unit) {
    case 'DAY':
      return today + shift;
    case 'WEEK':
      return today - ((today + EPOCH_WEEKDAY) % DAYS_PER_WEEK) + shift * DAYS_PER_WEEK;
    case 'MONTH':
      return monthStart(year, month + shift);
    case 'QUARTER':
      return monthStart(year, month - ((month - 1) % 3) + shift * 3);
    case 'YEAR':
      return monthStart(year + shift, 1);
    case 'FISCAL_QUARTER':
      return monthStart(year, month - ((month - fiscalStart + 12) % 3) + shift * 3);
    case 'FISCAL_YEAR':
      return monthStart(month >= fiscalStart ? year + shift : year - 1 + shift, fiscalStart);
  }
}

/**
 * Days of a literal such as `TODAY` or `LAST_N_DAYS:30`, in any letter case;
 * null for a name that is none.
 */
export function daySpan(literal: string, settings: CalendarSettings): DaySpan | null {
  const today = localDay(settings.nowMs, settings.timeZone);
  const start = (unit: Unit, shift: number): number =>
    unitStart(unit, today, shift, settings.fiscalYearStartMonth);
  const span = (unit: Unit, from: number, to: number): DaySpan => ({
    from: start(unit, from),
    to: start(unit, to),
  });
  const [name = '', count = ''] = literal
    .toUpperCase()
    .split(':')
    .map((part) => part.trim());
  switch (name) {
    case 'YESTERDAY':
      return span('DAY', -1, 0);
    case 'TODAY':
      return span('DAY', 0, 1);
    case 'TOMORROW':
      return span('DAY', 1, 2);
    case 'LAST_90_DAYS':
      return span('DAY', -NINETY_DAYS, 1);
    case 'NEXT_90_DAYS':
      return span('DAY', 1, NINETY_DAYS + 1);
  }
  const relative = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)$/.exec(
    name,
  );
  if (relative !== null) {
    const shift = relative[1] === 'LAST' ? -1 : relative[1] === 'NEXT' ? 1 : 0;
    return span(relative[2] as Unit, shift, shift + 1);
  }
  const counted =
    /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S_(AGO))$/.exec(
      name,
    );
  if (counted === null || !/^\d+$/.test(count)) return null;
  const n = Number(count);
  const unit = (counted[2] ?? counted[3]) as Unit;
  if (counted[4] === 'AGO') return span(unit, -n, -n + 1);
  if (counted[1] === 'NEXT') return span(unit, 1, n + 1);
  // Past days run up to and with today; past weeks, months and longer end before the current one.
  return span(unit, -n, unit === 'DAY' ? 1 : 0);
}
