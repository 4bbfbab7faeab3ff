import { describe, expect, it } from 'vitest';
import type { PartnerFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { originsOf } from '../../../src/predict/record/origins.ts';
import { broughtAfter, judgedAt } from '../../../src/predict/record/judged.ts';
import { sayAt } from '../../../src/predict/record/replay.ts';
import { AS_OF, bare, contextAt, random, world } from '../../properties/world.ts';

const THEN = AS_OF - 120 * DAY_MS;
const then = contextAt(THEN);

/** The same book with another future: what was recorded after THEN is thrown about. */
const otherFuture = (partners: PartnerFacts[]): PartnerFacts[] => {
  const r = random(9);
  return partners.map((partner) => ({
    ...partner,
    deals: [
      ...partner.deals.map((deal) => {
        const later = deal.events.filter((event) => event.atMs > THEN);
        const moved = later.map((event) => ({
          ...event,
          stage: r() < 0.5 ? 'Closed Won' : 'Closed Lost',
          amount: Math.round(1e6 * r()),
        }));
        const events = [...deal.events.filter((event) => event.atMs <= THEN), ...moved];
        const last = events.at(-1)!;
        return {
          ...deal,
          events,
          stage: last.stage!,
          closedMs: last.stage!.startsWith('Closed') ? last.atMs : null,
        };
      }),
      bare({ id: `${partner.id}-new`, createdMs: THEN + DAY_MS }),
    ],
  }));
};

describe('a replay of the past', () => {
  const partners = world(11, 8);
  const book = { partners, direct: [] };

  it('says the same whatever came after', () => {
    const said = sayAt(book, [], then);
    expect(said.deals.length).toBeGreaterThan(10);
    const other = sayAt({ partners: otherFuture(partners), direct: [] }, [], then);
    expect(JSON.stringify(other)).toBe(JSON.stringify(said));
  });

  it('judges by what came within the window, open deals and new ones apart', () => {
    const said = sayAt(book, [], then);
    const { statements, amount } = judgedAt(said, book, then);
    const won = statements.filter((one) => one.kind === 'deal' && one.happened).length;
    const known = new Map(partners.flatMap((p) => p.deals).map((deal) => [deal.id, deal]));
    const truth = said.deals.filter(({ dealId }) => {
      const end = known.get(dealId)!.events.find((event) => event.stage === 'Closed Won');
      return end !== undefined && end.atMs > THEN && end.atMs < then.period.endMs;
    }).length;
    expect([won, truth > 0]).toEqual([truth, true]);
    const { open, fresh } = broughtAfter(book, then);
    const before = said.forecast.wonToDate;
    expect(before + open + fresh).toBeCloseTo(amount, 2);
    expect(fresh).toBeGreaterThan(0);
  });

  it('goes back to Mondays whose window has ended, and to no other', () => {
    const asked = { fiscalYearStartMonth: 1, fromMs: AS_OF - 365 * DAY_MS, untilMs: AS_OF };
    const weekly = originsOf(contextAt(), { ...asked, every: 'weekly', horizon: 14 });
    for (const { asOfMs, period } of weekly) {
      expect(new Date(asOfMs).toISOString()).toMatch(/T00:00:00.000Z$/);
      expect(new Date(asOfMs).getUTCDay()).toBe(1);
      expect(period.endMs - asOfMs).toBe(14 * DAY_MS);
      expect(period.endMs).toBeLessThanOrEqual(AS_OF);
    }
    expect(weekly.length).toBe(50);
    const monthly = originsOf(contextAt(), { ...asked, every: 'monthly', horizon: 'quarter' });
    expect(monthly.map(({ period }) => period.label).at(-1)).toBe('2026 Q3');
    expect(new Set(monthly.map(({ asOfMs }) => new Date(asOfMs).getUTCMonth())).size).toBe(
      monthly.length,
    );
  });
});
