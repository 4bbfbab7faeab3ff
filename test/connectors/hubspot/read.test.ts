import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CrmFilterTerm, CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import {
  byId,
  NOW_MS,
  readAll,
  readPages,
  rowsOf,
  startPortal,
  type TestPortal,
} from './support/portal.ts';
import { addDeals } from './support/seed.ts';

const DEALS = 900;
const CROWDED_MS = Date.UTC(2026, 10, 2, 9, 30, 0, 123);
let portal: TestPortal;
let session: CrmSession;
let ids: string[] = [];
// The first third changed in one millisecond, so that it fills more than one search page; the rest
// in threes, a second apart.
beforeAll(async () => {
  portal = await startPortal({
    seeder: (at) => {
      ids = addDeals(at, DEALS, (n) =>
        n < 300 ? CROWDED_MS : CROWDED_MS + Math.floor(n / 3) * 1000,
      ).map((id) => `0-3-${id}`);
      return null;
    },
  });
  session = await portal.open({ pageRows: 250 });
});
afterEach(() => {
  portal.sandbox.faults.clear();
  portal.sandbox.vendor.configure({ pageShrink: 0 });
});
afterAll(async () => {
  await portal.sandbox.close();
});

const fields = [
  'dealname',
  'amount',
  'closedate',
  'dealstage',
  'createdate',
  'hs_object_id',
  'associations.companies',
];
const all: ReadRequest = {
  object: 'deals',
  fields,
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
};
const changed = (fromMs: number, untilMs: number): ReadRequest => ({
  ...all,
  range: { kind: 'changed', fromMs, untilMs },
});
const everything = changed(CROWDED_MS, NOW_MS);

describe('paging', () => {
  it('reads every record once, equal stamps or not, by list and by search, as the same bytes', async () => {
    const pages = await Promise.all(
      [all, everything].map((request) => readPages(session, request)),
    );
    const [listed, searched] = pages.map(rowsOf);
    expect(listed?.map((row) => row.id).toSorted()).toEqual(ids.toSorted());
    expect(JSON.stringify(byId(searched ?? []))).toBe(JSON.stringify(byId(listed ?? [])));
    expect(pages[1]?.[0]?.totalRows).toBe(DEALS);
    expect(listed?.[1]).toMatchObject({
      object: 'deals',
      deleted: false,
      mergedIntoId: null,
      fields: {
        dealname: 'Deal 1',
        amount: 1.5,
        closedate: '2026-12-31T00:00:00.000Z',
        hs_object_id: ids[1],
      },
      stampMs: CROWDED_MS,
    });
    expect(listed?.[0]?.fields['amount']).toBeNull();
  });
  it('keeps to [from, until) of the stamp', async () => {
    const at = CROWDED_MS + 200 * 1000;
    expect(
      (await readAll(session, changed(at, at + 1))).map((row) => row.fields['dealname']).toSorted(),
    ).toEqual(['Deal 600', 'Deal 601', 'Deal 602']);
    expect(await readAll(session, changed(at + 1, at + 1000))).toEqual([]);
    expect(await readAll(session, changed(CROWDED_MS, CROWDED_MS + 1))).toHaveLength(300);
  });
  it('goes on from any page in another session, with the same rows', async () => {
    for (const request of [all, everything]) {
      const pages = await readPages(session, request);
      expect(pages.length).toBeGreaterThan(3);
      for (const [at, page] of pages.entries()) {
        if (page.next === null) continue;
        expect(
          rowsOf(await readPages(await portal.open({ pageRows: 250 }), request, page.next)),
        ).toEqual(rowsOf(pages.slice(at + 1)));
      }
    }
  });
  it('takes pages that are shorter than asked for, down to one record', async () => {
    for (const pageShrink of [50, 199]) {
      portal.sandbox.vendor.configure({ pageShrink });
      const request = pageShrink === 199 ? changed(CROWDED_MS + 280_000, NOW_MS) : everything;
      const rows = await readAll(session, request);
      expect(rows).toHaveLength(pageShrink === 199 ? (300 - 280) * 3 : DEALS);
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    }
  });
  it('reads by ids of both forms, and says which is none', async () => {
    const wanted = [ids[3] ?? '', (ids[4] ?? '').slice(4), ids[3] ?? '', '0-3-99'];
    expect(
      (await readAll(session, { ...all, range: { kind: 'ids', ids: wanted } }))
        .map((row) => row.id)
        .toSorted(),
    ).toEqual([ids[3], ids[4]]);
    await expect(
      session.read({ ...all, range: { kind: 'ids', ids: ['0-2-7'] } }, null),
    ).rejects.toMatchObject({ kind: 'rejected', code: 'MALFORMED_ID' });
    expect(await session.count({ ...all, range: { kind: 'ids', ids } })).toBe(DEALS);
  });
  it('speaks the dated paths as well, with the same rows', async () => {
    const dated = await portal.open({ apiVersion: '2026-09', pageRows: 250 });
    expect(JSON.stringify(await readAll(dated, everything))).toBe(
      JSON.stringify(await readAll(session, everything)),
    );
    expect(
      Object.keys(portal.sandbox.log.counters().routes).some((route) =>
        route.includes('/crm/objects/2026-09'),
      ),
    ).toBe(true);
  });
  it('refuses a cursor of another read', async () => {
    await expect(session.read(all, JSON.stringify({ by: 'ids', from: 0 }))).rejects.toMatchObject({
      kind: 'bug',
      code: 'CURSOR',
    });
  });
});

describe('filters', () => {
  it.each([
    [[{ field: 'amount', op: 'isNull' }]],
    [
      [
        { field: 'amount', op: 'gte', value: 1000 },
        { field: 'amount', op: 'lt', value: '1200' },
      ],
    ],
    [[{ field: 'dealname', op: 'in', values: ['Deal 7', 'deal 8'] }]],
    [[{ field: 'dealname', op: 'ne', value: 'Deal 7' }]],
    [
      [
        { field: 'closedate', op: 'lte', value: '2026-12-31' },
        { field: 'amount', op: 'notNull' },
      ],
    ],
    [[{ field: 'amount', op: 'in', values: [] }]],
  ] as [CrmFilterTerm[]][])('%j: list, search and count agree', async (where) => {
    const listed = (await readAll(session, { ...all, where })).map((row) => row.id).toSorted();
    expect(
      (await readAll(session, { ...everything, where })).map((row) => row.id).toSorted(),
    ).toEqual(listed);
    expect(await session.count({ ...everything, where })).toBe(listed.length);
  });
  it('see no letter case, as the mapping does not', async () => {
    expect(
      (
        await readAll(session, {
          ...all,
          where: [{ field: 'dealname', op: 'in', values: ['Deal 7', 'deal 8'] }],
        })
      ).map((row) => row.fields['dealname']),
    ).toEqual(['Deal 7', 'Deal 8']);
  });
});

describe('trouble in the middle of a read', () => {
  it.each(['serverError', 'reset', 'truncated', 'cutBody', 'html', 'slow', 'tooManyRequests'])(
    '%s: the read is whole',
    async (kind) => {
      portal.sandbox.faults.add({
        kind,
        match: { path: '/crm/v3/objects' },
        times: 1,
        nth: 3,
        ms: 900,
        ...(kind === 'html' ? { status: 502 } : {}),
      });
      const rows = await readAll(await portal.open({ pageRows: 250, timeoutMs: 600 }), everything);
      expect(rows.map((row) => row.id).toSorted()).toEqual(ids.toSorted());
    },
  );
  it('a property archived in the middle of a read is never read as empty', async () => {
    const own = await startPortal({
      seeder: (at) => {
        addDeals(at, 30, (n) => CROWDED_MS + n);
        return null;
      },
    });
    const open = await own.open({ pageRows: 10 });
    await open.deployFields([
      {
        object: 'deals',
        name: 'hw_note',
        label: 'Note',
        type: 'text',
        description: 'd',
        action: 'create',
      },
    ]);
    for (const range of [
      { kind: 'all' },
      { kind: 'changed', fromMs: CROWDED_MS, untilMs: NOW_MS },
    ] as ReadRequest['range'][]) {
      const wanted = { ...all, fields: ['dealname', 'hw_note'], range };
      const first = await open.read(wanted, null);
      own.change({ do: 'archiveProperty', object: 'deals', name: 'hw_note' });
      await expect(open.read(wanted, first.next)).rejects.toMatchObject({
        kind: 'config',
        code: 'PROPERTY_DOESNT_EXIST',
      });
      await open.deployFields([
        {
          object: 'deals',
          name: 'hw_note',
          label: 'Note',
          type: 'text',
          description: 'd',
          action: 'create',
        },
      ]);
    }
    await own.sandbox.close();
  });
  it('a property archived while the session lasts is named, and describe looks again', async () => {
    const own = await startPortal({
      seeder: (at) => {
        addDeals(at, 3, () => CROWDED_MS);
        return null;
      },
    });
    const open = await own.open();
    await open.deployFields([
      {
        object: 'deals',
        name: 'hw_note',
        label: 'Note',
        type: 'text',
        description: 'd',
        action: 'create',
      },
    ]);
    await readAll(open, { ...all, fields: ['hw_note'] });
    own.change({ do: 'archiveProperty', object: 'deals', name: 'hw_note' });
    await expect(
      open.write('deals', [
        {
          id: (await readAll(open, { ...all, fields: [] }))[0]?.id ?? '',
          fields: { hw_note: 'x' },
        },
      ]),
    ).rejects.toMatchObject({
      kind: 'config',
      code: 'PROPERTY_DOESNT_EXIST',
      cure: expect.stringContaining('field deploy'),
    });
    await expect(open.read({ ...all, fields: ['hw_note'] }, null)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('deals has no property hw_note'),
    });
    await own.sandbox.close();
  });
});
