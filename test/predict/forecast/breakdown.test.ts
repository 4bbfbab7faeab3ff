import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerFacts } from '../../../src/model/facts.ts';
import { whatChanged, type ForecastStand } from '../../../src/predict/forecast/changes.ts';
import type { ForecastPart } from '../../../src/predict/forecast/part.ts';
import { channelForecast, scoreDirectDeals, scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, contextAt, poolOf, world } from '../../properties/world.ts';

const context = contextAt();
const typed = (seed: number): PartnerFacts[] =>
  world(seed, 12).map((partner, i) => ({
    ...partner,
    type: ['reseller', 'consulting', null][i % 3]!,
    tier: i % 2 === 0 ? 'gold' : 'silver',
    region: `r${i % 4}`,
    deals: partner.deals.map((deal, k) => ({
      ...deal,
      product: `product ${k % 5}`,
      ownerId: `u${k % 7}`,
    })),
  }));
const directOf = (seed: number): DealFacts[] =>
  world(seed + 1, 3)[0]!.deals.map((deal) => ({ ...deal, id: `x-${deal.id}`, partnerId: null }));

function forecastOf(seed: number): ReturnType<typeof channelForecast> {
  const [partners, direct] = [typed(seed), directOf(seed)];
  const pool = poolOf(partners, context, direct);
  return channelForecast(
    [
      ...partners.flatMap((p) => scorePartner(p, pool, context).forecastParts),
      ...scoreDirectDeals(direct, pool, context).forecastParts,
    ],
    pool,
    context,
  );
}

describe('the forecast by what it is made of', () => {
  it('adds up to the channel in every list, and names the next three periods', () => {
    for (const seed of [1, 2, 3]) {
      const { total, breakdown } = forecastOf(seed);
      const { periods, ...lists } = breakdown;
      for (const [name, rows] of Object.entries(lists)) {
        const sum = rows.reduce((a, row) => a + row.mean, 0);
        expect(Math.abs(sum / total.mean - 1), name).toBeLessThan(1e-6);
        for (const row of rows) {
          expect(row.p10).toBeLessThanOrEqual(row.p50);
          expect(row.p50).toBeLessThanOrEqual(row.p90);
        }
      }
      expect(periods.map(({ period }) => period.label)).toEqual(['2027 Q1', '2027 Q2', '2027 Q3']);
      for (const { total: later } of periods) {
        expect(later.mean).toBeGreaterThan(0);
        expect(later.p10).toBeLessThanOrEqual(later.p90);
      }
    }
  });

  it('keeps deals that are not created yet apart where they have no owner', () => {
    const { breakdown, newMean } = forecastOf(4);
    const row = breakdown.owner.find(({ key }) => key === 'deals not created yet');
    expect(row?.mean).toBeCloseTo(newMean, 6);
  });
});

const standOf = (parts: readonly ForecastPart[], fresh: number): ForecastStand => ({
  lines: parts.flatMap((part) => part.detail!.lines),
  fresh,
});

function standAt(partners: readonly PartnerFacts[], asOfMs: number): ForecastStand {
  const at = contextAt(asOfMs);
  const pool = poolOf(partners, at);
  const parts = partners.flatMap((p) => scorePartner(p, pool, at).forecastParts);
  return standOf(parts, channelForecast(parts, pool, at).newMean);
}

describe('what changed between two forecasts', () => {
  const partners = typed(5);
  const [before, after] = [AS_OF - 14 * DAY_MS, AS_OF].map((ms) => standAt(partners, ms));

  it('adds up to the cent, whatever the deals did', () => {
    const { causes, ...ends } = whatChanged(before!, after!);
    const sum = causes.reduce((a, cause) => a + Math.round(100 * cause.amount), 0);
    expect(sum).toBe(Math.round(100 * ends.after) - Math.round(100 * ends.before));
    for (const { cause, amount, deals } of causes)
      if (cause !== 'model')
        expect(deals.reduce((a, d) => a + Math.round(100 * d.amount), 0)).toBe(
          Math.round(100 * amount),
        );
    expect(causes.map(({ cause }) => cause)).toContain('won');
  });

  it('says nothing where nothing changed', () => {
    expect(whatChanged(after!, after!).causes).toEqual([]);
  });

  it('puts each cause in its place', () => {
    const line = (dealId: string, over: object): ForecastStand['lines'][number] => ({
      dealId,
      product: null,
      ownerId: null,
      won: false,
      closes: true,
      amount: 1000,
      chance: 0.5,
      ...over,
    });
    const was = {
      lines: ['lost', 'won', 'amount', 'out', 're'].map((id) => line(id, {})),
      fresh: 100,
    };
    const is = {
      lines: [
        line('won', { won: true, chance: 1 }),
        line('amount', { amount: 1600 }),
        line('out', { closes: false, chance: 0.3 }),
        line('re', { chance: 0.6 }),
        line('new', { amount: 10.01, chance: 1 / 3 }),
      ],
      fresh: 90,
    };
    const found = Object.fromEntries(
      whatChanged(was, is).causes.map(({ cause, amount }) => [cause, amount]),
    );
    expect(found).toEqual({
      won: 500,
      lost: -500,
      amount: 300,
      'pushed out': -200,
      're-scored': 100,
      model: -10,
      new: 3.34,
    });
  });

  it('tells the model from the deals where the later state is judged by both models', () => {
    const between = standAt(partners, AS_OF);
    const changed = {
      ...between,
      lines: between.lines.map((l) => (l.won ? l : { ...l, chance: l.chance * 0.9 })),
    };
    const { causes } = whatChanged(between, changed, between);
    expect(causes.map(({ cause }) => cause)).toEqual(['model']);
    expect(causes[0]!.deals.length).toBeGreaterThan(3);
  });
});
