import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CrmFilterTerm, CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import {
  byId,
  CROWDED_MS,
  NOW_MS,
  readPages,
  rowsOf,
  startOrg,
  type TestOrg,
} from './support/org.ts';

const ACCOUNTS = 500;
let org: TestOrg;
let session: CrmSession;
beforeAll(async () => {
  org = await startOrg(ACCOUNTS);
  session = await org.open({ pageRows: 37 });
});
afterEach(() => {
  org.sandbox.faults.clear();
  org.sandbox.vendor.configure({ pageSizeMax: 2000 });
});
afterAll(async () => {
  await org.sandbox.close();
});

const fields = [
  'Name',
  'Industry',
  'AnnualRevenue',
  'NumberOfEmployees',
  'CreatedDate',
  'Owner.Name',
  'Parent.Name',
];
const all: ReadRequest = {
  object: 'Account',
  fields,
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
};
const changed = (fromMs: number, untilMs: number): ReadRequest => ({
  ...all,
  range: { kind: 'changed', fromMs, untilMs },
});
const routes = () => org.sandbox.log.counters().routes;
const fault = (kind: string, more: Record<string, unknown> = {}) =>
  org.sandbox.faults.add({ kind, match: { path: '/query' }, times: 1, ...more });

describe('paging', () => {
  it('reads every row once, equal stamps or not, by Id and by stamp', async () => {
    for (const request of [all, changed(CROWDED_MS, NOW_MS)]) {
      const pages = await readPages(session, request);
      const rows = rowsOf(pages);
      expect(rows.map((row) => row.id).toSorted()).toEqual(org.accountIds.toSorted());
      expect(pages.length).toBeGreaterThanOrEqual(Math.ceil(ACCOUNTS / 37));
      expect(pages[0]?.totalRows).toBe(ACCOUNTS);
    }
  });
  it('keeps to [from, until) of the stamp', async () => {
    const [from, until] = [CROWDED_MS + 300 * 60_000, CROWDED_MS + 310 * 60_000];
    const rows = rowsOf(await readPages(session, changed(from, until)));
    expect(rows.map((row) => row.fields['NumberOfEmployees']).toSorted()).toEqual([
      300, 301, 302, 303, 304, 305, 306, 307, 308, 309,
    ]);
    expect(rowsOf(await readPages(session, changed(CROWDED_MS, CROWDED_MS + 1)))).toHaveLength(
      ACCOUNTS / 2,
    );
    expect(
      rowsOf(await readPages(session, changed(CROWDED_MS + 1, CROWDED_MS + 1000))),
    ).toHaveLength(0);
  });
  it('goes on from any page in another session, with the same rows', async () => {
    const pages = await readPages(session, changed(CROWDED_MS, NOW_MS));
    for (const [at, page] of pages.entries()) {
      if (at % 4 !== 0 || page.next === null) continue;
      const again = rowsOf(
        await readPages(await org.open({ pageRows: 37 }), changed(CROWDED_MS, NOW_MS), page.next),
      );
      expect(again).toEqual(rowsOf(pages.slice(at + 1)));
    }
  });
  it('takes pages that are smaller than asked for', async () => {
    org.sandbox.vendor.configure({ pageSizeMax: 11 });
    const rows = rowsOf(
      await readPages(await org.open({ pageRows: 100 }), changed(CROWDED_MS, NOW_MS)),
    );
    expect(rows.map((row) => row.id).toSorted()).toEqual(org.accountIds.toSorted());
  });
  it('by Bulk gives byte-equal rows, also with slow jobs and small result pages', async () => {
    org.sandbox.vendor.configure({ bulkJobMs: 30 });
    const bulk = await readPages(
      await org.open({ pageRows: 37, bulkFromRows: 50, bulkPageRows: 100 }),
      changed(CROWDED_MS, NOW_MS),
    );
    // While the job runs a call may give an empty page in the same place.
    expect(bulk.filter((page) => page.rows.length > 0).map((page) => page.transport)).toEqual([
      'rest',
      ...Array.from({ length: 5 }, () => 'bulk'),
    ]);
    expect(JSON.stringify(byId(rowsOf(bulk)))).toBe(
      JSON.stringify(byId(rowsOf(await readPages(session, changed(CROWDED_MS, NOW_MS))))),
    );
    org.sandbox.vendor.configure({ bulkJobMs: 0 });
  });
  it('costs one call when the rows fit a page, and asks for no count', async () => {
    const small = await org.open();
    await small.describe('Account');
    await small.describe('User');
    const before = small.calls();
    expect(rowsOf(await readPages(small, all))).toHaveLength(ACCOUNTS);
    expect(small.calls() - before).toBe(1);
  });
  it('gives exactly the asked paths, in any letter case, and names a field that is not there', async () => {
    const [row] = rowsOf(
      await readPages(session, {
        ...all,
        fields: ['name', 'OWNER.name'],
        range: { kind: 'ids', ids: [org.accountIds[1] ?? ''] },
      }),
    );
    expect(row).toMatchObject({
      fields: { name: 'Account 1', 'OWNER.name': 'Sandbox Administrator' },
      stampMs: CROWDED_MS,
      deleted: false,
      mergedIntoId: null,
    });
    await expect(session.read({ ...all, fields: ['Nmae'] }, null)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('Account has no field Nmae'),
    });
    await expect(session.read({ ...all, fields: ['BillingAddress'] }, null)).rejects.toMatchObject({
      kind: 'config',
      code: 'COMPOUND_FIELD',
    });
    await expect(session.read({ ...all, object: 'Acount' }, null)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('Acount'),
    });
    await expect(session.read({ ...all, object: 'Account; DROP' }, null)).rejects.toMatchObject({
      kind: 'config',
    });
  });
  it('reads ids of both lengths in groups that fit a URL', async () => {
    const ids = [...org.accountIds, ...org.accountIds.map((id) => id.slice(0, 15))];
    const pages = await readPages(session, { ...all, range: { kind: 'ids', ids } });
    expect(
      rowsOf(pages)
        .map((row) => row.id)
        .toSorted(),
    ).toEqual(org.accountIds.toSorted());
    expect(pages).toHaveLength(2);
    expect(await session.count({ ...all, range: { kind: 'ids', ids } })).toBe(ACCOUNTS);
    expect(rowsOf(await readPages(session, { ...all, range: { kind: 'ids', ids: [] } }))).toEqual(
      [],
    );
  });
});

describe('filters', () => {
  it('count what they read', async () => {
    const filters: CrmFilterTerm[][] = [
      [{ field: 'Industry', op: 'isNull' }],
      [
        { field: 'NumberOfEmployees', op: 'gte', value: 100 },
        { field: 'AnnualRevenue', op: 'notNull' },
      ],
      [{ field: 'Name', op: 'in', values: ['Account 7', "O'Neil"] }],
      [{ field: 'Owner.Name', op: 'eq', value: 'Sandbox Administrator' }],
      [{ field: 'Id', op: 'in', values: [] }],
    ];
    for (const where of filters) {
      const rows = rowsOf(await readPages(session, { ...all, where }));
      expect(await session.count({ ...all, where })).toBe(rows.length);
    }
    expect(rowsOf(await readPages(session, { ...all, where: filters[0] ?? [] }))).toHaveLength(
      ACCOUNTS - Math.ceil(ACCOUNTS / 3),
    );
  });
  it('find a record by any text, and no other', async () => {
    const own = await startOrg(3);
    const session = await own.open();
    const [id] = own.accountIds;
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(
            "'",
            '\\',
            '"',
            '\n',
            '\t',
            '%',
            '_',
            ' OR ',
            'ü',
            '漢',
            '😀',
            'x',
            '=1+1',
            ')',
          ),
          minLength: 1,
          maxLength: 20,
        }),
        async (text) => {
          const name = `n${text}n`;
          expect(
            await session.write('Account', [{ id: id ?? '', fields: { Name: name } }]),
          ).toEqual([{ id, status: 'done' }]);
          const found = rowsOf(
            await readPages(session, { ...all, where: [{ field: 'Name', op: 'eq', value: name }] }),
          );
          expect(found.map((row) => [row.id, row.fields['Name']])).toEqual([[id, name]]);
          expect(
            await session.count({
              ...all,
              where: [{ field: 'Name', op: 'eq', value: `${name}'` }],
            }),
          ).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
    await own.sandbox.close();
  });
});

describe('trouble in the middle of a read', () => {
  it.each(['serverError', 'reset', 'truncated', 'cutBody', 'html', 'slow'])(
    '%s: the read is whole',
    async (kind) => {
      fault(kind, { nth: 4, ms: 900 });
      const rows = rowsOf(await readPages(await org.open({ pageRows: 37, timeoutMs: 600 }), all));
      expect(rows.map((row) => row.id).toSorted()).toEqual(org.accountIds.toSorted());
    },
  );
  it('an ended session is renewed once, and the read is whole', async () => {
    const before = routes()['POST /services/oauth2/token'] ?? 0;
    const jwt = await org.open(
      { auth: 'jwt', clientId: org.sandbox.clientId, username: org.sandbox.username, pageRows: 37 },
      { privateKey: org.sandbox.privateKeyPem },
    );
    fault('expiredSession', { nth: 3, endSession: true });
    expect(rowsOf(await readPages(jwt, all))).toHaveLength(ACCOUNTS);
    expect((routes()['POST /services/oauth2/token'] ?? 0) - before).toBe(2);
  });
  it('the daily limit stops it with a time to go on, and it goes on from where it stood', async () => {
    const first = await session.read(all, null);
    fault('dailyLimit');
    await expect(session.read(all, first.next)).rejects.toMatchObject({
      kind: 'limit',
      code: 'REQUEST_LIMIT_EXCEEDED',
      retryAtMs: expect.any(Number),
    });
    expect([...first.rows, ...rowsOf(await readPages(session, all, first.next))]).toHaveLength(
      ACCOUNTS,
    );
  });
});

describe('the session', () => {
  it('reads the budget from the last answer, and the clock from the Date header', async () => {
    await session.count(all);
    const budget = await session.budget();
    expect(budget.limitCalls).toBe(100_000);
    await session.count(all);
    expect((await session.budget()).usedCalls).toBe(budget.usedCalls! + 1);
    const fresh = await org.open();
    expect((await fresh.budget()).limitCalls).toBe(100_000);
    expect(fresh.calls()).toBe(1);
    expect(Math.abs((await session.serverTimeMs()) - org.sandbox.clock.nowMs())).toBeLessThan(
      2_000,
    );
  });
  it('lists and describes objects; one that is not there is null', async () => {
    expect((await session.listObjects()).map((object) => object.name)).toEqual(
      expect.arrayContaining(['Account', 'Opportunity', 'OpportunityHistory', 'Task']),
    );
    expect(await session.describe('Nope__c')).toBeNull();
    const opportunity = await session.describe('opportunity');
    expect(opportunity).toMatchObject({
      name: 'Opportunity',
      stampField: 'SystemModstamp',
      tracksDeletes: true,
    });
    const field = (name: string) => opportunity?.fields.find((each) => each.name === name);
    expect(field('Amount')).toMatchObject({
      type: 'money',
      nativeType: 'currency',
      precision: 18,
      scale: 2,
    });
    expect(field('StageName')).toMatchObject({
      type: 'picklist',
      required: true,
      options: expect.arrayContaining([expect.objectContaining({ value: 'Closed Won' })]),
    });
    expect(field('AccountId')).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account',
    });
    expect(field('LastActivityDate')?.calculated).toBe(true);
    expect(field('SystemModstamp')).toMatchObject({ type: 'datetime', updateable: false });
  });
});
