import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { client, make, NOW_MS, open, post, call } from './support.ts';
import { createRecord } from '../../../src/sandbox/hubspot/records/write.ts';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';

const SEARCH = '/crm/v3/objects/deals/search';
const filter = (propertyName: string, operator: string, value?: unknown, more: object = {}) => ({
  filterGroups: [
    { filters: [{ propertyName, operator, ...(value === undefined ? {} : { value }), ...more }] },
  ],
});
const ids = (body: unknown): string[] =>
  (body as { results: { id: string }[] }).results.map((one) => one.id);

/** Rows straight into the portal, all made in one millisecond. */
function fill(sandbox: HubSpotSandbox, count: number): void {
  const type = sandbox.portal.typeNamed('deals');
  const context = {
    atMs: NOW_MS,
    source: { sourceType: 'IMPORT' as const, sourceId: null, userId: null },
    loading: true,
  };
  for (let i = 0; i < count; i++)
    createRecord(sandbox.portal, type, { dealname: `Deal ${i}`, amount: String(i) }, context);
}

describe('search', async () => {
  const sandbox = await open();
  const made: Record<string, string> = {};
  for (const [name, amount, stage] of [
    ['Alpha Pumps', '10', 'closedwon'],
    ['Beta Valves', '9', 'qualifiedtobuy'],
    ['Gamma Pumps', '200', null],
  ] as const) {
    made[name] = await make(sandbox, 'deals', {
      dealname: name,
      amount,
      ...(stage === null ? {} : { dealstage: stage }),
    });
    sandbox.clock.advance(1);
  }
  const find = async (body: object) =>
    ids((await post(sandbox, SEARCH, { sorts: ['hs_object_id'], ...body })).body).map(
      (id) =>
        Object.entries(made)
          .find(([, one]) => one === id)?.[0]
          ?.split(' ')[0],
    );

  test('operators compare by type: numbers as numbers, text without case, times in ms or ISO', async () => {
    expect(await find(filter('amount', 'GT', '9.5'))).toEqual(['Alpha', 'Gamma']);
    expect(await find(filter('amount', 'BETWEEN', '9', { highValue: '10' }))).toEqual([
      'Alpha',
      'Beta',
    ]);
    expect(await find(filter('dealname', 'EQ', 'beta valves'))).toEqual(['Beta']);
    expect(await find(filter('dealname', 'CONTAINS_TOKEN', 'pump*'))).toEqual(['Alpha', 'Gamma']);
    expect(await find(filter('dealname', 'NOT_CONTAINS_TOKEN', 'pumps'))).toEqual(['Beta']);
    expect(await find(filter('dealstage', 'HAS_PROPERTY'))).toEqual(['Alpha', 'Beta']);
    expect(await find(filter('dealstage', 'NEQ', 'closedwon'))).toEqual(['Beta', 'Gamma']);
    expect(
      await find(filter('dealstage', 'IN', undefined, { values: ['closedwon', 'contractsent'] })),
    ).toEqual(['Alpha']);
    expect(await find(filter('dealname', 'IN', undefined, { values: ['Beta Valves'] }))).toEqual(
      [],
    );
    expect(await find(filter('dealname', 'IN', undefined, { values: ['beta valves'] }))).toEqual([
      'Beta',
    ]);
    expect(await find(filter('hs_lastmodifieddate', 'GTE', String(NOW_MS + 1)))).toEqual([
      'Beta',
      'Gamma',
    ]);
    expect(
      await find(filter('hs_lastmodifieddate', 'LT', new Date(NOW_MS + 1).toISOString())),
    ).toEqual(['Alpha']);
    expect(
      await find({
        filterGroups: [
          ...filter('amount', 'EQ', '10').filterGroups,
          ...filter('amount', 'EQ', '9').filterGroups,
        ],
      }),
    ).toEqual(['Alpha', 'Beta']);
    expect(await find({ query: 'gam' })).toEqual(['Gamma']);
  });

  test('sorts, pages by an integer offset, and says the total', async () => {
    const first = await client(sandbox).dealSearch.doSearch({
      filterGroups: [],
      sorts: ['-amount'],
      properties: ['amount'],
      limit: 2,
      after: '0',
    });
    expect([
      first.total,
      first.paging?.next?.after,
      first.results.map((one) => one.properties['amount']),
    ]).toEqual([3, '2', ['200', '10']]);
    expect((await post(sandbox, SEARCH, { ...filter('dealname', 'EQ', 'nobody') })).body).toEqual({
      total: 0,
      results: [],
    });
  });

  test('what is too much or makes no sense gets 400', async () => {
    const filters = (count: number) =>
      Array.from({ length: count }, () => ({ propertyName: 'amount', operator: 'GT', value: '1' }));
    const groups = (count: number, each: number) => ({
      filterGroups: Array.from({ length: count }, () => ({ filters: filters(each) })),
    });
    for (const body of [
      groups(6, 1),
      groups(1, 7),
      groups(5, 4),
      { limit: 201 },
      { after: 'x1' },
      { sorts: ['amount', 'dealname'] },
      { after: '9900', limit: 200 },
      filter('nonsense', 'EQ', '1'),
      filter('amount', 'LIKE', '1'),
      filter('amount', 'EQ', 'many'),
      filter('amount', 'IN'),
      { query: 'x'.repeat(3001) },
    ]) {
      expect((await post(sandbox, SEARCH, body)).status, JSON.stringify(body).slice(0, 80)).toBe(
        400,
      );
    }
    for (const body of [groups(5, 3), groups(3, 6), { limit: 200 }, { after: '9800', limit: 200 }])
      expect((await post(sandbox, SEARCH, body)).status).toBe(200);
  });
});

describe('search beyond its wall', () => {
  test('10,001 deals of one millisecond cannot be paged by offset, but are all reached by id', async () => {
    const sandbox = await open();
    fill(sandbox, 10_001);
    const last = await post(sandbox, SEARCH, {
      limit: 200,
      after: '9800',
      sorts: ['hs_lastmodifieddate'],
    });
    expect([last.body['total'], ids(last.body).length, last.body['paging']]).toEqual([
      10_001,
      200,
      undefined,
    ]);
    expect((await post(sandbox, SEARCH, { limit: 200, after: '10000' })).status).toBe(400);
    const seen = new Set<string>();
    for (let from = '0'; ; ) {
      const page = ids(
        (
          await post(sandbox, SEARCH, {
            ...filter('hs_object_id', 'GT', from),
            sorts: ['hs_object_id'],
            limit: 200,
          })
        ).body,
      );
      for (const id of page) seen.add(id);
      if (page.length === 0) break;
      from = page.at(-1) ?? '';
    }
    expect(seen.size).toBe(10_001);
  });
});

describe('the search index lags', () => {
  test('a write shows in reads at once and in search after the lag; the old values stay findable until then', async () => {
    const sandbox = await open({ switches: { searchLagMs: 30_000 } });
    const id = await make(sandbox, 'deals', { dealname: 'Late', amount: '1' });
    const total = async (amount: string) =>
      (await post(sandbox, SEARCH, filter('amount', 'EQ', amount))).body['total'];
    expect(await total('1')).toBe(0);
    sandbox.clock.advance(30_000);
    expect(await total('1')).toBe(1);
    await call(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, { properties: { amount: '2' } });
    expect([await total('1'), await total('2')]).toEqual([1, 0]);
    sandbox.clock.advance(29_999);
    expect([await total('1'), await total('2')]).toEqual([1, 0]);
    sandbox.clock.advance(1);
    expect([await total('1'), await total('2')]).toEqual([0, 1]);
    await call(sandbox, 'DELETE', `/crm/v3/objects/deals/${id}`);
    expect(await total('2')).toBe(1);
    sandbox.clock.advance(30_000);
    expect(await total('2')).toBe(0);
  });

  test('whatever the order of writes and lags, in the end search sees what the records are', async () => {
    const act = fc.record({
      deal: fc.nat(4),
      amount: fc.nat(9),
      lagMs: fc.constantFrom(0, 10, 500, 2000),
      waitMs: fc.nat(600),
      archive: fc.boolean(),
    });
    const sandbox = await open();
    const type = sandbox.portal.typeNamed('deals');
    const context = () => ({
      atMs: sandbox.clock.nowMs(),
      source: { sourceType: 'CRM_UI' as const, sourceId: null, userId: 1 },
    });
    const { updateRecord, archiveRecord, restoreRecord } = await import(
      '../../../src/sandbox/hubspot/records/write.ts'
    );
    const { runSearch } = await import('../../../src/sandbox/hubspot/search/search.ts');
    const deals = Array.from(
      { length: 5 },
      () => createRecord(sandbox.portal, type, { amount: '0' }, context()).id,
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        for (const { deal, amount, lagMs, waitMs, archive } of acts) {
          sandbox.vendor.configure({ searchLagMs: lagMs });
          const record = sandbox.portal.table(type).get(deals[deal] ?? '');
          if (record === null) throw new Error('no deal');
          if (archive)
            (record.archivedMs === null ? archiveRecord : restoreRecord)(
              sandbox.portal,
              type,
              record,
              context(),
            );
          else updateRecord(sandbox.portal, type, record, { amount: String(amount) }, context());
          runSearch(sandbox.portal, type, {});
          sandbox.clock.advance(waitMs);
        }
        sandbox.clock.advance(2000);
        const live = [...sandbox.portal.table(type).all()].filter((one) => one.archivedMs === null);
        const seen = runSearch(sandbox.portal, type, { sorts: ['hs_object_id'] }).page;
        expect(seen).toEqual(live.sort((a, b) => a.number - b.number));
      }),
      { numRuns: 200 },
    );
  });
});
