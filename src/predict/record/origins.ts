import type { MeasureContext } from '../../model/facts.ts';
import { fiscalQuarter, isoDay } from '../math/calendar.ts';
import { DAY_MS, WEEK_MS } from '../math/time.ts';

/** Monday 1970-01-05. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export interface OriginsAsked {
  every: 'weekly' | 'monthly';
  /** Days, or to the end of the quarter. */
  horizon: number | 'quarter';
  fromMs: number;
  untilMs: number;
  fiscalYearStartMonth: number;
}

/** The context of a past moment: its quarter, or so many days from then. */
function originAt(
  atMs: number,
  context: MeasureContext,
  asked: Pick<OriginsAsked, 'horizon' | 'fiscalYearStartMonth'>,
): MeasureContext {
  const { horizon } = asked;
  const quarter = fiscalQuarter(atMs, context.timeZone, asked.fiscalYearStartMonth);
  const period =
    horizon === 'quarter'
      ? quarter
      : { label: `${horizon} days`, startMs: atMs, endMs: atMs + horizon * DAY_MS };
  return { ...context, asOfMs: atMs, period };
}

/**
 * Mondays 00:00Z, every one or the first of each month, whose window has ended by the context's
 * moment: the same history and options give the same origins.
 */
export function originsOf(context: MeasureContext, asked: OriginsAsked): MeasureContext[] {
  const found: MeasureContext[] = [];
  const first = FIRST_MONDAY_MS + Math.ceil((asked.fromMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS;
  for (let atMs = first; atMs <= asked.untilMs; atMs += WEEK_MS) {
    if (asked.every === 'monthly' && isoDay(atMs, 'UTC').slice(8) > '07') continue;
    const origin = originAt(atMs, context, asked);
    if (origin.period.endMs <= context.asOfMs) found.push(origin);
  }
  return found;
}
