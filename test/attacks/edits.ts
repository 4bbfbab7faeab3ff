/** What an attacker does to facts, as the CRM's history would keep it. */
import type {
  DealEventFacts,
  DealFacts,
  MeasureContext,
  PartnerFacts,
  PlanFacts,
  Side,
} from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { partnerOf } from '../properties/world.ts';
import { made, remembered, type Channel, type Made, type Random } from './world.ts';

/** What an attack may know: who is said to have done it, the channel, the moment, its own dice. */
export interface Kit {
  by: Side | null;
  channel: Channel;
  context: MeasureContext;
  r: Random;
}

export const isOpen = (deal: DealFacts): boolean => !deal.stage.startsWith('Closed');
export const isWon = (deal: DealFacts): boolean => deal.stage === 'Closed Won';
export const isLost = (deal: DealFacts): boolean => deal.stage === 'Closed Lost';

const byTime = <T extends { atMs: number }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => a.atMs - b.atMs);

export const withDeals = (partner: PartnerFacts, deals: DealFacts[]): PartnerFacts => ({
  ...partner,
  deals: partnerOf(partner.id, deals).deals,
});
export const changed = (
  partner: PartnerFacts,
  which: (deal: DealFacts) => boolean,
  change: (deal: DealFacts, i: number) => DealFacts,
): PartnerFacts => {
  let i = 0;
  return withDeals(
    partner,
    partner.deals.map((deal) => (which(deal) ? change(deal, i++) : deal)),
  );
};

/** The state after an edit of some fields at a moment. */
export function edited(
  deal: DealFacts,
  atMs: number,
  by: Side | null,
  over: Partial<Pick<DealEventFacts, 'stage' | 'amount' | 'closeDate'>>,
): DealFacts {
  const last = deal.events.at(-1)!;
  const event: DealEventFacts = {
    stage: last.stage,
    amount: last.amount,
    closeDate: last.closeDate,
    ...over,
    atMs: Math.max(atMs, last.atMs),
    by,
  };
  return {
    ...deal,
    stage: event.stage!,
    amount: event.amount,
    closeDate: event.closeDate,
    closedMs: event.stage!.startsWith('Closed')
      ? event.stage === last.stage
        ? deal.closedMs
        : event.atMs
      : null,
    events: [...deal.events, event],
  };
}
export const movedTo = (
  deal: DealFacts,
  stage: string,
  atMs: number,
  by: Side | null,
): DealFacts => (deal.stage === stage ? deal : edited(deal, atMs, by, { stage }));

/** A logged call or meeting; the attacker says that the buyer was there. */
export const logged = (deal: DealFacts, atMs: number, by: Side | null): DealFacts => ({
  ...deal,
  activities: byTime([
    ...deal.activities,
    {
      id: `${deal.id}-logged-${deal.activities.length}`,
      atMs,
      by,
      buyer: true,
      people: 3,
      kind: 'meeting',
      qualifying: true,
    },
  ]),
});

/** Deals out of nothing. `at` = days before the moment. */
export function invented(
  partner: PartnerFacts,
  kit: Kit,
  name: string,
  count: number,
  spec: Partial<Made> & { at?: number },
): DealFacts[] {
  return Array.from({ length: count }, (_, i) =>
    made(
      {
        id: `${partner.id}-${name}-${i}`,
        partnerId: partner.id,
        createdMs: kit.context.asOfMs - (spec.at ?? 2 + ((7 * i) % 20)) * DAY_MS,
        moves: [],
        amount: 45_000,
        by: kit.by,
        ...spec,
      },
      kit.context.asOfMs,
    ),
  );
}

export const added = (partner: PartnerFacts, deals: DealFacts[]): PartnerFacts =>
  withDeals(partner, [...partner.deals, ...deals]);

/** A plan changed some days ago, with what it was before kept as the store keeps it. */
export function replanned(
  plan: PlanFacts,
  kit: Kit,
  over: Partial<Pick<PlanFacts, 'startOn' | 'endOn' | 'status' | 'targets'>>,
): PlanFacts {
  const now = { ...plan, ...over };
  const before = plan.revisions ?? [];
  const revision = remembered(now, before.length + 1, kit.context.asOfMs - 10 * DAY_MS);
  return { ...now, revisions: [...before, revision] };
}
export const withPlans = (
  partner: PartnerFacts,
  change: (plan: PlanFacts) => PlanFacts,
): PartnerFacts => ({ ...partner, plans: partner.plans.map(change) });
export const scaledTargets = (plan: PlanFacts, factor: number): PlanFacts['targets'] =>
  plan.targets.map((t) => ({ ...t, goal: t.goal * factor }));
