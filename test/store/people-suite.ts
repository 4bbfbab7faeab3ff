import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityName } from '../../src/model/entities.ts';
import type { DealPartnerRule } from '../../src/model/mapping.ts';
import { dealPage } from '../../src/store/facts.ts';
import { shortenRedirects } from '../../src/store/link.ts';
import { linkDeals } from '../../src/store/link-deals.ts';
import { saveMapped } from '../../src/store/rows.ts';
import type { Store } from '../../src/store/store.ts';
import { resolveSides } from '../../src/store/user-sides.ts';
import { mapped } from './open.ts';

const RULES: DealPartnerRule[] = [{ by: 'field' }, { by: 'role' }, { by: 'accountParent' }];
type Values = Parameters<typeof mapped>[2];

/** Who did what, and since when a partner is linked to a deal; the same for every driver. */
export function peopleSuite(name: string, open: () => Promise<Store>): void {
  describe(`people and links on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const save = async (...rows: [EntityName, string, Values][]): Promise<void> =>
      await store.batch(
        saveMapped(
          store,
          'c',
          rows.map(([entity, id, values]) => mapped(entity, id, values)),
          1,
        ),
      );
    const look = async (asOfMs: number, eyes = 'm1'): Promise<void> => {
      await store.batch([...shortenRedirects(store, 'c')]);
      const money = { reportingCurrency: 'USD', asOfMs };
      const { all } = await linkDeals(store, 'c', { rules: RULES, money, version: eyes });
      await store.batch(await resolveSides(store, 'c', all));
    };
    const deal = async (id: string) =>
      (await dealPage(store, 'c', '', 100, false)).find((one) => one.id === id)!;
    const links = async (id: string): Promise<unknown[]> =>
      (await deal(id)).links!.map((link) => [
        link.partnerId,
        link.via,
        link.since,
        link.knownMs,
        link.endedMs,
      ]);

    it('what stood at the first look counts from the creation, the rest from when it was seen', async () => {
      await save(
        ['partner', 'p1', { name: 'One' }],
        ['partner', 'p2', { name: 'Two' }],
        ['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p1' }],
        ['deal', 'd2', { name: 'B', stage: 'won', createdAt: 6 }],
      );
      await look(100);
      expect(await links('d1')).toEqual([['p1', 'field', 'created', 5, null]]);
      expect(await links('d2')).toEqual([]);
      await save(
        ['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p2' }],
        ['deal', 'd2', { name: 'B', stage: 'won', createdAt: 6, partnerId: 'p2' }],
        ['deal', 'd3', { name: 'C', stage: 'open', createdAt: 150, partnerId: 'p2' }],
      );
      await look(200);
      await look(300);
      expect(await links('d1')).toEqual([
        ['p1', 'field', 'created', 5, 200],
        ['p2', 'field', 'seen', 200, null],
      ]);
      expect(await links('d2')).toEqual([['p2', 'field', 'seen', 200, null]]);
      expect(await links('d3')).toEqual([['p2', 'field', 'created', 150, null]]);
    });

    it('a link that is deleted and made again counts from the second time', async () => {
      const named = { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p1' };
      await save(['partner', 'p1', { name: 'One' }], ['deal', 'd1', named]);
      await look(100);
      await save(['deal', 'd1', { ...named, partnerId: null }]);
      await look(200);
      await save(['deal', 'd1', named]);
      await look(300);
      expect(await links('d1')).toEqual([
        ['p1', 'field', 'created', 5, 200],
        ['p1', 'field', 'seen', 300, null],
      ]);
    });

    it("a role counts from the CRM's stamp, never from one older than the time before", async () => {
      const role = { dealId: 'd1', partnerId: 'p1', role: 'Reseller', primary: false };
      await save(
        ['partner', 'p1', { name: 'One' }],
        ['deal', 'd1', { name: 'A', stage: 'open', createdAt: 5 }],
        ['dealPartner', 'r1', { ...role, createdAt: 50 }],
      );
      await look(100);
      expect(await links('d1')).toEqual([['p1', 'role', 'crm', 50, null]]);
      await save(['dealPartner', 'r1', { ...role, primary: true, createdAt: 50 }]);
      await look(200);
      expect(await links('d1')).toEqual([
        ['p1', 'role', 'crm', 50, 200],
        ['p1', 'role', 'seen', 200, null],
      ]);
    });

    it('a parent set on old customers counts from the day on which it was set', async () => {
      await save(
        ['partner', 'p1', { name: 'One' }],
        ['account', 'a1', { name: 'Customer' }],
        ['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, accountId: 'a1' }],
      );
      await look(100);
      await save(['account', 'a1', { name: 'Customer', parentId: 'p1' }]);
      await look(200);
      expect(await links('d1')).toEqual([['p1', 'accountParent', 'seen', 200, null]]);
    });

    it('a mapping that sees more takes what it sees for what stood', async () => {
      await save(
        ['partner', 'p1', { name: 'One' }],
        ['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5 }],
      );
      await look(100);
      await save(['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p1' }]);
      await look(200, 'm2');
      expect(await links('d1')).toEqual([['p1', 'field', 'created', 5, null]]);
    });

    it('a merge of partners moves the link and its time to the survivor', async () => {
      await save(
        ['partner', 'p1', { name: 'One' }],
        ['partner', 'p2', { name: 'Two' }],
        ['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p1' }],
      );
      await look(100);
      const loser = mapped('partner', 'p1', { name: 'One' });
      await store.batch(
        saveMapped(store, 'c', [{ ...loser, deleted: true, mergedIntoId: 'p2' }], 1),
      );
      await save(['deal', 'd1', { name: 'A', stage: 'won', createdAt: 5, partnerId: 'p2' }]);
      await look(200);
      expect(await links('d1')).toEqual([['p2', 'field', 'created', 5, null]]);
    });

    it('says whose people did what', async () => {
      await save(
        ['partner', 'p1', { name: 'One', domain: 'https://www.one.example/en' }],
        ['account', 'a1', { name: 'Customer', industry: 'Retail' }],
        ['contact', 'c1', { name: 'Buyer', accountId: 'a1' }],
        ['contact', 'c2', { name: 'Seller', accountId: 'p1' }],
        ['user', 'u1', { name: 'Rep', side: 'vendor', loginId: '77' }],
        ['user', 'u2', { name: 'Portal', side: 'vendor', accountId: 'p1' }],
        ['user', 'u3', { name: 'Guest', side: 'vendor', email: 'x@mail.one.example' }],
        ['user', 'u4', { name: 'Robot', side: 'integration' }],
        ['user', 'u5', { name: 'Untyped' }],
        ['deal', 'd1', { name: 'A', stage: 'open', createdAt: 5, accountId: 'a1', amount: 9 }],
        ...['u1', 'u2', 'u3', 'u4', 'u5', 'gone'].map((byId, i): [EntityName, string, Values] => [
          'dealEvent',
          `e${i}`,
          { dealId: 'd1', at: 10 + i, stage: 'open', byId },
        ]),
        ['activity', 't1', { dealId: 'd1', kind: 'meeting', at: 7, byId: '77', contactId: 'c1' }],
        ['activity', 't2', { dealId: 'd1', kind: 'call', at: 8, byId: 'u2' }],
        ['attendee', 'x1', { activityId: 't1', contactId: 'c2' }],
        ['attendee', 'x2', { activityId: 't1', contactId: 'c1' }],
        ['quote', 'q1', { dealId: 'd1', state: 'Ordered', at: 20, amount: 8, byId: 'u1' }],
        ['task', 's1', { dealId: 'd1', createdAt: 6, dueOn: '1970-01-02' }],
        ['dealTeam', 'm1', { dealId: 'd1', userId: 'u1', role: 'Sales engineer', createdAt: 6 }],
      );
      await look(100);
      const one = await deal('d1');
      expect(one.events.map((event) => event.by)).toEqual([
        'vendor',
        'partner',
        'partner',
        null,
        null,
        null,
      ]);
      expect(one.activities).toMatchObject([
        { by: 'vendor', buyer: true, people: 2, partnerIds: ['p1'] },
        { by: 'partner', buyer: false, people: null, partnerIds: [] },
      ]);
      expect(one.quotes).toMatchObject([{ id: 'q1', state: 'ordered', amount: 8, by: 'vendor' }]);
      expect(one.tasks).toEqual([{ id: 's1', createdMs: 6, dueMs: 86_400_000, doneMs: null }]);
      expect(one.team).toEqual([
        { userId: 'u1', side: 'vendor', role: 'Sales engineer', sinceMs: 6 },
      ]);
      expect(one.industry).toBe('Retail');
    });
  });
}
