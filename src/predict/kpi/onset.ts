import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { isWin } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { daysBetween } from '../math/time.ts';
import { unknown, type FactView, type Measured, type Measures } from './kpi.ts';

/**
 * Days from a date to the first win; censored while there is none: then `low` says
 * how long it has already been.
 */
function untilFirstWin(
  date: string | null,
  what: 'onboarding' | 'signing',
  view: FactView,
  context: MeasureContext,
): Measured {
  const { asOfMs, timeZone } = context;
  const speech = speechOf(context);
  const startMs = dayStart(date, timeZone);
  if (startMs === null || startMs > asOfMs) return unknown(say(speech, `why.${what}.noDay`));
  // A first win before the data begins would not be seen: the time is unknown, not long.
  if (startMs < view.dataSinceMs) return unknown(say(speech, `why.${what}.before`));
  const wins = view.states.flatMap((s) =>
    isWin(s) && s.closedMs !== null && s.closedMs >= startMs ? [s.closedMs] : [],
  );
  const first = wins.reduce((a, b) => Math.min(a, b), Infinity);
  if (first === Infinity) {
    const days = Math.floor(daysBetween(startMs, asOfMs));
    return {
      value: null,
      low: days,
      high: null,
      evidence: 0,
      note: say(speech, `why.${what}.noWin`, { n: days }),
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
export const onset = {
  time_to_first_deal: (view, context) =>
    untilFirstWin(view.partner.onboardedOn, 'onboarding', view, context),
  time_to_revenue: (view, context) =>
    untilFirstWin(view.partner.signedOn, 'signing', view, context),
} satisfies Measures<FactView>;
