/** Each guard between what is believed of deals and a score, by the one thing that it keeps out. */
import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerFacts, Side } from '../../../src/model/facts.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { scoreOutlook } from '../../../src/predict/forecast/outlook.ts';
import { weigh } from '../../../src/predict/forecast/weigh.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { usualAmount } from '../../../src/predict/score/goal.ts';
import { viewOf } from '../../../src/predict/score/partner.ts';
import { HALF_PROVEN_POINTS } from '../../../src/predict/tuning.ts';
import { changed, isOpen, movedTo } from '../../attacks/edits.ts';
import { channel, made } from '../../attacks/world.ts';
import { AS_OF, contextAt, partnerOf, poolOf } from '../../properties/world.ts';

const context = contextAt();
const world = channel(3);
const pool = poolOf(world.partners, context, world.direct);

const junk = (id: string, count: number, stage: string, by: Side | null): DealFacts[] =>
  Array.from({ length: count }, (_, i) =>
    made({
      ...{ id: `${id}-${i}`, partnerId: id, amount: 60_000, by: 'partner' },
      createdMs: AS_OF - (4 + i) * DAY_MS,
      moves: stage === 'Registered' ? [] : [{ day: 2, stage, by }],
    }),
  );
const withMore = (partner: PartnerFacts, deals: DealFacts[]): PartnerFacts => ({
  ...partner,
  deals: partnerOf(partner.id, [...partner.deals, ...deals]).deals,
});

describe('what is half proven', () => {
  it('raises a score by its bound at most', () => {
    const points = world.partners.map((partner) => {
      const moved = changed(partner, isOpen, (deal) =>
        movedTo(deal, 'Negotiation', AS_OF - DAY_MS, null),
      );
      const grown = withMore(moved, junk(partner.id, 20, 'Negotiation', null));
      const { reasons } = scorePartner(grown, pool, context).partner;
      return reasons.find(({ code }) => code === 'half-proven')?.points ?? 0;
    });
    // Scores are given in tenths, and so are their reasons.
    expect(Math.max(...points)).toBeLessThanOrEqual(HALF_PROVEN_POINTS + 0.1);
    expect(Math.max(...points)).toBeGreaterThanOrEqual(HALF_PROVEN_POINTS - 0.1);
  });
});

describe('an allowance that deals share', () => {
  const shares = (deals: DealFacts[]): Map<string, number> => {
    const view = viewOf(partnerOf('p', deals), pool, context);
    const { effect } = view.effect;
    return new Map(
      weigh(view.states, pool, context, context.period.endMs, effect, view.rate).map((one) => [
        one.state.id,
        one.share,
      ]),
    );
  };
  it.each([
    ['of which nothing is shown', 'Registered'],
    ['half proven', 'Negotiation'],
  ])('is not handed on the day on which some of them are lost: %s', (_, stage) => {
    const deals = junk('p', 20, stage, null);
    const lost = deals.map((deal, i) => {
      if (i % 2 === 0) return deal;
      const last = deal.events.at(-1)!;
      const loss = { ...last, stage: 'Closed Lost', atMs: AS_OF - DAY_MS, by: 'vendor' as const };
      return { ...deal, stage: 'Closed Lost', closedMs: loss.atMs, events: [...deal.events, loss] };
    });
    const [before, after] = [shares(deals), shares(lost)];
    expect(before.get('p-0')).toBeLessThan(0.9);
    for (const [id, share] of after) expect(share, id).toBeLessThanOrEqual(1.05 * before.get(id)!);
  });
});

describe('open deals together', () => {
  const brought = (deals: DealFacts[]): number => {
    const view = viewOf(partnerOf('p', deals), pool, context);
    const { endMs } = context.period;
    return weigh(view.states, pool, context, endMs, view.effect.effect, view.rate).reduce(
      (sum, { share, counted, chance }) => sum + share * counted * chance.chance,
      0,
    );
  };
  it.each([
    ['of which nothing is shown', 'Registered', null],
    ['half proven', 'Negotiation', null],
    ['proven and young', 'Negotiation', 'vendor'],
  ] as const)('count for what the record allows, however many they are: %s', (_, stage, by) => {
    const many = brought(junk('p', 60, stage, by));
    expect(many).toBeGreaterThan(0);
    // Twice as many that are proven bring more deals that move, and so a larger allowance.
    expect(brought(junk('p', 120, stage, by))).toBeLessThan(1.6 * many);
  });

  it('count for no more than what one win in a hundred exceeds, until they are won', () => {
    const whale = junk('p', 1, 'Negotiation', 'vendor').map((deal) => ({
      ...deal,
      amount: 5e6,
      events: deal.events.map((event) => ({ ...event, amount: 5e6 })),
    }));
    const view = viewOf(partnerOf('p', whale), pool, context);
    const [one] = weigh(view.states, pool, context, context.period.endMs, 0, view.rate);
    expect([one!.stated, one!.counted]).toEqual([5e6, pool.amounts.largest]);
  });
});

/** Eight wins, of which our side has signed nothing, or every move. */
const winner = (by: Side): PartnerFacts =>
  partnerOf(
    'p',
    Array.from({ length: 8 }, (_, i) =>
      made({
        ...{ id: `w${i}`, partnerId: 'p', amount: 50_000, by: 'partner' },
        createdMs: AS_OF - (160 + 60 * i) * DAY_MS,
        moves: [
          { day: 20, stage: 'Proposal', by },
          { day: 40, stage: 'Closed Won', by },
        ],
      }),
    ),
  );

describe('a partner whose wins nobody signs', () => {
  it('is judged by its record, and not by deals that nobody will ever prove', () => {
    const coming = (by: Side): number => {
      const view = viewOf(winner(by), pool, context);
      const rate = { perDay: 0.02, shape: 5 };
      return scoreOutlook(view.states, pool, context, context.period.endMs, 0, rate).proven.arrivals
        .mean;
    };
    expect(coming('partner')).toBeGreaterThan(1.2 * coming('vendor'));
  });
});

describe('a partner without a plan', () => {
  it('lowers its own bar by no wins that wait', () => {
    const waits = withMore(winner('vendor'), [
      made({
        ...{ id: 'claimed', partnerId: 'p', amount: 400_000, by: 'partner' },
        createdMs: AS_OF - 100 * DAY_MS,
        moves: [{ day: 60, stage: 'Closed Won', by: 'partner' }],
      }),
    ]);
    const bar = (partner: PartnerFacts): number => {
      const view = viewOf(partner, pool, context);
      expect(view.states.filter(({ waiting }) => waiting)).toHaveLength(partner === waits ? 1 : 0);
      return usualAmount(view, pool, context);
    };
    expect(bar(waits)).toBeGreaterThan(1.1 * bar(winner('vendor')));
  });
});
