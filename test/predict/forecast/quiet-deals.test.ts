import { describe, expect, it } from 'vitest';
import { dealsAt } from '../../../src/predict/deal/deals-at.ts';
import { arrivalRate } from '../../../src/predict/forecast/arrival-rate.ts';
import { weigh } from '../../../src/predict/forecast/weigh.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { wayLeft } from '../../../src/predict/win/way-left.ts';
import { winChance } from '../../../src/predict/win/win-chance.ts';
import { AS_OF, contextAt, partnerOf, poolOf, world } from '../../properties/world.ts';

const now = contextAt();
const partners = world(3).map((partner) => ({
  ...partner,
  deals: partner.deals.map((deal) => ({
    ...deal,
    events: deal.events.map((event) => ({ ...event, by: 'vendor' as const })),
  })),
}));
const pool = poolOf(partners, now);
const quarter = AS_OF + 91 * DAY_MS;

/** What counts of the chance of a partner's open deals when so many days have brought nothing. */
function sharesAfter(days: number): Map<string, { share: number; standing: string }> {
  const context = { ...now, asOfMs: AS_OF + days * DAY_MS };
  const then = { ...pool, asOfMs: context.asOfMs };
  const states = dealsAt(partners[0]!.deals, context);
  // A record that allows little beside what is proven.
  const rate = { ...arrivalRate(states, AS_OF - 900 * DAY_MS, then, 0), perDay: 1e-4 };
  const weighed = weigh(states, then, context, quarter + days * DAY_MS, 0, rate);
  return new Map(weighed.map(({ state, share, standing }) => [state.id, { share, standing }]));
}

describe('a deal that nobody hears of any more', () => {
  const byDay = Array.from({ length: 100 }, (_, days) => sharesAfter(days));
  const proven = [...byDay[0]!].filter(([, { standing }]) => standing === 'proven');

  it('is called silent from one day on, and loses its part of the forecast bit by bit', () => {
    expect(proven.length).toBeGreaterThan(2);
    let turned = 0;
    for (const [id] of proven)
      for (let day = 1; day < byDay.length; day++) {
        const [before, after] = [byDay[day - 1]!.get(id)!, byDay[day]!.get(id)!];
        if (before.standing !== after.standing) turned++;
        expect(before.share - after.share).toBeLessThan(0.05);
      }
    expect(turned).toBe(proven.length);
    const left = byDay.at(-1)!;
    for (const [id] of proven) expect(left.get(id)!.share).toBeLessThan(0.25);
  });
});

describe("a partner's own record", () => {
  const states = dealsAt(partners[0]!.deals, now).filter(({ outcome }) => outcome === 'open');
  const effect = 0.8;
  const odds = (p: number): number => Math.log(p / (1 - p));

  it('moves a deal by as much as is left of the way to its win', () => {
    const ways = new Map<string, number>();
    for (const state of states) {
      const own = winChance(state, pool, quarter, effect).chance;
      const plain = winChance(state, pool, quarter, 0).chance;
      const moved = (odds(own) - odds(plain)) / effect;
      expect(moved).toBeCloseTo(wayLeft(state, pool), 6);
      ways.set(state.stage!, wayLeft(state, pool));
    }
    expect(ways.get('Registered')).toBe(1);
    expect(ways.get('Negotiation')!).toBeGreaterThan(0);
    expect(ways.get('Negotiation')!).toBeLessThan(ways.get('Qualified')!);
  });

  it('moves a deal in full whose stage no deal has been in', () => {
    expect(wayLeft({ stage: 'Unheard of' }, pool)).toBe(1);
    expect(wayLeft({ stage: null }, pool)).toBe(1);
  });
});

it('a young deal counts for no less near the end of a quarter than early in it', () => {
  const [deal] = partners
    .flatMap((partner) => dealsAt(partner.deals, now))
    .filter((s) => s.outcome === 'open' && s.stage === 'Negotiation' && s.provenMs !== null)
    .sort((a, b) => b.createdMs - a.createdMs);
  expect(AS_OF - deal!.createdMs).toBeLessThan(90 * DAY_MS);
  const states = dealsAt(partnerOf('new', [deal!.deal]).deals, now);
  // A record that is worth less than the deal, so that not all of it counts.
  const rate = { ...arrivalRate(states, AS_OF - 80 * DAY_MS, pool, 0), perDay: 1e-4 };
  const [soon, late] = [2, 91].map(
    (days) => weigh(states, pool, now, AS_OF + days * DAY_MS, 0, rate)[0]!.share,
  );
  expect(late).toBeLessThan(0.6);
  expect(soon).toBeGreaterThan(late!);
});
