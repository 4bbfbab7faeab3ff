import type { MeasureContext } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { unknown, type Kpi, type Measured, type PartnerView } from './kpi.ts';
import { daysBetween } from '../math/time.ts';

/** Days from a date to the first win; censored while there is none: then `low` says how long it has already been. */
function untilFirstWin(
  date: string | null,
  what: string,
  view: PartnerView,
  { asOfMs, timeZone }: MeasureContext,
): Measured {
  const startMs = dayStart(date, timeZone);
  if (startMs === null || startMs > asOfMs) return unknown(`${what} date not known`);
  const wins = view.states.flatMap((s) =>
    s.outcome === 'won' && s.closedMs !== null && s.closedMs >= startMs ? [s.closedMs] : [],
  );
  const first = wins.reduce((a, b) => Math.min(a, b), Infinity);
  if (first === Infinity) {
    const days = Math.floor(daysBetween(startMs, asOfMs));
    return {
      value: null,
      low: days,
      high: null,
      evidence: 0,
      note: `no win yet, ${days} days after ${what} (censored)`,
    };
  }
  return {
    value: daysBetween(startMs, first),
    low: null,
    high: null,
    evidence: wins.length,
    note: null,
  };
}

/** How long until the first money. */
export const onset: Kpi[] = [
  {
    id: 'time_to_first_deal',
    family: 'onset',
    unit: 'days',
    label: 'Time to first deal',
    doc: 'Days from onboarding to the first win. A partner without a win is censored, not left out: `low` holds the days so far.',
    measure: (view, _pool, context) =>
      untilFirstWin(view.partner.onboardedOn, 'onboarding', view, context),
  },
  {
    id: 'time_to_revenue',
    family: 'onset',
    unit: 'days',
    label: 'Time to revenue',
    doc: 'Days from signing to the first win, censored likewise.',
    measure: (view, _pool, context) =>
      untilFirstWin(view.partner.signedOn, 'signing', view, context),
  },
];
