/**
 * Named attacks. Each must succeed against the naive composite that CRMs and portals ship, else it
 * proves nothing, and fail against ours.
 */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { dealAt } from '../../src/predict/deal/deal-at.ts';
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import { scorePartner } from '../../src/predict/index.ts';
import { AS_OF, contextAt, dealOf, partnerOf, planOf, poolOf, random } from './world.ts';

const context = contextAt();
/**
 * Pass marks of the reference: 3 points of score, 2 places in 60, forecast at
 * most 1.8 times what it was.
 */
const MAX_GAIN = 3;
const MAX_PLACES = 2;
const MAX_FORECAST = 1.8;
/** What the attack must bring on the naive forecast. */
const NAIVE_GAIN = 1.5;

/** Sixty alike partners of mediocre skill with a plan each; the attacker is one in the middle. */
function channel(): PartnerFacts[] {
  const r = random(4711);
  return Array.from({ length: 60 }, (_, j) => {
    const id = `p${String(j).padStart(2, '0')}`;
    const deals = Array.from({ length: 26 }, (_, i) => {
      const createdMs = AS_OF - (30 + Math.floor(r() * 700)) * DAY_MS;
      const won = r() < 0.12 + 0.3 * (j / 60);
      const moves: [number, string][] = [
        [5 + r() * 10, 'Qualified'],
        [20 + r() * 20, 'Proposal'],
        [45 + r() * 60, won ? 'Closed Won' : 'Closed Lost'],
      ];
      return dealOf(
        `${id}-${i}`,
        createdMs,
        moves.filter(([d]) => createdMs + d * DAY_MS <= AS_OF),
        { partnerId: id, amount: Math.round(30_000 + 40_000 * r()) },
      );
    });
    return partnerOf(id, deals, [planOf(100_000)]);
  });
}
const CHANNEL = channel();
const attacker = CHANNEL[25]!;

interface Standing {
  score: number;
  place: number;
  naive: number;
  naivePlace: number;
  forecast: number;
  naiveForecast: number;
}

/**
 * Portal points: 40 registrations, 30 pipeline by stage, 20 speed, 10 share of deals claiming to
 * close this quarter; and the CRM's weighted pipeline.
 */
function naive(partner: PartnerFacts): { points: number; pipeline: number } {
  const states = partner.deals.flatMap((d) => dealAt(d, AS_OF, context) ?? []);
  const open = states.filter((s) => s.outcome === 'open');
  const closing = open.filter((s) => s.closeDate !== null && s.closeDate < '2027-01-01');
  const weighted = (list: typeof open): number =>
    list.reduce((sum, s) => sum + (s.amount ?? 0) * context.stages.get(s.stage!)!.probability!, 0);
  const wins = states.filter((s) => s.outcome === 'won');
  const rate = wins.length / Math.max(1, states.filter((s) => s.outcome !== 'open').length);
  const cycle =
    wins.reduce(
      (sum, s) => sum + Math.max(0.5, (s.closedMs! - (s.registeredMs ?? s.createdMs)) / DAY_MS),
      0,
    ) / Math.max(1, wins.length);
  const velocity = (states.length * 50_000 * rate) / Math.max(1, cycle);
  return {
    points:
      Math.min(40, states.length) +
      Math.min(30, weighted(open) / 20_000) +
      Math.min(20, velocity / 2000) +
      Math.min(10, closing.length + wins.length / 5),
    pipeline: weighted(closing),
  };
}

function standing(changed: PartnerFacts): Standing {
  const partners = CHANNEL.map((p) => (p.id === attacker.id ? changed : p));
  const pool = poolOf(partners, context);
  const scored = partners.map((p) => ({
    id: p.id,
    ours: scorePartner(p, pool, context).partner,
    theirs: naive(p),
  }));
  const mine = scored.find((s) => s.id === attacker.id)!;
  return {
    score: mine.ours.score,
    place: scored.filter((s) => s.ours.score > mine.ours.score).length,
    naive: mine.theirs.points,
    naivePlace: scored.filter((s) => s.theirs.points > mine.theirs.points).length,
    forecast: mine.ours.forecast.mean,
    naiveForecast: mine.theirs.pipeline,
  };
}
const withDeals = (deals: DealFacts[]): PartnerFacts =>
  partnerOf(attacker.id, deals, attacker.plans);
const junk = (count: number): PartnerFacts =>
  withDeals([
    ...attacker.deals,
    ...Array.from({ length: count }, (_, i) =>
      dealOf(`junk${i}`, AS_OF - (2 + (i % 20)) * DAY_MS, [], {
        partnerId: attacker.id,
        amount: 60_000,
        closeDate: '2026-12-20',
      }),
    ),
  ]);
const redated = (closeDate: string): PartnerFacts =>
  withDeals(
    attacker.deals.map((d) =>
      d.closedMs === null
        ? { ...d, closeDate, events: d.events.map((e) => ({ ...e, closeDate })) }
        : d,
    ),
  );
const late = withDeals(
  attacker.deals.map((d) =>
    d.stage === 'Closed Won' ? { ...d, registeredMs: d.closedMs! - DAY_MS } : d,
  ),
);
const split = withDeals(
  attacker.deals.flatMap((d) =>
    d.stage === 'Closed Lost'
      ? [d]
      : Array.from({ length: 5 }, (_, i) => ({
          ...d,
          id: `${d.id}/${i}`,
          amount: d.amount! / 5,
          events: d.events.map((e) => ({ ...e, amount: e.amount! / 5 })),
        })),
  ),
);
const unmarked = withDeals(
  attacker.deals.map((d) =>
    d.stage === 'Closed Lost'
      ? {
          ...d,
          stage: 'Proposal',
          closedMs: null,
          closeDate: '2026-12-20',
          events: d.events.slice(0, -1),
        }
      : d,
  ),
);
const inflated = withDeals(
  junk(5).deals.map((d) =>
    d.id.startsWith('junk')
      ? { ...d, amount: 600_000, events: d.events.map((e) => ({ ...e, amount: 600_000 })) }
      : d,
  ),
);

const clean = standing(attacker);
const ATTACKS: [string, PartnerFacts, 'points' | 'forecast'][] = [
  ['junk10', junk(10), 'points'],
  ['junk40', junk(40), 'points'],
  ['late-registration', late, 'points'],
  ['split5', split, 'points'],
  ['amount-x10', inflated, 'forecast'],
  ['park-close-dates', redated('2026-12-20'), 'forecast'],
];

describe('attacks', () => {
  it.each(ATTACKS)('%s pays on the naive composite and not on ours', (_name, changed, pays) => {
    const after = standing(changed);
    if (pays === 'points') expect(after.naive).toBeGreaterThan(clean.naive + MAX_GAIN);
    else expect(after.naiveForecast).toBeGreaterThan(clean.naiveForecast * NAIVE_GAIN);
    expect(after.score - clean.score).toBeLessThanOrEqual(MAX_GAIN);
    expect(clean.place - after.place).toBeLessThanOrEqual(MAX_PLACES);
    expect(after.forecast).toBeLessThanOrEqual(clean.forecast * MAX_FORECAST + 1);
  });
  it('never-mark-lost lifts the usual win rate to 100% and leaves the cohort rate where it was', () => {
    const rates = (partner: PartnerFacts): (number | null)[] => {
      const { kpis } = scorePartner(partner, poolOf(CHANNEL, context), context).partner;
      return ['closed_win_rate', 'cohort_win_rate'].map(
        (id) => kpis.find((k) => k.kpi === id)!.value,
      );
    };
    const [before, after] = [rates(attacker), rates(unmarked)];
    expect(before[0]!).toBeLessThan(0.5);
    expect(after[0]).toBe(1);
    expect(after[1]).toBe(before[1]);
    // What is left to gain is that a loss of late looks like the open deal it claims to be:
    // bounded, and gone once it is silent too long.
    expect(standing(unmarked).score - clean.score).toBeLessThan(10);
  });
  it('starts from a channel in which the score can still move', () => {
    expect(clean.score).toBeGreaterThan(1);
    expect(clean.score).toBeLessThan(95);
  });
});
