/** What a deal counts by, and what only its partner says of it. */
import { describe, expect, it } from 'vitest';
import type { DealFacts, ProofKind, Side } from '../../../src/model/facts.ts';
import { dealAt, type DealState } from '../../../src/predict/deal/deal-at.ts';
import { channelForecast, scoreDirectDeals, scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { channel } from '../../attacks/world.ts';
import { AS_OF, contextAt, dealOf, partnerOf, poolOf, world } from '../../properties/world.ts';

const context = contextAt();
const CREATED = AS_OF - 60 * DAY_MS;
type Move = [day: number, stage: string, by: Side | null];
const moved = (moves: Move[], over: Partial<DealFacts> = {}): DealFacts => {
  const deal = dealOf(
    'd',
    CREATED,
    moves.map(([day, stage]) => [day, stage]),
    { partnerId: 'p', ...over },
  );
  const by = ['partner' as const, ...moves.map(([, , side]) => side)];
  return { ...deal, events: deal.events.map((event, i) => ({ ...event, by: by[i]! })) };
};
const at = (deal: DealFacts): DealState => dealAt(deal, AS_OF, context)!;

describe('evidence', () => {
  it('is a stage that our own user moved on, not one that the partner did', () => {
    const theirs = at(moved([[9, 'Proposal', 'partner']]));
    expect([theirs.stage, theirs.verifiedMs]).toEqual(['Registered', null]);
    expect(theirs.stated.stage).toBe('Proposal');
    const ours = at(moved([[9, 'Proposal', 'vendor']]));
    expect([ours.stage, ours.arrival, ours.provenMs]).toEqual([
      'Proposal',
      'jumped',
      CREATED + 9 * DAY_MS,
    ]);
  });

  it('is no close date that our own user put off, and no deal that was set back', () => {
    const deal = moved([
      [9, 'Negotiation', null],
      [12, 'Proposal', 'vendor'],
    ]);
    const last = deal.events.at(-1)!;
    const pushed = { ...last, atMs: last.atMs + DAY_MS, closeDate: '2027-06-30' };
    const certain = at({ ...deal, events: [...deal.events, pushed] }).proofs.filter(
      (proof) => proof.certain,
    );
    expect(certain).toEqual([]);
  });

  it('is half when nobody knows who did it', () => {
    const state = at(moved([[9, 'Qualified', null]]));
    expect([state.stage, state.provenMs]).toEqual(['Qualified', null]);
    expect(state.proofs.map((proof) => proof.certain)).toEqual([false]);
  });

  it('is a meeting that the buyer attended and our own user logged', () => {
    const met = (by: Side | null, buyer: boolean): number | null =>
      at(
        moved([], {
          activities: [{ atMs: CREATED + DAY_MS, by, buyer, kind: 'meeting', qualifying: true }],
        }),
      ).provenMs;
    expect(met('vendor', true)).toBe(CREATED + DAY_MS);
    expect([met('vendor', false), met('partner', true), met(null, true)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is of the kinds alone that the mapping counts', () => {
    const deal = moved([[9, 'Qualified', 'vendor']], {
      quotes: [
        { id: 'q', atMs: CREATED + 12 * DAY_MS, state: 'presented', amount: 1000, by: 'vendor' },
      ],
    });
    const kinds = (proofs?: ProofKind[]): string[] =>
      dealAt(deal, AS_OF, { ...context, ...(proofs && { proofs }) })!.proofs.map(
        ({ kind }) => kind,
      );
    expect(kinds()).toEqual(['stage', 'quote']);
    expect(kinds(['quote', 'order'])).toEqual(['quote']);
    expect(dealAt(deal, AS_OF, { ...context, proofs: ['meeting'] })!.provenMs).toBe(null);
  });

  it('begins in the first stage of its own pipeline, and nobody jumps over those of another', () => {
    const stages = new Map(
      [...context.stages.values()].map((stage) => [
        stage.key,
        { ...stage, pipeline: 'channel', order: stage.order + 1000 },
      ]),
    );
    stages.set('New', {
      key: 'New',
      label: 'New',
      pipeline: 'inside sales',
      order: 0,
      closed: false,
      won: false,
      probability: 0.1,
    });
    const deal = moved([], { events: [{ ...dealOf('d', CREATED, []).events[0]!, by: 'partner' }] });
    const late = { ...deal, events: deal.events.map((event) => ({ ...event, stage: 'Proposal' })) };
    const state = dealAt(late, AS_OF, { ...context, stages })!;
    expect([state.stage, state.arrival]).toEqual(['Registered', 'walked']);
  });

  it('counts time in a stage from the first arrival, however often it is clicked', () => {
    const state = at(
      moved([
        [10, 'Qualified', 'vendor'],
        [40, 'Registered', 'vendor'],
        [50, 'Qualified', 'vendor'],
      ]),
    );
    expect(state.stageSinceMs).toBe(CREATED + 10 * DAY_MS);
  });

  it('ends with a closing that the partner takes back', () => {
    const state = at(
      moved([
        [10, 'Proposal', 'vendor'],
        [20, 'Closed Lost', 'vendor'],
        [30, 'Negotiation', 'partner'],
      ]),
    );
    expect([state.outcome, state.stage, state.provenMs]).toEqual(['open', 'Registered', null]);
  });
});

describe('who brought a deal', () => {
  it('is no partner that was named too late', () => {
    const links = [
      { partnerId: 'p', role: null, primary: true, knownMs: CREATED + 50 * DAY_MS, endedMs: null },
    ] as unknown as DealFacts['links'];
    const state = at(moved([[10, 'Qualified', 'vendor']], { links: links! }));
    expect([state.borrowed, state.deal.partnerId]).toEqual([true, null]);
  });

  it('is no partner that took it over, unless a wrong name was put right within days', () => {
    const link = (partnerId: string, day: number, endDay: number | null, via = 'field') => ({
      partnerId,
      role: null,
      primary: true,
      knownMs: CREATED + day * DAY_MS,
      endedMs: endDay === null ? null : CREATED + endDay * DAY_MS,
      via,
    });
    const borrowed = (...links: ReturnType<typeof link>[]): boolean =>
      at(moved([[40, 'Qualified', 'vendor']], { links: links as DealFacts['links'] })).borrowed;
    expect(borrowed(link('p', 0, null))).toBe(false);
    expect(borrowed(link('other', 0, 8), link('p', 8, null))).toBe(true);
    expect(borrowed(link('other', 0, null), link('p', 8, null))).toBe(true);
    // Put right at once; and who only helped was never the one that brought it.
    expect(borrowed(link('other', 0, 1.5), link('p', 1.5, null))).toBe(false);
    expect(borrowed(link('other', 0, null, 'role'), link('p', 8, null))).toBe(false);
    expect(borrowed(link('p', 0, null), link('other', 0, null))).toBe(false);
  });
});

describe('score and forecast', () => {
  it('read the same: amount x stored probability x multiplier is the open part, to the cent', () => {
    for (const seed of [1, 2, 3]) {
      const { partners, direct } = channel(seed);
      const pool = poolOf(partners, context, direct);
      const scored = partners.map((p) => scorePartner(p, pool, context));
      const own = scoreDirectDeals(direct, pool, context);
      const parts = [...scored.flatMap((s) => s.forecastParts), ...own.forecastParts];
      const forecast = channelForecast(parts, pool, context);
      const deals = [...scored.flatMap((s) => s.deals), ...own.deals];
      const sum = deals.reduce((total, d) => total + d.amount * d.probability, 0);
      expect(sum * forecast.multiplier).toBeCloseTo(forecast.openMean, 2);
      expect(Object.values(forecast.standings).reduce((a, b) => a + b, 0)).toBe(deals.length);
    }
  });
});

describe('definitions', () => {
  it('of a partner onboarded before the data begins the time to the first deal is unknown', () => {
    const partners = world(4, 6);
    const old = { ...partnerOf('old', partners[0]!.deals), onboardedOn: '2015-01-01' };
    const pool = poolOf(partners, context);
    const kpi = scorePartner(old, pool, context).partner.kpis.find(
      (k) => k.kpi === 'time_to_first_deal',
    )!;
    expect([kpi.value, kpi.low]).toEqual([null, null]);
    expect(kpi.note).toContain('before the data begins');
  });
});
