import type { MeasureContext } from '../../../model/facts.ts';
import type { TierMeasure, TierSeries } from '../../../model/tier.ts';
import { casesOf, sameSale } from '../../deal/cases.ts';
import { isWin, type DealState } from '../../deal/deal-at.ts';
import { wonBetween } from '../../deal/won.ts';
import { certifiedFrom, type Certified } from '../../kpi/certificates.ts';
import { exactSum, exactValue } from '../../math/exact-sum.ts';
import { WEEK_MS } from '../../math/time.ts';
import type { PartnerView } from '../../plan/view.ts';
import { tierNamed } from './ladder.ts';
import { YEAR_MS } from '../../../model/time.ts';

/** So far back that neither smoothing nor the longest dwell and grace begin in the dark. */
const PAST_WEEKS = 104;
/** So far ahead that every lapse is seen that can be warned of. */
const AHEAD_WEEKS = 60;

interface Dated {
  fromMs: number;
  toMs: number;
  amount: number;
}

/** Sales count for a year from their day on; one that was entered in parts is one. */
const winsOf = (states: readonly DealState[]): Dated[] =>
  casesOf(states.filter(isWin), sameSale).flatMap((parts) => {
    const fromMs = Math.min(...parts.map(({ closedMs }) => closedMs ?? Infinity));
    const amount = exactSum(parts.map((part) => part.amount ?? 0));
    return fromMs === Infinity ? [] : [{ fromMs, toMs: fromMs + YEAR_MS, amount }];
  });

/**
 * Certificates count while they are in force; the same one twice is one. What is issued later is
 * not known yet, even when the path ahead is looked at.
 */
const namesAt = (certified: readonly Certified[], atMs: number, asOfMs: number): number =>
  new Set(
    certified
      .filter(({ fromMs, toMs }) => fromMs <= Math.min(atMs, asOfMs) && atMs < toMs)
      .map(({ name }) => name),
  ).size;

function measuresAt(
  wins: readonly Dated[],
  certified: readonly Certified[],
  atMs: number,
  asOfMs: number,
): Record<TierMeasure, number> {
  const counting = wins.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return {
    wonYear: exactSum(counting.map(({ amount }) => amount)),
    dealsYear: counting.length,
    certified: namesAt(certified, atMs, asOfMs),
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
  const certified = certifiedFrom(view.partner.certifications, context.timeZone);
  const weeks = Array.from({ length: PAST_WEEKS + 1 + AHEAD_WEEKS }, (_, w) =>
    measuresAt(wins, certified, asOfMs + (w - PAST_WEEKS) * WEEK_MS, asOfMs),
  );
  const end = measuresAt(wins, certified, period.endMs, asOfMs);
  const won = exactValue(wonBetween(view.states, period.startMs, asOfMs + 1));
  const fresh = Math.max(0, expected.mean - won);
  const pace = (weeks[PAST_WEEKS]!.dealsYear * (period.endMs - asOfMs)) / YEAR_MS;
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
