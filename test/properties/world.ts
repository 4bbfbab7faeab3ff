/** A small seeded partner channel with known truth, as facts: for tests of the pure layers only. */
import { fiscalQuarter } from '../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import type {
  DealFacts,
  MeasureContext,
  PartnerFacts,
  PlanFacts,
  StageFacts,
} from '../../src/model/facts.ts';
import { addDeal, finishPool, startPool, type PoolModel } from '../../src/predict/index.ts';

export const STAGES = [
  'Registered',
  'Qualified',
  'Proposal',
  'Negotiation',
  'Closed Won',
  'Closed Lost',
] as const;
export const AS_OF = Date.UTC(2026, 10, 10, 9);

export function contextAt(
  asOfMs: number = AS_OF,
  over: Partial<MeasureContext> = {},
): MeasureContext {
  const stages = new Map<string, StageFacts>(
    STAGES.map((key, order) => [
      key,
      {
        key,
        label: key,
        order,
        closed: order >= 4,
        won: order === 4,
        probability: [0.1, 0.25, 0.5, 0.75, 1, 0][order]!,
      },
    ]),
  );
  return {
    asOfMs,
    period: fiscalQuarter(asOfMs, 'Europe/Berlin', 1),
    horizonDays: 180,
    staleDays: 21,
    timeZone: 'Europe/Berlin',
    reportingCurrency: 'EUR',
    stages,
    ...over,
  };
}

/** mulberry32: 32 bits of state are enough for a test world. */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const normal = (r: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const bare = (
  over: Partial<DealFacts> & Pick<DealFacts, 'id' | 'createdMs'>,
): DealFacts => ({
  object: 'Opportunity',
  name: over.id,
  partnerId: null,
  accountId: null,
  ownerId: null,
  product: null,
  registeredMs: over.createdMs,
  stage: 'Registered',
  amount: 50_000,
  closeDate: null,
  closedMs: null,
  crmProbability: null,
  events: [],
  activities: [],
  ...over,
});

/**
 * A deal from its stage moves: `moves` are [days after creation, stage]; amount and
 * close date stand unless given.
 */
export function dealOf(
  id: string,
  createdMs: number,
  moves: [number, string][],
  over: Partial<DealFacts> = {},
): DealFacts {
  const amount = over.amount === undefined ? 50_000 : over.amount;
  const closeDate = over.closeDate === undefined ? day(createdMs + 90 * DAY_MS) : over.closeDate;
  const events = [
    { atMs: createdMs, stage: 'Registered', amount, closeDate },
    ...moves.map(([d, stage]) => ({ atMs: createdMs + d * DAY_MS, stage, amount, closeDate })),
  ];
  const last = events.at(-1)!;
  return bare({
    id,
    createdMs,
    accountId: `acc-${id}`,
    stage: last.stage,
    amount,
    closeDate,
    closedMs: last.stage.startsWith('Closed') ? last.atMs : null,
    events,
    ...over,
  });
}

function randomDeal(
  id: string,
  partnerId: string,
  createdMs: number,
  skill: number,
  untilMs: number,
  r: () => number,
): DealFacts {
  const moves: [number, string][] = [];
  let at = 0;
  const chance = 0.25 + 0.12 * skill;
  const won = r() < Math.min(0.8, Math.max(0.02, chance));
  const stops = won ? 3 : Math.floor(r() * 4);
  for (let s = 1; s <= stops; s++) {
    at += 3 + r() * 30;
    moves.push([at, STAGES[s]!]);
  }
  at += 2 + r() * (won ? 30 : 90);
  if (won || r() < 0.7) moves.push([at, won ? 'Closed Won' : 'Closed Lost']);
  const deal = dealOf(id, createdMs, moves, {
    partnerId,
    amount: Math.round(20_000 * Math.exp(0.8 * normal(r))),
  });
  const activities = Array.from({ length: Math.floor(r() * 4) }, () => ({
    atMs: createdMs + r() * at * DAY_MS,
    kind: 'meeting',
    qualifying: r() < 0.6,
  })).sort((a, b) => a.atMs - b.atMs);
  const known = deal.events.filter((e) => e.atMs <= untilMs);
  const last = known.at(-1)!;
  return {
    ...deal,
    events: known,
    activities: activities.filter((a) => a.atMs <= untilMs),
    stage: last.stage!,
    closedMs: last.stage!.startsWith('Closed') ? last.atMs : null,
  };
}

export const planOf = (goal: number, over: Partial<PlanFacts> = {}): PlanFacts => ({
  id: 'plan',
  name: 'Joint plan',
  startOn: '2026-07-01',
  endOn: '2026-12-31',
  status: 'Active',
  milestones: [],
  targets: [
    {
      id: 't1',
      side: 'partner',
      metric: 'won_amount',
      goal,
      weight: 1,
      actual: null,
      label: 'Won amount',
    },
  ],
  ...over,
});

export const partnerOf = (
  id: string,
  deals: DealFacts[],
  plans: PlanFacts[] = [],
): PartnerFacts => ({
  id,
  object: 'Account',
  name: `Partner ${id}`,
  type: null,
  tier: null,
  region: null,
  ownerId: null,
  signedOn: '2024-01-15',
  onboardedOn: '2024-02-15',
  deals: [...deals].sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1)),
  registrations: [],
  plans,
  certifications: [],
  costs: [],
  signals: [],
});

/**
 * `count` partners over two and a half years; deal counts fall off by rank, skill is
 * normal, every second has a plan.
 */
export function world(seed: number, count = 24): PartnerFacts[] {
  const r = random(seed);
  return Array.from({ length: count }, (_, j) => {
    const id = `p${String(j).padStart(3, '0')}`;
    const skill = normal(r);
    const deals = Array.from({ length: Math.floor(70 / (1 + j / 3)) }, (_, i) =>
      randomDeal(
        `${id}-d${String(i).padStart(3, '0')}`,
        id,
        AS_OF - Math.floor(r() * 900 * DAY_MS),
        skill,
        AS_OF,
        r,
      ),
    );
    return partnerOf(id, deals, j % 2 === 0 ? [planOf(Math.round(400_000 / (1 + j / 3)))] : []);
  });
}

export function poolOf(
  partners: readonly PartnerFacts[],
  context: MeasureContext,
  direct: readonly DealFacts[] = [],
): PoolModel {
  const fit = startPool(context);
  for (const partner of partners) for (const deal of partner.deals) addDeal(fit, deal);
  for (const deal of direct) addDeal(fit, deal);
  return finishPool(fit);
}
