import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listIssues } from '../../../src/store/issues.ts';
import { day, openSmall, type Small } from './small.ts';

/** Every field of the deal and its partner that a person types a word into holds one odd word. */
const MAPPING = `
version: 1
crm: csv
settings: { kpis: { odd: { label: Odd, unit: count, of: deal, measure: count } } }
stages:
  - { key: Open, order: 1, closed: false, won: false }
  - { key: constructor, order: 2, closed: false, won: false }
  - { key: __proto__, order: 3, closed: false, won: false }
  - { key: Won, order: 4, closed: true, won: true }
  - { key: Lost, order: 5, closed: true, won: false }
entities:
  partner: { object: partners, fields: { name: name, type: type, tier: type, region: type } }
  deal:
    object: deals
    fields: { name: name, partnerId: partner_id, stage: stage, amount: amount, currency: currency, createdAt: created_at, closed: over, won: success, product: product, source: product, competitor: product }
  dealEvent: { object: events, optional: true, fields: { dealId: deal_id, at: at, stage: stage } }
  cost: { object: costs, optional: true, fields: { partnerId: partner_id, kind: kind, amount: amount, at: at } }
write: []
`;

let small: Small;
beforeEach(async () => {
  small = await openSmall();
});
afterEach(async () => await small.close());

/** Deals that stand in `stage` now or were lost from it, of a partner of type `word`. */
async function world(word: string, deals: string[]): Promise<void> {
  await small.put('partners.csv', ['id,name,type', `${word},Nord,${word}`, 'p2,Ost,reseller']);
  await small.put('costs.csv', [
    'id,partner_id,kind,amount,at',
    `1,${word},${word},50,${day(20).slice(0, 10)}`,
  ]);
  const closed = Array.from({ length: 20 }, (_, n) => {
    const won = n % 2 === 0;
    return `k${n},K${n},${n % 3 === 0 ? word : 'p2'},${won ? 'Won' : 'Lost'},1000,USD,${day(300 - n)},true,${won},${word}`;
  });
  await small.put('deals.csv', [
    'id,name,partner_id,stage,amount,currency,created_at,over,success,product',
    ...closed,
    ...deals,
  ]);
  await small.put('events.csv', [
    'id,deal_id,at,stage',
    ...closed.flatMap((_, n) => [
      `a${n},k${n},${day(290 - n)},${word}`,
      `b${n},k${n},${day(200 - n)},${n % 2 === 0 ? 'Won' : 'Lost'}`,
    ]),
  ]);
}

describe('a word that JavaScript has a meaning for', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s as id, stage, type, product and kind is a word like any other',
    async (word) => {
      const open = `o1,Open,${word},${word},500,USD,${day(30)},false,false,${word}`;
      await world(word, [open]);
      const { summary } = await small.sync(MAPPING);
      expect(summary.failure).toBeNull();
      expect([summary.partners, summary.deals]).toEqual([2, 1]);
      expect(summary.credit?.differences).toEqual([]);
      const { won } = Object.entries(summary.credit!.totals.product).find(
        ([of]) => of === word,
      )![1];
      expect(won).toBe(1_000_000);
      // Nothing was added to what every object inherits.
      expect(Object.keys(Object.getPrototypeOf({}) as object)).toEqual([]);
      expect(({} as Record<string, unknown>)['left'] ?? null).toBeNull();
    },
  );
});

describe('money', () => {
  it('in a currency that is spelt in another letter case is in that currency', async () => {
    await world('p1', [`o1,Open,p1,Open,500,usd,${day(30)},false,false,x`]);
    const { summary } = await small.sync(MAPPING);
    expect(summary.noRate).toEqual([]);
  });

  it('beyond what any CRM holds is refused with id, field and value, and no forecast is made of it', async () => {
    await world('p1', [
      `o1,Open,p1,Open,500,USD,${day(30)},false,false,x`,
      `o2,Stuck key,p1,Open,99999999999999999999,USD,${day(30)},false,false,x`,
      `o3,Float,p1,Open,1e300,USD,${day(30)},false,false,x`,
    ]);
    const { summary } = await small.sync(MAPPING);
    expect(summary.deals).toBe(1);
    const issues = (await listIssues(small.store, 'files', 10)).filter(
      ({ field }) => field === 'amount',
    );
    expect(issues.map(({ field }) => field)).toEqual(['amount', 'amount']);
    expect(issues.map(({ message }) => message).join()).toMatch(/"1e300" is more money/);
  });
});
