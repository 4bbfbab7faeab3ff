/** Moves that change which deals there are, whose they are, and what was agreed. */
import type { DealFacts, PartnerFacts, PlanFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import {
  added,
  isLost,
  isOpen,
  isWon,
  replanned,
  scaledTargets,
  withDeals,
  withPlans,
} from './edits.ts';
import type { Kit } from './edits.ts';
import { ago, between, oneOf, shifted, whole, type Move } from './moves.ts';
import { agreedPlan, isoDay, remembered } from './world.ts';

/** Parts of a deal, entered one after the other or together. */
const split: Move = (r) => {
  const count = whole(r, 2, 8);
  const apartDays = oneOf(r, [0, 0, 0.5, 2, 8, 20]);
  const customers = r() < 0.5;
  const share = between(r, 0.3, 1);
  return {
    what: `split into ${count}, ${apartDays} days apart, ${customers ? 'of several customers' : 'of one'}`,
    apply: (partner, kit) =>
      withDeals(
        partner,
        partner.deals.flatMap((deal, i) =>
          isLost(deal) || (i * 0.618_034) % 1 >= share
            ? [deal]
            : parts(deal, count, apartDays, customers, kit),
        ),
      ),
  };
};

function parts(
  deal: DealFacts,
  count: number,
  apartDays: number,
  customers: boolean,
  kit: Kit,
): DealFacts[] {
  return Array.from({ length: count }, (_, i) => {
    // What is entered later is worked on, and closed, no sooner; nothing lies ahead of the moment.
    const room = kit.context.asOfMs - (deal.events.at(-1)?.atMs ?? deal.createdMs);
    const part = shifted(deal, Math.min(Math.max(0, room), i * apartDays * DAY_MS));
    return {
      ...part,
      id: `${deal.id}/${i}`,
      name: `${deal.name} part ${i}`,
      accountId: customers ? `${deal.accountId}-unit${i}` : deal.accountId,
      amount: (deal.amount ?? 0) / count,
      events: part.events.map((e) => ({ ...e, amount: (e.amount ?? 0) / count })),
    };
  });
}

/** Customers' records merged, or told apart, after the fact. */
const customers: Move = (r) => {
  const kinds = whole(r, 1, 6);
  return {
    what: `customers merged into ${kinds}`,
    apply: (partner) =>
      withDeals(
        partner,
        partner.deals.map((deal, i) => ({ ...deal, accountId: `acc-${i % kinds}` })),
      ),
  };
};

const registered: Move = (r) => {
  const days = between(r, -5, 200);
  return {
    what: `registered ${days.toFixed(0)} days before the closing`,
    apply: (partner) =>
      withDeals(
        partner,
        partner.deals.map((deal) => ({
          ...deal,
          registeredMs: (deal.closedMs ?? deal.createdMs) - days * DAY_MS,
        })),
      ),
  };
};

/** Deals of others or of nobody on which the partner is named; later the link is taken off again. */
const named: Move = (r) => {
  const count = whole(r, 1, 12);
  const won = r() < 0.5;
  const whose = oneOf(r, ['direct', 'others'] as const);
  const days = between(r, 0, 40);
  const removed = r() < 0.3;
  return {
    what: `named on ${count} ${won ? 'won' : 'open'} deals, ${whose}, ${days.toFixed(0)} days ago${removed ? ', taken off since' : ''}`,
    apply: (partner, kit) => {
      const all =
        whose === 'direct'
          ? kit.channel.direct
          : kit.channel.partners.filter((p) => p.id !== partner.id).flatMap((p) => p.deals);
      const found = all.filter(won ? isWon : isOpen).toSorted((a, b) => b.createdMs - a.createdMs);
      const knownMs = ago(kit, days);
      return added(
        partner,
        found
          .filter((deal) => deal.createdMs < knownMs)
          .slice(0, count)
          .map((deal) => ({
            ...deal,
            partnerId: partner.id,
            links: [
              ...(deal.links ?? []),
              {
                partnerId: partner.id,
                role: null,
                primary: true,
                knownMs,
                endedMs: removed ? knownMs + (kit.context.asOfMs - knownMs) / 2 : null,
              },
            ],
          })),
      );
    },
  };
};

/** Open deals entered anew, as copies of what was won. */
const clones: Move = (r) => {
  const count = whole(r, 1, 10);
  const age = between(r, 0, 100);
  return {
    what: `${count} open copies of wins, ${age.toFixed(0)} days old`,
    apply: (partner, kit) => {
      const wins = partner.deals.filter(isWon);
      return added(
        partner,
        Array.from({ length: wins.length === 0 ? 0 : count }, (_, i) =>
          copyOf(wins[i % wins.length]!, `${partner.id}-copy${age.toFixed(2)}-${i}`, age, kit),
        ),
      );
    },
  };
};

function copyOf(win: DealFacts, id: string, age: number, kit: Kit): DealFacts {
  const moved = shifted(win, ago(kit, age) - win.createdMs);
  const events = moved.events.filter(
    (e) => e.stage !== 'Closed Won' && e.atMs <= kit.context.asOfMs,
  );
  const last = events.at(-1) ?? moved.events[0]!;
  return {
    ...moved,
    id,
    stage: last.stage!,
    closedMs: null,
    events: (events.length > 0 ? events : [last]).map((e) => ({ ...e, by: kit.by })),
    activities: moved.activities
      .filter((a) => a.atMs <= kit.context.asOfMs)
      .map((a) => ({ ...a, by: kit.by, buyer: true })),
    quotes: (moved.quotes ?? [])
      .filter((q) => q.atMs <= kit.context.asOfMs)
      .map((q) => ({ ...q, by: kit.by })),
  };
}

const removed: Move = (r) => {
  const share = between(r, 0.2, 1);
  return {
    what: `open deals deleted (${share.toFixed(1)})`,
    apply: (partner) =>
      withDeals(
        partner,
        partner.deals.filter((deal, i) => !isOpen(deal) || (i * 0.618_034) % 1 >= share),
      ),
  };
};

/** Products, and stages that no list knows. */
const types: Move = (r) => {
  const product = oneOf(r, ['A', 'B', null]);
  const unknown = r() < 0.4;
  return {
    what: `product ${product}${unknown ? ', open deals in a stage of no list' : ''}`,
    apply: (partner, kit) =>
      withDeals(
        partner,
        partner.deals.map((deal) =>
          unknown && isOpen(deal)
            ? {
                ...deal,
                product,
                stage: 'Special',
                events: [
                  ...deal.events,
                  {
                    ...deal.events.at(-1)!,
                    stage: 'Special',
                    atMs: kit.context.asOfMs,
                    by: kit.by,
                  },
                ],
              }
            : { ...deal, product },
        ),
      ),
  };
};

const profile: Move = (r) => {
  const day = between(r, 0, 1500);
  const type = oneOf(r, ['reseller', 'integrator', 'referral', 'msp', null]);
  const region = oneOf(r, ['north', 'south', 'moon', null]);
  return {
    what: `partner since ${day.toFixed(0)} days, ${type}, ${region}`,
    apply: (partner, kit) => ({
      ...partner,
      type,
      region,
      signedOn: isoDay(ago(kit, day)),
      onboardedOn: isoDay(ago(kit, day / 2)),
    }),
  };
};

const portal: Move = (r) => {
  const count = whole(r, 10, 3000);
  return {
    what: `${count} signals, certificates and registrations`,
    apply: (partner, kit) => ({
      ...partner,
      signals: Array.from({ length: count }, (_, i) => ({
        kind: 'login',
        atMs: ago(kit, 1 + (i % 60)),
        value: 1,
      })),
      certifications: Array.from({ length: Math.ceil(count / 50) }, (_, i) => ({
        name: `certificate ${i}`,
        issuedOn: '2026-10-01',
        expiresOn: null,
      })),
      registrations: [
        ...partner.registrations,
        ...Array.from({ length: Math.ceil(count / 40) }, (_, i) => ({
          id: `${partner.id}-reg-${i}`,
          partnerId: partner.id,
          dealId: null,
          submittedMs: ago(kit, i % 30),
          decidedMs: null,
          status: oneOf(r, ['approved', 'pending', null]),
          amount: 90_000,
        })),
      ],
    }),
  };
};

/** Terms of the plan changed within its period. */
const terms: Move = (r) => {
  const factor = between(r, 0.05, 1.2);
  const status = oneOf(r, ['Active', 'Active', 'Draft', 'Rejected']);
  const startOn = oneOf(r, ['2026-07-01', '2026-07-01', '2026-01-01', '2026-10-01']);
  const endOn = oneOf(r, ['2026-12-31', '2026-12-31', '2027-06-30', '2026-11-30']);
  return {
    what: `targets times ${factor.toFixed(2)}, ${status}, ${startOn} to ${endOn}`,
    apply: (partner, kit) =>
      withPlans(partner, (plan) =>
        replanned(plan, kit, { targets: scaledTargets(plan, factor), status, startOn, endOn }),
      ),
  };
};

const secondPlan: Move = (r) => {
  const goal = between(r, 1000, 60_000);
  const status = oneOf(r, ['Active', 'Draft', 'Rejected']);
  const startOn = oneOf(r, ['2026-07-02', '2026-06-01', '2026-10-15', '2026-11-01']);
  const days = between(r, 0, 120);
  return {
    what: `a second plan of ${goal.toFixed(0)}, ${status}, from ${startOn}, seen ${days.toFixed(0)} days ago`,
    apply: (partner, kit) => {
      if (partner.plans.length === 0) return partner;
      const plan: PlanFacts = {
        ...agreedPlan(`${partner.id}-second`, goal, 1),
        startOn,
        status,
      };
      return {
        ...partner,
        plans: [...partner.plans, { ...plan, revisions: [remembered(plan, 1, ago(kit, days))] }],
      };
    },
  };
};

export const SHAPE_MOVES: readonly Move[] = [
  split,
  customers,
  registered,
  named,
  clones,
  removed,
  types,
  profile,
  portal,
  terms,
  secondPlan,
];
export type { PartnerFacts };
