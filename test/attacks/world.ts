/**
 * Sixteen partners and the company's own direct deals with known truth, as facts with authors: what
 * the attacks are played on. Our own users move most deals and log most meetings, as in a real
 * channel.
 */
import type {
  ActivityFacts,
  DealEventFacts,
  DealFacts,
  PartnerFacts,
  PlanFacts,
  PlanRevisionFacts,
  QuoteFacts,
  Side,
  TargetFacts,
} from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { AS_OF, partnerOf, random, STAGES } from '../properties/world.ts';

export interface Channel {
  seed: number;
  partners: PartnerFacts[];
  direct: DealFacts[];
}

export type Random = () => number;

const OUR_SHARE_OF_MOVES = 0.75;
const OUR_SHARE_OF_CLOSINGS = 0.9;
const PLAN_START = '2026-07-01';
const PLAN_START_MS = Date.UTC(2026, 5, 30, 22);
const PLAN_END = '2026-12-31';

export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const normal = (r: Random): number =>
  Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
const either = (r: Random, share: number): Side => (r() < share ? 'vendor' : 'partner');

export interface Made {
  id: string;
  partnerId: string | null;
  createdMs: number;
  /** Stage moves in days after the creation, each by whom. */
  moves: { day: number; stage: string; by: Side | null }[];
  amount: number;
  accountId?: string;
  /** Who entered it, and where. */
  by: Side | null;
  stage?: string;
  activities?: ActivityFacts[];
  quotes?: QuoteFacts[];
}

/** A deal as the CRM would know it at `untilMs`. */
export function made(spec: Made, untilMs: number = AS_OF): DealFacts {
  const { id, createdMs, amount } = spec;
  const closeDate = isoDay(createdMs + 100 * DAY_MS);
  const first = { atMs: createdMs, stage: spec.stage ?? STAGES[0], by: spec.by };
  const events: DealEventFacts[] = [
    first,
    ...spec.moves.map(({ day, stage, by }) => ({ atMs: createdMs + day * DAY_MS, stage, by })),
  ]
    .filter((event) => event.atMs <= untilMs)
    .map((event) => ({ ...event, amount, closeDate }));
  const last = events.at(-1) ?? { ...first, amount, closeDate };
  return {
    id,
    object: 'Opportunity',
    name: id,
    partnerId: spec.partnerId,
    accountId: spec.accountId ?? `acc-${id}`,
    ownerId: null,
    product: null,
    createdMs,
    registeredMs: spec.partnerId === null ? null : createdMs,
    stage: last.stage!,
    amount,
    closeDate,
    closedMs: last.stage!.startsWith('Closed') ? last.atMs : null,
    crmProbability: null,
    events,
    activities: (spec.activities ?? []).filter((a) => a.atMs <= untilMs),
    quotes: (spec.quotes ?? []).filter((q) => q.atMs <= untilMs),
    links:
      spec.partnerId === null
        ? []
        : [
            {
              partnerId: spec.partnerId,
              role: null,
              primary: true,
              knownMs: createdMs,
              endedMs: null,
            },
          ],
  };
}

const closer = (won: boolean, ours: boolean, r: Random): Side =>
  ours ? 'vendor' : either(r, won ? OUR_SHARE_OF_CLOSINGS : 0.2);

/** A real deal: its outcome is drawn first, then how it went there. */
export function realDeal(
  id: string,
  partnerId: string | null,
  createdMs: number,
  winRate: number,
  size: number,
  r: Random,
): DealFacts {
  const own = partnerId === null ? 1 : OUR_SHARE_OF_MOVES;
  const won = r() < winRate;
  const stops = won ? 3 : Math.floor(r() * 4);
  const moves: Made['moves'] = [];
  let day = 0;
  for (let s = 1; s <= stops; s++) {
    day += 4 + 24 * r();
    moves.push({ day, stage: STAGES[s]!, by: either(r, own) });
  }
  day += 4 + r() * (won ? 25 : 60);
  const activities = Array.from({ length: Math.floor(r() * (won ? 5 : 3)) }, (_, i) => {
    const ours = r() < 0.6;
    return {
      id: `${id}-a${i}`,
      atMs: createdMs + r() * day * DAY_MS,
      by: ours ? ('vendor' as const) : ('partner' as const),
      buyer: r() < 0.7,
      people: 2,
      kind: 'meeting',
      qualifying: r() < 0.7,
    };
  }).sort((a, b) => a.atMs - b.atMs);
  const proposal = moves.find((m) => m.stage === 'Proposal');
  const quotes: QuoteFacts[] =
    proposal && r() < 0.5
      ? [
          {
            id: `${id}-q`,
            atMs: createdMs + (proposal.day + 1) * DAY_MS,
            state: 'presented',
            amount: null,
            by: 'vendor',
          },
        ]
      : [];
  // What we work on with a partner we close ourselves; what it worked on alone it closes.
  const joint =
    quotes.length > 0 ||
    activities.some((a) => a.by === 'vendor') ||
    moves.some((m) => m.by === 'vendor');
  if (won || r() < 0.85) {
    const by = closer(won, partnerId === null || joint, r);
    moves.push({ day, stage: won ? 'Closed Won' : 'Closed Lost', by });
  }
  const amount = Math.round(size * Math.exp(0.6 * normal(r)));
  const by = partnerId === null ? 'vendor' : either(r, 0.3);
  return made({ id, partnerId, createdMs, moves, amount, by, activities, quotes });
}

const target = (
  id: string,
  metric: string,
  goal: number,
  weight: number,
  actual: number | null = null,
): TargetFacts => ({ id, side: 'partner', metric, goal, weight, actual, label: metric });

/** The terms of a plan as the store keeps them at a moment. */
export const remembered = (plan: PlanFacts, revision: number, atMs: number): PlanRevisionFacts => ({
  revision,
  atMs,
  by: null,
  why: null,
  approvedMs: null,
  terms: {
    name: plan.name,
    startOn: plan.startOn,
    endOn: plan.endOn,
    status: plan.status,
    ownerId: null,
    partnerOwner: null,
    targets: plan.targets,
    milestones: [],
  },
});

/** A plan and its first revision, seen when it was agreed. */
export function agreedPlan(id: string, goal: number, registrations: number): PlanFacts {
  const targets = [
    target(`${id}-won`, 'won_amount', goal, 6),
    target(`${id}-reg`, 'registrations', registrations, 2),
    target(`${id}-deals`, 'won_deals', Math.max(1, Math.round(registrations / 4)), 2),
  ];
  const plan: PlanFacts = {
    id,
    name: 'Joint plan',
    startOn: PLAN_START,
    endOn: PLAN_END,
    status: 'Active',
    targets,
    milestones: [],
  };
  return { ...plan, revisions: [remembered(plan, 1, PLAN_START_MS - 20 * DAY_MS)] };
}

/** Deals entered per year by a partner of this rank: a few large ones, many small ones. */
const dealsPerYear = (rank: number): number => 5 + 14 / (1 + rank / 3);

/** Sixteen partners, three of four under a plan, and direct deals. At most 300 resolved deals. */
export function channel(seed: number, count = 16): Channel {
  const r = random(seed * 7919 + 13);
  const partners = Array.from({ length: count }, (_, rank) => {
    const id = `p${String(rank).padStart(2, '0')}`;
    const winRate = Math.min(0.55, Math.max(0.08, 0.26 + 0.09 * normal(r)));
    const size = 30_000 * Math.exp(0.35 * normal(r));
    const perYear = dealsPerYear(rank);
    const deals = Array.from({ length: Math.round(perYear * 2) }, (_, i) =>
      realDeal(`${id}-d${i}`, id, AS_OF - Math.floor(r() * 730 * DAY_MS), winRate, size, r),
    );
    const usual = (perYear / 2) * winRate * size * 1.2;
    const hard = 0.9 + 1.1 * r();
    const plans =
      rank % 4 === 3 ? [] : [agreedPlan(`${id}-plan`, Math.round(usual * hard), perYear / 2)];
    return {
      ...partnerOf(id, deals, plans),
      region: ['north', 'south'][rank % 2]!,
      type: ['reseller', 'integrator', 'referral'][rank % 3]!,
    };
  });
  const direct = Array.from({ length: 60 }, (_, i) =>
    realDeal(`direct-${i}`, null, AS_OF - Math.floor(r() * 730 * DAY_MS), 0.3, 40_000, r),
  );
  return { seed, partners, direct };
}
