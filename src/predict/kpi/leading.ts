import type { MeasureContext, Period } from '../../model/facts.ts';
import { ownId } from '../../model/own-kpi.ts';
import { LEADING_METRICS, type LeadingMetric, type LeadingQuarter } from '../../model/proof.ts';
import { isWin } from '../deal/deal-at.ts';
import { quartersBefore } from '../math/calendar.ts';
import { daysBetween } from '../math/time.ts';
import { certificatesInForce } from './certificates.ts';
import { engagement } from './engagement.ts';
import { plain, type FactView, type Measure } from './kpi.ts';
import { ownKpiValue } from './own.ts';

/** Older quarters tell of another company. */
const QUARTERS = 12;
/** Records of these are deals themselves: what they count is no sign that comes before. */
const OF_DEALS: readonly string[] = ['deal', 'activity'];

const MEASURES = {
  ...engagement,
  certified_people: ({ partner }, context) => {
    const held = certificatesInForce(partner.certifications, context).length;
    return plain(held, held);
  },
} satisfies Record<LeadingMetric, Measure<FactView>>;

/** The leading metrics of a partner as they stood at the moment of the context. */
export function leadingAt(view: FactView, context: MeasureContext): LeadingQuarter['values'] {
  const values: LeadingQuarter['values'] = {};
  for (const kpi of LEADING_METRICS) values[kpi] = MEASURES[kpi](view, context).value;
  for (const [name, kpi] of Object.entries(context.ownKpis ?? {}))
    if (!OF_DEALS.includes(kpi.of)) values[ownId(name)] = ownKpiValue(kpi, view, context).value;
  return values;
}

/** The same for every partner of a run, and slow to find in a time zone. */
const PAST = new WeakMap<MeasureContext, Period[]>();
function pastQuarters(context: MeasureContext): Period[] {
  const known = PAST.get(context);
  if (known !== undefined) return known;
  const { period, timeZone } = context;
  const found = [...quartersBefore(period, QUARTERS, timeZone)].reverse();
  PAST.set(context, found);
  return found;
}

/**
 * A partner's deals by the quarter in which they began, with what its leading metrics stood at
 * before the first of them: a sign that comes with the deal would foretell nothing. A deal that is
 * open longer than the horizon counts as one that is not won.
 */
export function leadingQuarters(view: FactView, context: MeasureContext): LeadingQuarter[] {
  const { asOfMs, horizonDays } = context;
  const past = pastQuarters(context);
  return past.slice(1).flatMap((quarter, i) => {
    const decided = view.states.filter(
      (s) =>
        s.createdMs >= quarter.startMs &&
        s.createdMs < quarter.endMs &&
        (s.closedMs !== null || daysBetween(s.createdMs, asOfMs) > horizonDays),
    );
    if (decided.length === 0) return [];
    const then = { ...context, asOfMs: quarter.startMs, period: past[i]! };
    return [
      {
        startMs: quarter.startMs,
        n: decided.length,
        won: decided.filter(isWin).length,
        values: leadingAt(view, then),
      },
    ];
  });
}
