/**
 * A generated world as the facts that the pure layers read, straight in memory; what a mapping
 * would make of it.
 */
import type {
  ActivityFacts,
  DealEventFacts,
  DealFacts,
  MeasureContext,
  PartnerFacts,
  PlanFacts,
  StageFacts,
} from '../../../src/model/facts.ts';
import { fiscalQuarter } from '../../../src/predict/index.ts';
import type { WorldEvent } from '../../../src/sandbox/world/events.ts';
import { generateWorld } from '../../../src/sandbox/world/generate.ts';
import type { WorldOptions } from '../../../src/sandbox/world/channel.ts';

/** Names, order and default probability of the stages, as a CRM delivers them. */
const STAGES: [key: string, probability: number][] = [
  ['prospecting', 0.1],
  ['qualification', 0.1],
  ['analysis', 0.2],
  ['proposal', 0.75],
  ['negotiation', 0.9],
  ['won', 1],
  ['lost', 0],
];

const stages = new Map<string, StageFacts>(
  STAGES.map(([key, probability], order) => [
    key,
    { key, label: key, order, closed: order >= 5, won: key === 'won', probability },
  ]),
);

/** A plan with the moment at which the CRM knew it. */
interface KnownPlan {
  knownMs: number;
  partnerId: string;
  plan: PlanFacts;
}

/** Everything that ever happens in one world, each thing with when it was known. */
export interface WorldFacts {
  partners: { knownMs: number; facts: PartnerFacts }[];
  direct: DealFacts[];
  deals: DealFacts[];
  plans: KnownPlan[];
}

export const contextAt = (asOfMs: number): MeasureContext => ({
  asOfMs,
  period: fiscalQuarter(asOfMs, 'UTC', 1),
  horizonDays: 180,
  staleDays: 21,
  timeZone: 'UTC',
  reportingCurrency: 'USD',
  stages,
});

type Made = { deal: DealFacts; events: DealEventFacts[]; activities: ActivityFacts[] };

class Told {
  readonly partners = new Map<string, { knownMs: number; facts: PartnerFacts }>();
  readonly deals = new Map<string, Made>();
  readonly plans = new Map<string, KnownPlan>();
  /** Of the managers: their word on a registration is the vendor's. */
  tell(event: WorldEvent): void {
    if (event.kind === 'account') this.#account(event);
    else if (event.kind === 'deal') this.#deal(event);
    else if (event.kind === 'dealChange') this.#change(event);
    else if (event.kind === 'activity') this.#activity(event);
    else if (event.kind === 'plan') this.#plan(event);
    else if (event.kind === 'target') this.#target(event);
    // Rows entered by mistake never count; one that came back stays.
    else if (event.kind === 'delete' && event.of === 'deal') this.#gone.add(event.id);
    else if (event.kind === 'undelete' && event.of === 'deal') this.#gone.delete(event.id);
  }
  readonly #gone = new Set<string>();

  #account(event: Extract<WorldEvent, { kind: 'account' }>): void {
    if (event.partner === null) return;
    this.partners.set(event.id, {
      knownMs: event.atMs,
      facts: {
        id: event.id,
        object: 'Account',
        name: event.name,
        type: event.partner.type,
        tier: event.partner.tier,
        region: event.country,
        ownerId: event.ownerId,
        signedOn: event.partner.signedOn,
        onboardedOn: event.partner.onboardedOn,
        deals: [],
        registrations: [],
        plans: [],
        certifications: [],
        costs: [],
        signals: [],
      },
    });
  }

  #deal(event: Extract<WorldEvent, { kind: 'deal' }>): void {
    this.deals.set(event.id, {
      deal: {
        id: event.id,
        object: 'Opportunity',
        name: event.name,
        partnerId: event.partnerId,
        accountId: event.accountId,
        ownerId: event.ownerId,
        product: event.product,
        createdMs: event.atMs,
        registeredMs: event.registration?.submittedMs ?? null,
        stage: event.stage,
        amount: event.amount,
        closeDate: event.closeOn,
        closedMs: null,
        crmProbability: null,
        events: [],
        activities: [],
        origin: event.source,
      },
      events: [
        {
          atMs: event.atMs,
          by: 'vendor',
          stage: event.stage,
          amount: event.amount,
          closeDate: event.closeOn,
        },
      ],
      activities: [],
    });
  }

  #change(event: Extract<WorldEvent, { kind: 'dealChange' }>): void {
    const made = this.deals.get(event.id);
    if (!made) return;
    const { stage, amount, closeOn } = event;
    if (stage === undefined && amount === undefined && closeOn === undefined) return;
    const last = made.events.at(-1)!;
    made.events.push({
      atMs: event.atMs,
      by: 'vendor',
      stage: stage ?? last.stage,
      amount: amount === undefined ? last.amount : amount,
      closeDate: closeOn ?? last.closeDate,
    });
  }

  #activity(event: Extract<WorldEvent, { kind: 'activity' }>): void {
    const made = event.dealId === null ? undefined : this.deals.get(event.dealId);
    // An open task is a plan, not something done.
    if (!made || (event.type === 'task' && !event.done)) return;
    const qualifying =
      (event.type === 'call' && event.withBuyer) || (event.type === 'meeting' && event.withBuyer);
    made.activities.push({
      atMs: Math.max(event.atMs, event.onMs),
      by: 'vendor',
      buyer: event.withBuyer,
      kind: event.type,
      qualifying,
    });
  }

  #plan(event: Extract<WorldEvent, { kind: 'plan' }>): void {
    this.plans.set(event.id, {
      knownMs: event.atMs,
      partnerId: event.partnerId,
      plan: {
        id: event.id,
        name: event.name,
        startOn: event.startOn,
        endOn: event.endOn,
        status: event.status,
        targets: [],
        milestones: [],
      },
    });
  }

  #target(event: Extract<WorldEvent, { kind: 'target' }>): void {
    if (event.goal === null) return;
    this.plans.get(event.planId)?.plan.targets.push({
      id: event.id,
      side: event.side,
      metric: event.metric,
      goal: event.goal,
      weight: event.weight,
      actual: null,
      label: event.label,
    });
  }

  facts(): WorldFacts {
    const deals = [...this.deals.values()]
      .filter(({ deal }) => !this.#gone.has(deal.id))
      .map(({ deal, events, activities }): DealFacts => {
        events.sort((a, b) => a.atMs - b.atMs);
        activities.sort((a, b) => a.atMs - b.atMs);
        const last = events.at(-1)!;
        return { ...deal, ...last, stage: last.stage!, events, activities };
      })
      .sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
    const ofPartner = Map.groupBy(deals, (deal) => deal.partnerId);
    return {
      deals,
      direct: ofPartner.get(null) ?? [],
      plans: [...this.plans.values()],
      partners: [...this.partners.values()].map(({ knownMs, facts }) => ({
        knownMs,
        facts: { ...facts, deals: ofPartner.get(facts.id) ?? [] },
      })),
    };
  }
}

/** The whole life of a world up to `untilMs`: its history, and how it moves on after it. */
export function worldFacts(options: WorldOptions, untilMs: number): WorldFacts {
  const world = generateWorld(options);
  const told = new Told();
  for (const event of world.events()) told.tell(event);
  for (const event of world.advance(options.endMs, untilMs)) told.tell(event);
  return told.facts();
}

/**
 * What a company knew at a moment: partners, plans and deals that were there, each deal with all
 * its events.
 */
export interface Known {
  partners: PartnerFacts[];
  direct: DealFacts[];
  deals: DealFacts[];
}

export function knownAt(world: WorldFacts, asOfMs: number): Known {
  const there = (deals: readonly DealFacts[]): DealFacts[] =>
    deals.filter((deal) => deal.createdMs <= asOfMs);
  const plans = Map.groupBy(
    world.plans.filter((plan) => plan.knownMs <= asOfMs),
    (plan) => plan.partnerId,
  );
  return {
    deals: there(world.deals),
    direct: there(world.direct),
    partners: world.partners
      .filter((partner) => partner.knownMs <= asOfMs)
      .map(({ facts }) => ({
        ...facts,
        deals: there(facts.deals),
        plans: (plans.get(facts.id) ?? []).map((known) => known.plan),
      })),
  };
}
