import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRow } from '../../src/model/connector.ts';
import { ENTITIES } from '../../src/model/entities.ts';
import { readCursor, saveCursor } from '../../src/store/cursors.ts';
import { dealPage, partnerPage } from '../../src/store/facts.ts';
import {
  intentPage,
  nextIntents,
  placeOf,
  saveIntents,
  type Intent,
} from '../../src/store/intents.ts';
import { inJson, upsertRows } from '../../src/store/json-batch.ts';
import { linkDeals, type Linking } from '../../src/store/link-deals.ts';
import { dealsWithoutRate, otherMoneyWithoutRate } from '../../src/store/rates.ts';
import { countLocal, localRows, rowHashes, saveLocal, saveMapped } from '../../src/store/rows.ts';
import { pruneHistory } from '../../src/store/prune.ts';
import { saveModel } from '../../src/store/results.ts';
import { saveRun, saveStep } from '../../src/store/runs.ts';
import {
  cursors,
  deals,
  ENTITY_TABLES,
  models,
  partnerScores,
  runSteps,
  writeIntents,
} from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { mapped } from './open.ts';

const crmRow = (
  id: string,
  stampMs: number,
  fields: CrmRow['fields'],
  change: Partial<CrmRow> = {},
): CrmRow => ({
  object: 'Thing',
  id,
  fields,
  stampMs,
  deleted: false,
  mergedIntoId: null,
  ...change,
});

const MONEY = { reportingCurrency: 'USD', asOfMs: Date.parse('2026-11-16T09:00:00Z') };

/** As after a change of the mapping's rules. */
const link = async (store: Store, rules: Linking['rules']): Promise<void> => {
  await linkDeals(store, 'c', { rules, money: MONEY, version: JSON.stringify(rules) });
};

/** The store's contract, the same for every driver. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  describe(`store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const run = async (...statements: ReturnType<typeof saveMapped>[]): Promise<void> =>
      await store.batch(statements.flat());

    it('has a column for every entity field, and the other way round', () => {
      const own = new Set([
        'connectionId',
        'object',
        'id',
        'stampMs',
        'seenMs',
        'deleted',
        'resolvedPartnerId',
        'resolvedVia',
        'rate',
        'rateOn',
        'linked',
        'resolvedSide',
        'enableRLS',
      ]);
      for (const [entity, shape] of Object.entries(ENTITIES)) {
        const columns = Object.keys(ENTITY_TABLES[entity as keyof typeof ENTITY_TABLES]).filter(
          (column) => !own.has(column),
        );
        expect(columns.sort(), entity).toEqual(Object.keys(shape.fields).sort());
      }
    });

    it('keeps hostile text, large text and nulls as they are', async () => {
      const text = `"'\\;--%_[]{}\u0000\u{1F600}\n=HYPERLINK("x")${'é'.repeat(131_072)}`;
      await run(
        saveLocal(
          store,
          'c',
          [{ row: crmRow('1', 5, { a: text, b: null, c: 1.5, d: true, e: '007' }), hash: 'h' }],
          'm1',
          9,
        ),
      );
      expect((await localRows(store, 'c', 'Thing', ['1'])).get('1')?.fields).toEqual({
        a: text,
        b: null,
        c: 1.5,
        d: true,
        e: '007',
      });
    });

    it('takes thousands of rows with few statements and reads thousands of ids with one parameter', async () => {
      const rows = Array.from({ length: 5000 }, (_, i) => ({
        row: crmRow(`r${i}`, i, { a: 'x'.repeat(500) }),
        hash: `h${i}`,
      }));
      const statements = saveLocal(store, 'c', rows, 'm1', 1);
      expect(statements.length).toBeLessThan(10);
      await store.batch(statements);
      expect(await countLocal(store, 'c', 'Thing', 0, 5000)).toBe(5000);
      expect(
        (
          await rowHashes(
            store,
            'c',
            'Thing',
            rows.map(({ row }) => row.id),
          )
        ).size,
      ).toBe(5000);
    });

    it('never lets an older row replace a newer one', async () => {
      await run(
        saveLocal(store, 'c', [{ row: crmRow('1', 10, { a: 'new' }), hash: 'n' }], 'm', 1),
        saveMapped(store, 'c', [mapped('partner', 'p', { name: 'New' }, { stampMs: 10 })], 1),
      );
      await run(
        saveLocal(store, 'c', [{ row: crmRow('1', 9, { a: 'old' }), hash: 'o' }], 'm', 2),
        saveMapped(store, 'c', [mapped('partner', 'p', { name: 'Old' }, { stampMs: 9 })], 2),
      );
      expect((await localRows(store, 'c', 'Thing', ['1'])).get('1')?.fields['a']).toBe('new');
      expect((await partnerPage(store, 'c', '', 10, MONEY))[0]?.name).toBe('New');
    });

    it('writes a batch whole or not at all', async () => {
      const bad = upsertRows(store, deals, [
        { connectionId: 'c', object: 'Thing', id: 'd', name: null },
      ]);
      const cursor = {
        object: 'Thing',
        throughMs: 5,
        verifiedMs: null,
        deletesMs: null,
        fullMs: null,
        associationsMs: null,
        calculatedMs: null,
        pausedMs: null,
        passFromMs: null,
        passUntilMs: null,
        passNext: null,
        shape: '',
        fields: [],
      };
      await expect(store.batch([...saveCursor(store, 'c', cursor), ...bad])).rejects.toThrow();
      expect((await readCursor(store, 'c', 'Thing')).throughMs).toBeNull();
      expect(await store.db.select().from(cursors)).toEqual([]);
    });

    it('keeps what a tombstoned row was, and brings it back on an undelete', async () => {
      await run(saveMapped(store, 'c', [mapped('partner', 'p', { name: 'Acme' })], 1));
      await run(
        saveMapped(store, 'c', [mapped('partner', 'p', {}, { deleted: true, stampMs: 1001 })], 2),
      );
      expect(await partnerPage(store, 'c', '', 10, MONEY)).toEqual([]);
      await run(
        saveMapped(store, 'c', [mapped('partner', 'p', { name: 'Acme' }, { stampMs: 1002 })], 3),
      );
      expect((await partnerPage(store, 'c', '', 10, MONEY)).map((partner) => partner.name)).toEqual(
        ['Acme'],
      );
    });

    it('finds the partner of a deal by the first rule that finds one, through merges', async () => {
      await run(
        saveMapped(
          store,
          'c',
          [
            mapped('partner', 'pa', { name: 'A' }),
            mapped('partner', 'pb', { name: 'B' }),
            mapped('partner', 'gone', { name: 'Loser' }, { deleted: true, mergedIntoId: 'pb' }),
            mapped('deal', 'd1', { name: 'by field', stage: 's', createdAt: 1, partnerId: 'pa' }),
            mapped('deal', 'd2', { name: 'by role', stage: 's', createdAt: 1 }),
            mapped('dealPartner', 'r1', { dealId: 'd2', partnerId: 'pb', role: 'Reseller' }),
            mapped('deal', 'd3', {
              name: 'by merged',
              stage: 's',
              createdAt: 1,
              partnerId: 'gone',
            }),
            mapped('deal', 'd4', {
              name: 'not a partner',
              stage: 's',
              createdAt: 1,
              partnerId: 'customer',
            }),
            mapped('deal', 'd5', {
              name: 'by parent of what its account was merged into',
              stage: 's',
              createdAt: 1,
              accountId: 'lost',
            }),
            mapped('account', 'acc', { name: 'Customer', parentId: 'pa' }),
            mapped('account', 'lost', { name: 'Double' }, { deleted: true, mergedIntoId: 'acc' }),
            mapped('deal', 'd6', {
              name: 'by campaign',
              stage: 's',
              createdAt: 1,
              campaignId: 'camp',
            }),
            mapped('campaign', 'camp', { name: 'Camp', partnerId: 'pb' }),
          ],
          1,
        ),
      );
      await link(store, [
        { by: 'field' },
        { by: 'role' },
        { by: 'campaign' },
        { by: 'accountParent' },
      ]);
      const found = await store.db
        .select({ id: deals.id, partner: deals.resolvedPartnerId, via: deals.resolvedVia })
        .from(deals)
        .orderBy(deals.id);
      expect(found.map((row) => [row.id, row.partner, row.via])).toEqual([
        ['d1', 'pa', 'field'],
        ['d2', 'pb', 'role'],
        ['d3', 'pb', 'field'],
        ['d4', null, null],
        ['d5', 'pa', 'accountParent'],
        ['d6', 'pb', 'campaign'],
      ]);
      await link(store, [{ by: 'role', roles: ['Distributor'] }]);
      expect(
        await store.db
          .select({ id: deals.id })
          .from(deals)
          .where(sql`${deals.resolvedPartnerId} is not null`),
      ).toEqual([]);
    });

    it('turns amounts into the reporting currency by the rate of the close date, and says which it cannot', async () => {
      const deal = (id: string, currency: string | null, closeDate: string) =>
        mapped('deal', id, {
          name: id,
          stage: 's',
          createdAt: 1,
          amount: 100,
          currency,
          closeDate,
        });
      await run(
        saveMapped(
          store,
          'c',
          [
            mapped('rate', 'e1', { code: 'EUR', perReporting: 0.8, startOn: '2025-01-01' }),
            mapped('rate', 'e2', { code: 'EUR', perReporting: 0.5, startOn: '2026-01-01' }),
            deal('d1', 'EUR', '2025-06-01'),
            deal('d2', 'EUR', '2026-06-01'),
            deal('d3', 'USD', '2026-06-01'),
            deal('d4', null, '2026-06-01'),
            deal('d5', 'XTS', '2026-06-01'),
          ],
          1,
        ),
      );
      await link(store, []);
      expect((await dealPage(store, 'c', '', 10, true)).map((fact) => fact.amount)).toEqual([
        125,
        200,
        100,
        100,
        null,
      ]);
      expect(await dealsWithoutRate(store, 'c')).toEqual([{ currency: 'XTS', deals: 1 }]);
    });

    it('knows no rate that starts after its moment, and never counts foreign money one to one', async () => {
      const deal = (id: string, currency: string, closeDate: string) =>
        mapped('deal', id, {
          name: id,
          stage: 's',
          createdAt: 1,
          amount: 100,
          currency,
          closeDate,
        });
      const cost = (id: string, currency: string | null, at: string) =>
        mapped('cost', id, { partnerId: 'p1', kind: 'fund', amount: 100, currency, at });
      await run(
        saveMapped(
          store,
          'c',
          [
            mapped('partner', 'p1', { name: 'One' }),
            mapped('rate', 'e1', { code: 'EUR', perReporting: 0.8, startOn: '2026-01-01' }),
            mapped('rate', 'e2', { code: 'EUR', perReporting: 0.5, startOn: '2027-01-01' }),
            mapped('rate', 'e3', { code: 'GBP', perReporting: 0.4, startOn: '2027-01-01' }),
            deal('d1', 'EUR', '2027-03-01'),
            deal('d2', 'GBP', '2027-03-01'),
            cost('k1', 'EUR', '2026-02-01'),
            cost('k2', 'EUR', '2025-02-01'),
            cost('k3', 'XTS', '2026-02-01'),
            cost('k4', null, '2026-02-01'),
            cost('k5', 'USD', '2026-02-01'),
            mapped('registration', 'r1', {
              partnerId: 'p1',
              submittedAt: Date.parse('2026-02-01'),
              amount: 40,
              currency: 'EUR',
            }),
            mapped('registration', 'r2', {
              partnerId: 'p1',
              submittedAt: Date.parse('2026-03-01'),
              amount: 40,
              currency: 'GBP',
            }),
          ],
          1,
        ),
      );
      await link(store, []);
      expect((await dealPage(store, 'c', '', 10, true)).map((fact) => fact.amount)).toEqual([
        125,
        null,
      ]);
      const [one] = await partnerPage(store, 'c', '', 1, MONEY);
      expect(one?.costs.map(({ at, amount }) => [at, amount])).toEqual([
        ['2025-02-01', null],
        ['2026-02-01', 125],
        ['2026-02-01', null],
        ['2026-02-01', 100],
        ['2026-02-01', 100],
      ]);
      expect(one?.registrations.map(({ amount }) => amount)).toEqual([50, null]);
      expect(await otherMoneyWithoutRate(store, 'c', MONEY)).toEqual([
        { entity: 'cost', currency: 'EUR', rows: 1 },
        { entity: 'cost', currency: 'XTS', rows: 1 },
        { entity: 'registration', currency: 'GBP', rows: 1 },
      ]);
    });

    it('gathers the facts of a page of partners, and only of that page', async () => {
      await run(
        saveMapped(
          store,
          'c',
          [
            mapped('partner', 'p1', { name: 'One' }),
            mapped('partner', 'p2', { name: 'Two' }),
            mapped('deal', 'd1', {
              name: 'Deal',
              stage: 'won',
              createdAt: 5,
              amount: 10,
              partnerId: 'p1',
            }),
            mapped('deal', 'd2', { name: 'Other', stage: 'open', createdAt: 6, partnerId: 'p2' }),
            mapped('dealEvent', 'h2', { dealId: 'd1', at: 20, stage: 'won', amount: 10 }),
            mapped('dealEvent', 'h1', { dealId: 'd1', at: 5, stage: 'open', amount: 8 }),
            mapped('activity', 'a1', { dealId: 'd1', kind: 'call', at: 7, qualifying: true }),
            mapped('plan', 'pl', {
              partnerId: 'p1',
              name: 'Plan',
              startOn: '2026-01-01',
              endOn: '2026-12-31',
            }),
            mapped('target', 't1', { planId: 'pl', side: 'Vendor', metric: 'won_amount', goal: 5 }),
            mapped('cost', 'k1', { partnerId: 'p1', kind: 'fund', amount: 3, at: '2026-02-01' }),
            mapped('signal', 's1', { partnerId: 'p1', kind: 'portal login', at: 9 }),
          ],
          1,
        ),
      );
      await link(store, [{ by: 'field' }]);
      const [one] = await partnerPage(store, 'c', '', 1, MONEY);
      expect(one?.name).toBe('One');
      expect(one?.deals.map((deal) => deal.id)).toEqual(['d1']);
      expect(one?.deals[0]?.events.map((event) => event.stage)).toEqual(['open', 'won']);
      expect(one?.deals[0]?.activities).toMatchObject([
        { atMs: 7, kind: 'call', qualifying: true },
      ]);
      expect(one?.plans[0]?.targets[0]).toMatchObject({
        side: 'vendor',
        metric: 'won_amount',
        goal: 5,
        weight: 1,
      });
      expect([one?.costs.length, one?.signals[0]?.value]).toEqual([1, 1]);
      expect((await partnerPage(store, 'c', 'p1', 5, MONEY)).map((partner) => partner.id)).toEqual([
        'p2',
      ]);
    });

    it('hands out intents of whole records', async () => {
      const intent = (recordId: string, field: string): Intent => ({
        runId: 'r',
        connectionId: 'c',
        object: 'Thing',
        recordId,
        field,
        oldValue: null,
        newValue: 1,
        state: 'planned',
        reason: null,
        atMs: 1,
      });
      await run(
        saveIntents(store, [
          intent('b', 'x'),
          intent('a', 'x'),
          intent('a', 'y'),
          intent('c', 'x'),
        ]),
      );
      expect(
        (await nextIntents(store, 'r', 'Thing', 'planned', 2)).map(
          (one) => `${one.recordId}${one.field}`,
        ),
      ).toEqual(['ax', 'ay', 'bx']);
    });

    it('pages through intents in order, whatever is in their names', async () => {
      const intent = (object: string, recordId: string, field: string): Intent => ({
        runId: 'r',
        connectionId: 'c',
        object,
        recordId,
        field,
        oldValue: null,
        newValue: 1,
        state: 'planned',
        reason: null,
        atMs: 1,
      });
      const all = [
        intent('Thing', '1', 'a'),
        intent('Thing', '1', 'b'),
        intent('Thing', '1\u0000', 'a'),
        intent('Thing', '10', 'a'),
        intent('Thing', '2', 'a'),
        intent('Thing2', '1', 'a'),
      ];
      await run(
        saveIntents(store, all.toReversed()),
        saveIntents(store, [{ ...intent('Thing', '15', 'a'), state: 'done' }]),
      );
      const seen: Intent[] = [];
      for (
        let page = await intentPage(store, 'r', 'planned', null, 2);
        page.length > 0;
        page = await intentPage(store, 'r', 'planned', placeOf(page.at(-1)!), 2)
      )
        seen.push(...page);
      expect(seen).toEqual(all);
    });

    it('thins out the history of scores, keeps what can be undone for half a year, and drops nothing that is open', async () => {
      const DAY_MS = 86_400_000;
      const now = Date.parse('2026-11-16T12:00:00Z');
      const ages: Record<string, number> = {
        fresh: 0.1,
        early: 1.2,
        late: 1.1,
        day9a: 9.3,
        day9b: 9,
        june: 150,
        may1: 190,
        may2: 185,
        open: 400,
        feb: 270,
        feb2: 271,
      };
      for (const [id, age] of Object.entries(ages)) {
        await saveRun(store, {
          id,
          connectionId: 'c',
          kind: 'sync',
          state: 'done',
          dryRun: false,
          full: false,
          startedMs: now - age * DAY_MS,
          asOfMs: null,
          endedMs: null,
          mapping: null,
          model: `m-${id}`,
          calls: 0,
          error: null,
          resumeAtMs: null,
          undoes: null,
          flow: null,
          summary: null,
        });
        await saveStep(store, {
          runId: id,
          seq: 0,
          name: 'connect',
          state: 'done',
          startedMs: 1,
          endedMs: 2,
          calls: 0,
          result: null,
        });
        await run(
          saveModel(store, 'c', `m-${id}`, now - age * DAY_MS, {}),
          upsertRows(store, partnerScores, [
            {
              connectionId: 'c',
              runId: id,
              object: 'Thing',
              partnerId: 'p',
              asOfMs: now - age * DAY_MS,
              score: 1,
              low: 1,
              high: 1,
              evidence: 1,
              model: 'm',
              detail: '{}',
            },
          ]),
          saveIntents(store, [
            {
              runId: id,
              connectionId: 'c',
              object: 'Thing',
              recordId: '1',
              field: 'f',
              oldValue: null,
              newValue: 1,
              state: id === 'open' ? 'sent' : 'done',
              reason: null,
              atMs: 1,
            },
          ]),
        );
      }
      expect((await pruneHistory(store, 'c', now)).runs).toBeGreaterThan(0);
      const left = async (
        table: typeof partnerScores | typeof writeIntents | typeof runSteps,
      ): Promise<string[]> =>
        (await store.db.select({ id: table.runId }).from(table)).map((row) => row.id).sort();
      expect(await left(partnerScores)).toEqual([
        'day9b',
        'early',
        'feb',
        'fresh',
        'june',
        'late',
        'may2',
        'open',
      ]);
      expect(
        (await store.db.select({ id: models.version }).from(models))
          .map((row) => row.id.slice(2))
          .sort(),
      ).toEqual(await left(partnerScores));
      expect(await left(runSteps)).toEqual(['day9a', 'day9b', 'early', 'fresh', 'late']);
      // What was dropped of `may1` and `feb2` is over half a year old, and another
      // run stands for their month.
      expect(await left(writeIntents)).toEqual([
        'day9a',
        'day9b',
        'early',
        'feb',
        'fresh',
        'june',
        'late',
        'may2',
        'open',
      ]);
      expect((await pruneHistory(store, 'c', now)).runs).toBe(0);
      expect((await pruneHistory(store, 'other', now)).runs).toBe(0);
    });

    it('keeps connections apart', async () => {
      await run(
        saveMapped(store, 'c1', [mapped('partner', 'p', { name: 'One' })], 1),
        saveMapped(store, 'c2', [mapped('partner', 'p', { name: 'Two' })], 1),
      );
      expect(
        (await partnerPage(store, 'c2', '', 10, MONEY)).map((partner) => partner.name),
      ).toEqual(['Two']);
    });

    it('matches no id with an empty list', async () => {
      expect(
        await store.db
          .select()
          .from(deals)
          .where(sql`${deals.id} in ${inJson([])}`),
      ).toEqual([]);
    });
  });
}
