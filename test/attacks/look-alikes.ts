/** Honest growth that looks like a sale cut into parts, or like rows that a machine wrote. */
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { realDeal, type Random } from './world.ts';

/** What an honest partner wins more; `size` = what it usually wins. */
export interface Growth {
  name: string;
  deals(partner: PartnerFacts, asOfMs: number, r: Random, size: number): DealFacts[];
}

const OFTEN = 0.45;
const SALES = 5;

interface Sold {
  id: string;
  daysAgo: number;
  size: number;
  customer?: string;
  product?: string;
}
const sold = (partner: PartnerFacts, asOfMs: number, r: Random, spec: Sold): DealFacts => {
  const { id, daysAgo, size, customer, product = null } = spec;
  const deal = realDeal(
    `${partner.id}-${id}`,
    partner.id,
    asOfMs - daysAgo * DAY_MS,
    OFTEN,
    size,
    r,
  );
  return { ...deal, product, accountId: customer ?? deal.accountId };
};
const each = (make: (i: number) => DealFacts[]): DealFacts[] =>
  Array.from({ length: SALES }, (_, i) => make(i)).flat();

/** Every change at the next Monday 06:00 UTC, when the integration writes all that is new. */
const inBatches = (deal: DealFacts, asOfMs: number): DealFacts => {
  const batch = (ms: number): number =>
    Math.min(asOfMs, (Math.floor((ms / DAY_MS - 4.25) / 7) + 1) * 7 * DAY_MS + 4.25 * DAY_MS);
  const events = deal.events.map((event, i) =>
    i === 0 ? event : { ...event, atMs: batch(event.atMs), by: 'vendor' as const },
  );
  const last = events.at(-1)!;
  return { ...deal, events, closedMs: deal.closedMs === null ? null : last.atMs };
};

export const LOOK_ALIKES: readonly Growth[] = [
  {
    name: 'control: two products sold to each customer',
    deals: (partner, asOfMs, r, size) =>
      each((i) => {
        const daysAgo = 65 + r() * 125;
        const customer = `${partner.id}-both-${i}`;
        const one = (product: string, later: number): DealFacts =>
          sold(partner, asOfMs, r, {
            ...{ id: `both-${i}-${product}`, daysAgo: daysAgo - later, size, customer, product },
          });
        return [one('suite', 0), one('support', 4)];
      }),
  },
  {
    name: 'control: a second purchase half a year later',
    deals: (partner, asOfMs, r, size) =>
      each((i) => {
        const daysAgo = 250 + r() * 110;
        const customer = `${partner.id}-again-${i}`;
        const one = (n: number, ago: number): DealFacts =>
          sold(partner, asOfMs, r, { id: `again-${i}-${n}`, daysAgo: ago, size, customer });
        return [one(1, daysAgo), one(2, daysAgo - 182)];
      }),
  },
  {
    name: 'control: deals that an integration updates in bulk',
    deals: (partner, asOfMs, r, size) =>
      Array.from({ length: 2 * SALES }, (_, i) =>
        inBatches(
          sold(partner, asOfMs, r, { id: `bulk-${i}`, daysAgo: 60 + r() * 130, size }),
          asOfMs,
        ),
      ),
  },
  {
    name: 'control: real deals of which two wins have no amount',
    deals: (partner, asOfMs, r, size) => {
      let left = 2;
      return Array.from({ length: 2 * SALES }, (_, i) => {
        const deal = sold(partner, asOfMs, r, {
          ...{ id: `blank-${i}`, daysAgo: 60 + r() * 130, size },
        });
        if (deal.stage !== 'Closed Won' || left === 0) return deal;
        left--;
        const events = deal.events.map((event) => ({ ...event, amount: null }));
        return { ...deal, amount: null, events };
      });
    },
  },
];
