import { describe, expect, it } from 'vitest';
import type { DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import { playbookSchema } from '../../../src/model/playbook.ts';
import type { NextAction, PartnerScore } from '../../../src/model/score.ts';
import { scoreDirectDeals, scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import {
  AS_OF,
  contextAt,
  dealOf,
  partnerOf,
  planOf,
  poolOf,
  world,
} from '../../properties/world.ts';

const partners = world(3);
const pool = poolOf(partners, contextAt());
const playbook = playbookSchema.parse({
  assets: [{ id: 'guide', title: 'Negotiation guide' }],
  coaching: [{ stage: 'negotiation', asset: 'guide' }],
  incentives: [
    { id: 'gap', title: 'Accelerator', for: 'gap', amount: 100, budget: 500, tiers: ['Gold'] },
    { id: 'flash', title: 'Flash', for: 'late-stall', amount: 50, budget: 500, minAmount: 10_000 },
  ],
});
const context = contextAt(AS_OF, { playbook });
const open = (over: Partial<DealFacts> = {}, silent = 40, stage = 'Negotiation'): DealFacts =>
  dealOf('o', AS_OF - 80 * DAY_MS, [[80 - silent, stage]], {
    partnerId: 'x',
    closeDate: '2026-12-20',
    ...over,
  });
const won = (id: string, daysAgo: number, amount: number): DealFacts =>
  dealOf(
    id,
    AS_OF - (daysAgo + 60) * DAY_MS,
    [
      [20, 'Qualified'],
      [60, 'Closed Won'],
    ],
    {
      partnerId: 'x',
      amount,
    },
  );
const lost = (n: number): DealFacts[] =>
  Array.from({ length: n }, (_, i) =>
    dealOf(
      `l${i}`,
      AS_OF - (200 + 9 * i) * DAY_MS,
      [
        [9, 'Negotiation'],
        [40 + i, 'Closed Lost'],
      ],
      {
        partnerId: 'x',
      },
    ),
  );
const score = (
  deals: DealFacts[],
  goal: number | null,
  given: MeasureContext = context,
  tier: string | null = null,
): PartnerScore =>
  scorePartner(
    { ...partnerOf('x', deals, goal === null ? [] : [planOf(goal)]), tier, ownerId: 'u1' },
    pool,
    given,
  ).partner;
const rule = (action: NextAction | null): string | null => action?.rule ?? null;

describe('what to do about a partner', () => {
  it('revives the largest deal that stands still where money is missing', () => {
    const { nextAction, gap, closing } = score(
      [open({}, 22), ...[100, 200, 300].map((ago) => won(`w${ago}`, ago, 90_000))],
      900_000,
    );
    expect(rule(nextAction)).toBe('revive-largest');
    expect(nextAction!.text).toMatch(/^EUR [\d,]+ short of its goal: revive “o”/);
    expect(gap).toBeGreaterThan(0);
    expect(closing.map(({ dealId }) => dealId)).toEqual(['o']);
    expect(nextAction!.dealId).toBe('o');
    expect(nextAction!.effect.text).toMatch(/points of score/);
  });
  it('coaches on the stage where it loses against the pool, with the asset of the playbook', () => {
    const { nextAction } = score(lost(14), 900_000);
    expect(rule(nextAction)).toBe('coach');
    expect(nextAction!.dealId).toBeNull();
    expect(nextAction!.text).toContain('Use “Negotiation guide”.');
    expect(nextAction!.asset).toEqual({ id: 'guide', title: 'Negotiation guide' });
  });
  it('offers an incentive to whom it is for, and to nobody else', () => {
    const deals = [won('w', 100, 5000)];
    expect(rule(score(deals, 900_000, context, 'gold').nextAction)).toBe('incentive');
    expect(rule(score(deals, 900_000, context, 'silver').nextAction)).not.toBe('incentive');
  });
  it('agrees the next target where one is outgrown, without praise for one that shrinks', () => {
    const grown = score([won('w', 30, 90_000)], 50_000).nextAction!;
    expect(grown).toMatchObject({ rule: 'target-outgrown' });
    expect(grown.text).toMatch(/^Target outgrown/);
    const shrunk = score([won('w', 30, 90_000), won('v', 500, 900_000)], 50_000).nextAction!;
    expect(shrunk.text).toMatch(/^Target reached/);
  });
  it('names money before promises that are overdue', () => {
    const milestones = [
      { id: 'm', label: 'Demo kit', side: 'vendor' as const, dueOn: '2026-02-01', doneOn: null },
    ];
    const with_ = (goal: number): string | null =>
      rule(
        scorePartner(
          partnerOf('x', [won('w', 30, 90_000)], [planOf(goal, { milestones })]),
          pool,
          contextAt(),
        ).partner.nextAction,
      );
    expect(with_(900_000)).toBe('build-pipeline');
    expect(with_(50_000)).toBe('target-outgrown');
  });
});

describe('what to do about a deal', () => {
  const direct = (deal: DealFacts, given = context) =>
    scoreDirectDeals([{ ...deal, partnerId: null }], pool, given).deals[0]!;
  it('says nothing but "close it" under 1%', () => {
    const dim = partners
      .flatMap((one) => scorePartner(one, pool, context).deals)
      .filter(({ probability }) => probability < 0.01);
    expect(dim.length).toBeGreaterThan(10);
    const dead = dim.filter(({ everProbability }) => everProbability < 0.01);
    expect(dead.length).toBeGreaterThan(0);
    expect(new Set(dead.map(({ nextAction }) => rule(nextAction)))).toEqual(new Set(['close']));
    const alive = dim.filter(({ everProbability }) => everProbability >= 0.01);
    expect(alive.filter(({ nextAction }) => nextAction !== null)).toEqual([]);
  });
  it('tells lighter contact from none', () => {
    expect(direct(open()).nextAction!.text).toMatch(/nothing has moved for over 30 days/);
    const mailed = open({
      activities: [{ atMs: AS_OF - 8 * DAY_MS, kind: 'email', qualifying: false }],
    });
    expect(direct(mailed).nextAction!.text).toMatch(/only lighter contact since/);
  });
  it('offers the flash incentive for a late stall that is large enough, of a partner', () => {
    const action = (deal: DealFacts): string | null =>
      rule(
        scorePartner(partnerOf('x', [deal, won('w', 100, 90_000)]), pool, context).deals[0]!
          .nextAction,
      );
    expect(action(open())).toBe('flash-incentive');
    expect(action(open({ amount: 500 }))).toBe('contact');
    expect(rule(direct(open()).nextAction)).toBe('contact');
  });
});

describe('bad input', () => {
  it('no plan, no deals: the first deal', () =>
    expect(rule(score([], null).nextAction)).toBe('first-deal'));
  it('no plan: one is to be agreed, or money is missing', () => {
    const { nextAction } = score([won('w', 700, 5000)], null, contextAt());
    expect(['agree-plan', 'coach', 'close-gap']).toContain(rule(nextAction));
  });
  it('one partner alone, and one with nearly all the money', () => {
    const alone = partnerOf('x', [won('w', 30, 1_000_000), open()], [planOf(2_000_000)]);
    const own = poolOf([alone], context);
    const { partner, deals } = scorePartner(alone, own, context);
    expect(partner.nextAction).not.toBeNull();
    expect(deals).toHaveLength(1);
    const large = poolOf([...partners, alone], context);
    expect(scorePartner(alone, large, context).partner.gap).toBeGreaterThan(0);
  });
  it('no gap: nothing is said to be missing', () => {
    const { gap, closing, nextAction } = score([won('w', 30, 90_000)], 50_000);
    expect(gap).toBe(0);
    expect(closing).toEqual([]);
    expect(nextAction!.text).not.toMatch(/short of/);
  });
  it('an owner who left: a new one first', () => {
    const left = contextAt(AS_OF, { formerUsers: new Map([['u1', 'Anna Kim']]) });
    const { nextAction } = score([open()], 900_000, left);
    expect(nextAction).toMatchObject({
      rule: 'reassign',
      text: 'Give it a new owner: Anna Kim is no longer active.',
    });
  });
});
