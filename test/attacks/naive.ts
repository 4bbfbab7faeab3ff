/**
 * The composite that portals ship: 40 points for engagement, 30 for pipeline, 30 for revenue. It
 * takes what the CRM's fields say at face value, whoever wrote them. Every attack must pay here,
 * else it proves nothing about ours.
 */
import type { DealFacts, MeasureContext, PartnerFacts, PlanFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { isoDay } from './world.ts';

const QUARTER_END = '2027-01-01';

/** Saturating points: half of `most` at `half`. */
const points = (most: number, value: number, half: number): number =>
  (most * Math.max(0, value)) / (Math.max(0, value) + half);

const wonAt = (deal: DealFacts): number | null =>
  deal.events.find((e) => e.stage === 'Closed Won')?.atMs ?? null;

/** What a portal credits: a win is paid once when it is first seen, and never taken back. */
function revenue(partner: PartnerFacts, plan: PlanFacts | undefined): number {
  const fromMs = plan ? Date.parse(plan.startOn) : -Infinity;
  const credited = partner.deals.filter((deal) => {
    const last = deal.events.findLast((e) => e.stage === 'Closed Won')?.atMs ?? wonAt(deal);
    return last !== null && last >= fromMs;
  });
  const amount = credited.reduce((sum, deal) => sum + (deal.amount ?? 0), 0);
  const outcome = plan?.targets.find((t) => t.metric === 'won_amount' && t.side === 'partner');
  const reached = outcome?.actual ?? amount;
  return points(30, reached, outcome?.goal ?? 150_000);
}

/** The plan begun last whatever its status; the one with the lowest target when several have. */
function shownPlan(partner: PartnerFacts): PlanFacts | undefined {
  const goal = (plan: PlanFacts): number =>
    plan.targets.find((t) => t.metric === 'won_amount')?.goal ?? Infinity;
  return partner.plans.toSorted((a, b) => goal(a) - goal(b))[0];
}

function speed(won: readonly DealFacts[]): number {
  if (won.length === 0) return 0;
  const days = won.map((d) => Math.max(1, (wonAt(d)! - (d.registeredMs ?? d.createdMs)) / DAY_MS));
  return days.length / days.reduce((a, b) => a + b, 0);
}

function pipeline(partner: PartnerFacts, context: MeasureContext): number {
  const { deals } = partner;
  const open = deals.filter((d) => !d.stage.startsWith('Closed'));
  const weighted = open.reduce((sum, d) => {
    const now =
      (d.closeDate ?? '') > isoDay(context.asOfMs) && d.closeDate! < QUARTER_END ? 1 : 0.2;
    return sum + now * (d.amount ?? 0) * (context.stages.get(d.stage)?.probability ?? 0);
  }, 0);
  const won = deals.filter((d) => wonAt(d) !== null);
  const closed = deals.filter((d) => d.stage.startsWith('Closed')).length;
  const rate = closed === 0 ? 0 : won.length / closed;
  const recent = deals.filter((d) => d.createdMs > context.asOfMs - 14 * DAY_MS).length;
  return (
    points(7, recent, 2) +
    points(9, weighted, 40_000) +
    8 * Math.min(1, rate) +
    points(6, speed(won), 0.03)
  );
}

/** Logins, certificates, logged activities, touches of a record, quotes and steps. */
function engagement(partner: PartnerFacts, context: MeasureContext): number {
  const recent = context.asOfMs - 14 * DAY_MS;
  const logins = partner.signals.filter((s) => s.atMs > recent).length;
  let logged = 0;
  let moves = 0;
  let offers = 0;
  for (const deal of partner.deals) {
    logged += deal.activities.filter((a) => a.atMs > recent).length;
    moves += deal.events.filter((e) => e.atMs > recent).length;
    offers += (deal.quotes ?? []).filter((q) => q.atMs > recent).length;
  }
  return (
    points(8, logins, 40) +
    points(8, partner.certifications.length, 5) +
    points(8, logged, 2) +
    points(8, moves, 3) +
    points(8, offers, 2)
  );
}

/** 0 to 100. */
export const naive = (partner: PartnerFacts, context: MeasureContext): number =>
  engagement(partner, context) + pipeline(partner, context) + revenue(partner, shownPlan(partner));
