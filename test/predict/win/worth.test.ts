import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerFacts } from '../../../src/model/facts.ts';
import { addDeal, finishPool, startPool, type PoolModel } from '../../../src/predict/index.ts';
import { dealsAt } from '../../../src/predict/deal/deals-at.ts';
import { arrivalRate } from '../../../src/predict/forecast/arrival-rate.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { partnerEffect } from '../../../src/predict/win/partner-effect.ts';
import { AS_OF, contextAt } from '../../properties/world.ts';
import { channel } from '../../attacks/world.ts';

const context = contextAt();
const world = channel(1);

function poolOf(own: PartnerFacts): PoolModel {
  const fit = startPool(context);
  for (const partner of world.partners)
    for (const deal of partner.id === own.id ? own.deals : partner.deals) addDeal(fit, deal);
  for (const deal of world.direct) addDeal(fit, deal);
  return finishPool(fit);
}

/** How often it sells and at which odds, beside the pool that it is part of: in money a day. */
function pace(partner: PartnerFacts): number {
  const pool = poolOf(partner);
  const states = dealsAt(partner.deals, context);
  const { effect } = partnerEffect(states, pool);
  return arrivalRate(states, AS_OF - 730 * DAY_MS, pool, effect).perDay * pool.amounts.mean;
}

/** So many equal parts of other customers, each a month before the one that was entered first. */
const cut = (deal: DealFacts, parts: number): DealFacts[] =>
  Array.from({ length: parts }, (_, i) => {
    const moved = (atMs: number): number => atMs - 30 * i * DAY_MS;
    const share = (amount: number | null): number | null => amount && amount / parts;
    return {
      ...deal,
      id: `${deal.id}/${i}`,
      accountId: `${deal.accountId}/${i}`,
      createdMs: moved(deal.createdMs),
      registeredMs: moved(deal.createdMs),
      closedMs: deal.closedMs && moved(deal.closedMs),
      amount: share(deal.amount),
      events: deal.events.map((e) => ({ ...e, atMs: moved(e.atMs), amount: share(e.amount) })),
      activities: deal.activities.map((a) => ({ ...a, atMs: moved(a.atMs) })),
      quotes: (deal.quotes ?? []).map((q) => ({ ...q, atMs: moved(q.atMs) })),
      links: (deal.links ?? []).map((l) => ({ ...l, knownMs: moved(l.knownMs) })),
    };
  });
const cutWins = (partner: PartnerFacts, parts: number): PartnerFacts => ({
  ...partner,
  deals: partner.deals.flatMap((d) => (d.stage === 'Closed Won' ? cut(d, parts) : [d])),
});
const resized = (partner: PartnerFacts, factor: number): PartnerFacts => ({
  ...partner,
  deals: partner.deals.map((deal) => ({
    ...deal,
    amount: deal.amount && deal.amount * factor,
    events: deal.events.map((e) => ({ ...e, amount: e.amount && e.amount * factor })),
  })),
});

describe('deals count for what they are worth', () => {
  const sellers = world.partners.filter((p) => p.deals.some((d) => d.stage === 'Closed Won'));

  // A pool is fitted for each, so none is asked for twice.
  const whole = sellers.map(pace);
  const total = (paces: readonly number[]): number => paces.reduce((sum, one) => sum + one, 0);

  it.each([2, 5])('wins cut into %d parts sell no more often', (parts) => {
    const inParts = sellers.map((partner) => pace(cutWins(partner, parts)));
    for (const [i, partner] of sellers.entries())
      expect(inParts[i], partner.id).toBeLessThan(1.25 * whole[i]!);
    expect(total(inParts)).toBeLessThan(1.05 * total(whole));
  });

  it('odds are those of a partner whose deals are all a third as large', () => {
    for (const partner of sellers) {
      const rate = (p: PartnerFacts): number =>
        partnerEffect(dealsAt(p.deals, context), poolOf(p)).rate;
      expect(Math.abs(rate(resized(partner, 1 / 3)) - rate(partner)), partner.id).toBeLessThan(
        0.05,
      );
    }
  });

  it('a loss that was entered at next to nothing is a loss', () => {
    const low = (partner: PartnerFacts): PartnerFacts => ({
      ...partner,
      deals: partner.deals.map((d) =>
        d.stage === 'Closed Won'
          ? d
          : { ...d, amount: 1, events: d.events.map((e) => ({ ...e, amount: 1 })) },
      ),
    });
    for (const partner of sellers) {
      const { rate } = partnerEffect(dealsAt(low(partner).deals, context), poolOf(partner));
      expect(rate, partner.id).toBeLessThan(0.75);
    }
  });

  it('open deals of other partners look no better for wins that one of them cut', () => {
    const [before, after] = [poolOf(sellers[0]!), poolOf(cutWins(sellers[0]!, 5))];
    const chances = ({ stages, pool }: PoolModel): number[] => [
      pool.win[13]!,
      ...['Registered', 'Qualified', 'Proposal', 'Negotiation'].map(
        (stage) => stages[stage]!.curve.win[13]!,
      ),
    ];
    const was = chances(before);
    chances(after).forEach((chance, i) =>
      expect(chance, String(i)).toBeLessThan(was[i]! + 0.2 * (1 - was[i]!) * was[i]!),
    );
  });
});
