import type { MeasureContext } from '../../../model/facts.ts';
import type { TierMeasure, TierSeries } from '../../../model/tier.ts';
import { isWin, type DealState } from '../../deal/deal-at.ts';
import { dayEnd, dayStart } from '../../math/calendar.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { DAY_MS, WEEK_MS } from '../../math/time.ts';
import type { PartnerView } from '../../plan/view.ts';
import { tierNamed } from './ladder.ts';

const YEAR_MS = 365 * DAY_MS;
/** So far back that neither smoothing nor the longest dwell and grace begin in the dark. */
const PAST_WEEKS = 104;
/** So far ahead that every lapse is seen that can be warned of. */
const AHEAD_WEEKS = 60;

interface Dated {
  fromMs: number;
  toMs: number;
  amount: number;
}

/** Wins count for a year from their day on. */
const winsOf = (states: readonly DealState[]): Dated[] =>
  states.flatMap((state) =>
    isWin(state) && state.closedMs !== null
      ? [{ fromMs: state.closedMs, toMs: state.closedMs + YEAR_MS, amount: state.amount ?? 0 }]
      : [],
  );

/** Certificates count while they are in force; the same one twice is one. */
const certificatesAt = (view: PartnerView, context: MeasureContext, atMs: number): number =>
  new Set(
    view.partner.certifications
      .filter(({ issuedOn, expiresOn }) => {
        const from = dayStart(issuedOn, context.timeZone);
        const to = dayEnd(expiresOn, context.timeZone) ?? Number.POSITIVE_INFINITY;
        // What is issued later is not known yet, even when the path ahead is looked at.
        return from !== null && from <= Math.min(atMs, context.asOfMs) && atMs < to;
      })
      .map(({ name }) => name),
  ).size;

function measuresAt(
  wins: readonly Dated[],
  view: PartnerView,
  context: MeasureContext,
  atMs: number,
): Record<TierMeasure, number> {
  const counting = wins.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return {
    wonYear: exactSum(counting.map(({ amount }) => amount)),
    dealsYear: counting.length,
    certified: certificatesAt(view, context, atMs),
  };
}

/**
 * What rungs are measured by: weeks that were, weeks to come without a win, and the quarter's end.
 */
export function tierSeries(
  view: PartnerView,
  expected: { mean: number; vendorHealth: number | null },
  context: MeasureContext,
): TierSeries {
  const { asOfMs, period } = context;
  const wins = winsOf(view.states);
  const weeks = Array.from({ length: PAST_WEEKS + 1 + AHEAD_WEEKS }, (_, w) =>
    measuresAt(wins, view, context, asOfMs + (w - PAST_WEEKS) * WEEK_MS),
  );
  const end = measuresAt(wins, view, context, period.endMs);
  const won = wins.filter(({ fromMs }) => fromMs >= period.startMs);
  const fresh = Math.max(0, expected.mean - exactSum(won.map(({ amount }) => amount)));
  const now = measuresAt(wins, view, context, asOfMs);
  const pace = (now.dealsYear * (period.endMs - asOfMs)) / YEAR_MS;
  return {
    type: view.partner.type,
    crmTier: tierNamed(view.partner.tier, view.partner.type, context.tiers),
    pastWeeks: PAST_WEEKS,
    measures: {
      wonYear: weeks.map(({ wonYear }) => wonYear),
      dealsYear: weeks.map(({ dealsYear }) => dealsYear),
      certified: weeks.map(({ certified }) => certified),
    },
    projected: {
      wonYear: end.wonYear + fresh,
      dealsYear: end.dealsYear + pace,
      certified: end.certified,
    },
    vendorHealth: expected.vendorHealth,
  };
}
