import type { MeasureContext } from '../../model/facts.ts';
import { wonBetween } from '../deal/won.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { exactValue } from '../math/exact-sum.ts';
import type { FactView } from './kpi.ts';

type Count = (view: FactView, fromMs: number, toMs: number, context: MeasureContext) => number;

const within = (ms: number | null, fromMs: number, toMs: number, asOfMs: number): boolean =>
  ms !== null && ms >= fromMs && ms < toMs && ms <= asOfMs;

/**
 * Metrics that a target may name and that we can count between two moments; others
 * rely on the CRM's own figure.
 */
const COUNTED: Readonly<Record<string, Count>> = {
  won_amount: (view, from, to) => exactValue(wonBetween(view.states, from, to)),
  won_deals: (view, from, to, { asOfMs }) =>
    view.states.filter((s) => s.outcome === 'won' && within(s.closedMs, from, to, asOfMs)).length,
  registrations: (view, from, to, { asOfMs }) => {
    const filed = view.partner.registrations.filter((r) =>
      within(r.submittedMs, from, to, asOfMs),
    ).length;
    return filed > 0
      ? filed
      : view.states.filter((s) => within(s.registeredMs, from, to, asOfMs)).length;
  },
  verified_deals: (view, from, to, { asOfMs }) =>
    view.states.filter((s) => within(s.verifiedMs, from, to, asOfMs)).length,
  certifications: (view, _from, _to, { asOfMs, timeZone }) =>
    view.partner.certifications.filter(
      (c) =>
        (dayStart(c.issuedOn, timeZone) ?? Infinity) <= asOfMs &&
        (dayEnd(c.expiresOn, timeZone) ?? Infinity) > asOfMs,
    ).length,
};

/**
 * A metric counted in [fromMs, toMs) up to the context's moment; null when it is not one we count.
 */
export const counted = (
  metric: string,
  view: FactView,
  fromMs: number,
  toMs: number,
  context: MeasureContext,
): number | null =>
  Object.hasOwn(COUNTED, metric) ? COUNTED[metric]!(view, fromMs, toMs, context) : null;
