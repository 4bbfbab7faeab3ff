/**
 * A sale cut into parts that are entered or closed some days apart: it pays no more than one that
 * is cut at once.
 */
import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { isLost, isWon, withDeals } from './edits.ts';
import { atRest, play, rowOf } from './measure.ts';
import { channel } from './world.ts';

const PARTS = 5;

/** One of five equal parts, of a customer of its own, entered so many days after the first. */
function part(deal: DealFacts, i: number, enteredDays: number, closedDays: number): DealFacts {
  const last = deal.events.length - 1;
  const latestMs = deal.events[1]?.atMs ?? deal.createdMs;
  const createdMs = Math.min(deal.createdMs + i * enteredDays * DAY_MS, latestMs);
  const before = deal.events[last - 1]?.atMs ?? createdMs;
  const events = deal.events.map((event, j) => {
    const atMs =
      j === 0
        ? createdMs
        : j === last
          ? Math.max(before, createdMs, event.atMs - i * closedDays * DAY_MS)
          : event.atMs;
    return { ...event, atMs, amount: (event.amount ?? 0) / PARTS };
  });
  return {
    ...deal,
    id: `${deal.id}/${i}`,
    accountId: `${deal.accountId}-unit${i}`,
    amount: (deal.amount ?? 0) / PARTS,
    createdMs,
    registeredMs: createdMs,
    closedMs: deal.closedMs === null ? null : events.at(-1)!.atMs,
    events,
    activities: deal.activities.map((a) => ({ ...a, atMs: Math.max(createdMs, a.atMs) })),
    links: (deal.links ?? []).map((link) => ({ ...link, knownMs: createdMs })),
  };
}

const cut = (
  partner: PartnerFacts,
  enteredDays: number,
  closedDays: number,
  whole: (deal: DealFacts) => boolean = isLost,
): PartnerFacts =>
  withDeals(
    partner,
    partner.deals.flatMap((deal) =>
      whole(deal)
        ? [deal]
        : Array.from({ length: PARTS }, (_, i) => part(deal, i, enteredDays, closedDays)),
    ),
  );

/** Wins of before the plan began stay there: what a cut must not move is the money of the period. */
const PLAN_START_MS = Date.UTC(2026, 5, 30, 22);

/** The same with every step of a part so many days after that of the part before. */
function laterPart(deal: DealFacts, i: number, days: number, asOfMs: number): DealFacts {
  const events = deal.events.map((event, j) => {
    const next = deal.events[j + 1]?.atMs ?? asOfMs;
    const most = event.atMs < PLAN_START_MS ? Math.min(next, PLAN_START_MS - 1) : next;
    const atMs = Math.max(event.atMs, Math.min(event.atMs + i * days * DAY_MS, most));
    return { ...event, atMs, amount: (event.amount ?? 0) / PARTS };
  });
  const createdMs = events[0]!.atMs;
  return {
    ...part(deal, i, 0, 0),
    ...{ createdMs, registeredMs: createdMs, closedMs: events.at(-1)!.atMs, events },
    activities: deal.activities.map((a) => ({ ...a, atMs: Math.max(createdMs, a.atMs) })),
    links: (deal.links ?? []).map((link) => ({ ...link, knownMs: createdMs })),
  };
}

describe('a sale cut into five of different customers', () => {
  const rest = atRest(channel(1));
  it.each([
    [0.5, 0.5],
    [2, 0],
    [0, 2],
    [2, 2],
  ])('entered %d and closed %d days apart', (entered, closed) => {
    const outcomes = rest.channel.partners.map((p) => play(rest, cut(p, entered, closed)));
    const row = rowOf('cut', outcomes, 'limits', null);
    expect(row.naiveGain).toBeGreaterThan(1);
    expect(row.scoreGain.mean).toBeLessThanOrEqual(0);
    expect(row.scoreGain.max).toBeLessThanOrEqual(4);
    expect(row.places.max).toBeLessThanOrEqual(2);
    expect(row.forecastRatio).toBeLessThanOrEqual(1);
  });

  it('wins alone, entered ten days apart', () => {
    const outcomes = rest.channel.partners.map((p) =>
      play(
        rest,
        cut(p, 10, 0, (deal) => !isWon(deal)),
      ),
    );
    const row = rowOf('cut', outcomes, 'limits', null);
    expect(row.naiveGain).toBeGreaterThan(1);
    expect(row.scoreGain.mean).toBeLessThanOrEqual(1);
    expect(row.scoreGain.max).toBeLessThanOrEqual(3);
    expect(row.places.max).toBeLessThanOrEqual(2);
    expect(row.forecastRatio).toBeLessThanOrEqual(1.1);
  });

  it.each([3, 7])('wins alone, with every step %d days apart', (days) => {
    const outcomes = rest.channel.partners.map((p) =>
      play(
        rest,
        withDeals(
          p,
          p.deals.flatMap((deal) =>
            isWon(deal)
              ? Array.from({ length: PARTS }, (_, i) =>
                  laterPart(deal, i, days, rest.context.asOfMs),
                )
              : [deal],
          ),
        ),
      ),
    );
    const row = rowOf('cut', outcomes, 'limits', null);
    expect(row.naiveGain).toBeGreaterThan(1);
    expect(row.scoreGain.mean).toBeLessThanOrEqual(1);
    expect(row.scoreGain.max).toBeLessThanOrEqual(7);
    expect(row.places.max).toBeLessThanOrEqual(2);
    expect(row.forecastRatio).toBeLessThanOrEqual(1.2);
  });
});
