import { describe, expect, it } from 'vitest';
import { dayStart } from '../../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import type { TargetFacts } from '../../../src/model/facts.ts';
import { scoreDirectDeals, scorePartner } from '../../../src/predict/index.ts';
import { dealHealth } from '../../../src/predict/win/deal-health.ts';
import {
  AS_OF,
  contextAt,
  dealOf,
  partnerOf,
  planOf,
  poolOf,
  world,
} from '../../properties/world.ts';

const context = contextAt();
const partners = world(3);
const pool = poolOf(partners, context);
const target = (over: Partial<TargetFacts>): TargetFacts => ({
  id: 't',
  side: 'partner',
  metric: 'won_amount',
  goal: 100_000,
  weight: 1,
  actual: null,
  label: 'Won',
  ...over,
});
const won = (amount: number, daysAgo: number): ReturnType<typeof dealOf> =>
  dealOf(
    `w${daysAgo}`,
    AS_OF - (daysAgo + 60) * DAY_MS,
    [
      [20, 'Qualified'],
      [60, 'Closed Won'],
    ],
    { partnerId: 'x', amount },
  );

describe('partner score', () => {
  it('is certain once the target is reached', () => {
    const { partner } = scorePartner(
      partnerOf('x', [won(120_000, 30)], [planOf(100_000)]),
      pool,
      context,
    );
    expect(partner).toMatchObject({
      score: 100,
      high: 100,
      event: {
        kind: 'plan-target',
        goal: 100_000,
        dueMs: dayStart('2027-01-01', context.timeZone),
      },
    });
    expect(partner.difficulty).toBeLessThan(60);
    expect(partner.reasons[0]!.text).toContain('EUR 120,000 won so far');
  });
  it('says what one more win goes with, for small and large ones, and from how many', () => {
    const { partner } = scorePartner(
      partnerOf('x', [won(20_000, 30)], [planOf(100_000)]),
      pool,
      context,
    );
    const { points, low, high, wins } = partner.oneMoreWin;
    expect(low).toBeLessThanOrEqual(points);
    expect(points).toBeLessThan(high);
    expect(points).toBeCloseTo((100 * partner.moneyAtStake) / partner.gap, 9);
    expect(wins).toBe(pool.amounts.count);
    expect(partner.nextAction!.effect.points).toBe(points);
    const said =
      /with \+([\d.]+) points of score \(\+?([\d.]+) to \+([\d.]+) for small and large ones\), from (\d+) past wins/;
    const [, ...told] = said.exec(partner.nextAction!.effect.text)!.map(Number);
    expect(told).toEqual([
      ...[points, low, high].map((value) => Math.round(10 * value) / 10),
      wins,
    ]);
  });
  it('without a plan states the other event, and gives a newcomer a chance and a wide band', () => {
    const { partner } = scorePartner(
      { ...partnerOf('new', []), signedOn: '2026-11-01', onboardedOn: null },
      pool,
      context,
    );
    expect(partner.event.kind).toBe('repeat');
    expect(partner.score).toBeGreaterThan(2);
    expect(partner.high - partner.low).toBeGreaterThan(10);
    expect(partner.evidence).toBe(0);
    expect(partner.nextAction!.rule).toBe('first-deal');
  });
  it('looks only at the plan in force', () => {
    const over = planOf(5, { id: 'old', startOn: '2025-01-01', endOn: '2025-12-31' });
    expect(
      scorePartner(partnerOf('x', [won(1000, 20)], [over]), pool, context).partner.event.kind,
    ).toBe('repeat');
  });
});

describe('plan health', () => {
  const health = (
    targets: TargetFacts[],
    deals = [won(20_000, 30)],
  ): ReturnType<typeof scorePartner>['partner']['planHealth'] =>
    scorePartner(partnerOf('x', deals, [planOf(0, { targets })]), pool, context).partner.planHealth;
  it('holds activity back behind the outcome', () => {
    const h = health([
      target({ weight: 1 }),
      target({ id: 'c', metric: 'certificates', goal: 10, actual: 50, weight: 9, label: 'People' }),
    ]);
    const pace = h.parts[0]!.pace!;
    expect(pace).toBeLessThan(0.5);
    expect(h.health).toBeCloseTo(60 + 40 * pace, 9); // ungated it would be 100 x (0.9 + 0.1 x pace)
  });
  it('names a missing feed instead of taking it for zero', () => {
    const h = health([
      target({}),
      target({ id: 'm', metric: 'nps', goal: 10, weight: 5, label: 'Mood' }),
    ]);
    expect(h.missing).toEqual(['Mood (“nps” is not a metric that can be counted)']);
    expect(h.health).toBeCloseTo(100 * h.parts[0]!.pace!, 9);
  });
  it('keeps the vendor apart', () => {
    const alone = health([target({})]);
    const both = health([
      target({}),
      target({
        id: 'v',
        side: 'vendor',
        metric: 'leads',
        goal: 10,
        actual: 0,
        label: 'Leads we owe',
      }),
    ]);
    expect(both.health).toBe(alone.health);
    expect(both.vendorParts).toMatchObject([{ targetId: 'v', pace: 0 }]);
  });
  it('is unknown without a plan', () => {
    expect(scorePartner(partnerOf('x', []), pool, context).partner.planHealth.health).toBeNull();
  });
});

describe('deal score', () => {
  const openDeal = (
    over: Parameters<typeof dealOf>[3] = {},
    moved = 20,
  ): ReturnType<typeof scoreDirectDeals>['deals'][number] =>
    scoreDirectDeals(
      [dealOf('d', AS_OF - 60 * DAY_MS, [[60 - moved, 'Negotiation']], over)],
      pool,
      context,
    ).deals[0]!;
  it('speaks of stage and days in it', () => {
    expect(openDeal().reasons.find((r) => r.code === 'stage')!.text).toMatch(
      /^In Negotiation: \d+% of deals in this stage are won by 31 December, of all open deals \d+%\.$/,
    );
  });
  it('calls stalled what is silent, and slipping what wins at worse odds than its stage does', () => {
    expect(openDeal({ closeDate: '2026-12-20' }, 2).health).toBe('on track');
    // A date that passed asks for another one; whether the deal slips is for the model to say.
    expect(openDeal({ closeDate: '2026-11-01' }, 2)).toMatchObject({
      health: 'on track',
      nextAction: { rule: 'redate' },
    });
    const signs = {
      silent: 2,
      quiet: false,
      stalled: false,
      overdue: true,
      pushed: true,
      slow: true,
    };
    expect(dealHealth(signs, 0.3, 0.3)).toBe('on track');
    expect(dealHealth(signs, 0.2, 0.3)).toBe('slipping');
    expect(dealHealth({ ...signs, overdue: false, pushed: false, slow: false }, 0.2, 0.3)).toBe(
      'slipping',
    );
    expect(openDeal({ closeDate: '2026-12-20' }, 40)).toMatchObject({
      health: 'stalled',
      nextAction: { rule: 'contact' },
    });
  });
  it('is worth more in a later stage', () => {
    const early = scoreDirectDeals([dealOf('d', AS_OF - 30 * DAY_MS, [])], pool, context).deals[0]!;
    expect(openDeal().probability).toBeGreaterThan(early.probability);
  });
  it('is not given for closed deals', () => {
    expect(scoreDirectDeals([won(1, 5)], pool, context).deals).toEqual([]);
  });
});
