import { registrationKnownBy } from '../deal/registration-known.ts';
import type { DealFacts, PartnerFacts, PlanFacts } from '../../model/facts.ts';
import { isoDay } from '../math/calendar.ts';

/** A closing that nobody knows of yet. */
const LATER_MS = Number.MAX_SAFE_INTEGER;

const until = (ms: number | null | undefined, atMs: number): number | null =>
  ms == null || ms > atMs ? null : ms;

/** A deal as it was known at a moment; null = it was not there. */
export function dealKnownBy(deal: DealFacts, atMs: number): DealFacts | null {
  if (deal.createdMs > atMs) return null;
  const events = deal.events.filter((event) => event.atMs <= atMs);
  const now = events.length === deal.events.length ? null : events.at(-1);
  const closedLater = deal.closedMs !== null && deal.closedMs > atMs;
  return {
    ...deal,
    events,
    // Its columns say how it is today; what its history said then is what was known.
    ...(now == null
      ? {}
      : { stage: now.stage ?? deal.stage, amount: now.amount, closeDate: now.closeDate }),
    ...(closedLater ? { closedMs: deal.events.length > 0 ? null : LATER_MS } : {}),
    ...(now == null && !closedLater ? {} : { told: { closed: null, won: null } }),
    activities: deal.activities.filter((one) => one.atMs <= atMs),
    registeredMs: until(deal.registeredMs, atMs),
    ...(deal.quotes && { quotes: deal.quotes.filter((one) => one.atMs <= atMs) }),
    ...(deal.tasks && {
      tasks: deal.tasks
        .filter((one) => one.createdMs <= atMs)
        .map((one) => ({
          ...one,
          begunMs: until(one.begunMs, atMs),
          doneMs: until(one.doneMs, atMs),
        })),
    }),
    ...(deal.links && {
      links: deal.links
        .filter((one) => one.knownMs <= atMs)
        .map((one) => ({ ...one, endedMs: until(one.endedMs, atMs) })),
    }),
    ...(deal.team && { team: deal.team.filter((one) => one.sinceMs <= atMs) }),
    ...(deal.rivalMs === undefined ? {} : { rivalMs: until(deal.rivalMs, atMs) }),
  };
}

/** Plans with the revisions and approvals known by then; one first seen later was not there. */
export const plansKnownBy = (plans: readonly PlanFacts[], atMs: number): PlanFacts[] =>
  plans.flatMap((plan) => {
    const { revisions } = plan;
    if (!revisions || revisions.length === 0) return [plan];
    const known = revisions
      .filter((one) => one.atMs <= atMs)
      .map((one) => ({ ...one, approvedMs: until(one.approvedMs, atMs) }));
    return known.length === 0 ? [] : [{ ...plan, revisions: known }];
  });

/**
 * A partner's facts as they were known at a moment; its plans apart, see `plansKnownBy`. Days are
 * those of the organisation's own zone.
 */
export function factsKnownBy(partner: PartnerFacts, atMs: number, timeZone: string): PartnerFacts {
  const today = isoDay(atMs, timeZone);
  return {
    ...partner,
    deals: partner.deals.flatMap((deal) => dealKnownBy(deal, atMs) ?? []),
    registrations: partner.registrations
      .filter((one) => (one.knownMs ?? one.submittedMs) <= atMs)
      .map((one) => registrationKnownBy(one, atMs)),
    certifications: partner.certifications.filter((one) => one.issuedOn <= today),
    costs: partner.costs.filter((one) => one.at <= today),
    signals: partner.signals.filter((one) => Math.max(one.atMs, one.knownMs) <= atMs),
    plans: partner.plans.map((plan) => ({
      ...plan,
      milestones: plan.milestones.map((one) => ({
        ...one,
        doneOn: one.doneOn !== null && one.doneOn > today ? null : one.doneOn,
      })),
    })),
  };
}
