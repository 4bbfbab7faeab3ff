import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmSession, ReadRange, ReadRequest } from '../../../src/model/connector.ts';
import { byId, DAY_MS, NOW_MS, readAll, startPortal, type TestPortal } from './support/portal.ts';
import { addDeals, addRecord, linkCompany } from './support/seed.ts';

const AT_MS = NOW_MS - 30 * DAY_MS;
let portal: TestPortal;
let session: CrmSession;
let ids: string[];
beforeEach(async () => {
  portal = await startPortal({
    seeder: (at) => {
      ids = addDeals(at, 6, (n) => AT_MS + n * 1000);
      return null;
    },
  });
  session = await portal.open();
});
afterEach(async () => {
  await portal.sandbox.close();
});

const full = (n: number): string => `0-3-${ids[n]}`;
const request = (more: Partial<ReadRequest> = {}): ReadRequest => ({
  object: 'deals',
  fields: ['dealname'],
  where: [],
  range: { kind: 'all' },
  includeDeleted: true,
  ...more,
});
const since = (fromMs: number, untilMs = NOW_MS + DAY_MS): ReadRequest =>
  request({ range: { kind: 'changed', fromMs, untilMs } });
const brief = async (wanted: ReadRequest) =>
  byId(await readAll(session, wanted)).map((row) => [row.id, row.deleted, row.mergedIntoId]);

describe('archived records', () => {
  it('come with every range as deleted, and only when asked for', async () => {
    portal.change({ do: 'archive', object: 'deals', id: ids[2] });
    expect((await readAll(session, request())).filter((row) => row.deleted)).toMatchObject([
      { id: full(2), fields: { dealname: 'Deal 2' } },
    ]);
    expect(await brief(since(NOW_MS))).toEqual([[full(2), true, null]]);
    expect(await brief(request({ range: { kind: 'ids', ids: [full(1), full(2)] } }))).toEqual([
      [full(1), false, null],
      [full(2), true, null],
    ]);
    expect(await readAll(session, request({ includeDeleted: false }))).toHaveLength(5);
    expect(await brief(since(NOW_MS + 1))).toEqual([]);
  });
  it('are in no log, since HubSpot keeps none', async () =>
    expect(await session.deleted('deals', NOW_MS - DAY_MS, NOW_MS)).toBeNull());
  it('come back alive when they are restored, with no older stamp than the tombstone had', async () => {
    portal.change({ do: 'archive', object: 'deals', id: ids[2] });
    const gone = (await readAll(session, request())).find((row) => row.id === full(2));
    portal.sandbox.clock.advance(60_000);
    portal.change({ do: 'restore', object: 'deals', id: ids[2] });
    const back = (await readAll(session, request())).find((row) => row.id === full(2));
    expect([gone?.deleted, back?.deleted]).toEqual([true, false]);
    expect(back?.stampMs).toBeGreaterThanOrEqual(gone?.stampMs ?? Infinity);
  });
});

describe('merged records', () => {
  it.each([false, true])(
    'leave a tombstone that names the survivor (a merge makes a new record: %s)',
    async (mergeCreatesNewId) => {
      portal.sandbox.vendor.configure({ mergeCreatesNewId });
      const [{ id: winner } = { id: '' }] = portal.change({
        do: 'merge',
        object: 'deals',
        winnerId: ids[0],
        loserId: ids[1],
      });
      const losers = (mergeCreatesNewId ? [0, 1] : [1]).map((n) => [
        full(n),
        true,
        `0-3-${winner}`,
      ]);
      for (const wanted of [request(), since(NOW_MS)])
        expect((await brief(wanted)).filter(([, deleted]) => deleted)).toEqual(losers);
      expect((await brief(request())).filter(([, deleted]) => !deleted)).toHaveLength(5);
    },
  );
  it.each(['winner', 'notFound'])(
    'read by the id of the loser (HubSpot answers %s)',
    async (mergedGet) => {
      portal.sandbox.vendor.configure({ mergedGet });
      portal.change({ do: 'merge', object: 'deals', winnerId: ids[0], loserId: ids[1] });
      const rows = await brief(request({ range: { kind: 'ids', ids: [full(0), full(1)] } }));
      expect(rows).toEqual([
        [full(0), false, null],
        [full(1), true, full(0)],
      ]);
    },
  );
});

it('a window counts what it reads, with archived and merged-away records', async () => {
  portal.change(
    { do: 'archive', object: 'deals', id: ids[2] },
    { do: 'merge', object: 'deals', winnerId: ids[0], loserId: ids[1] },
  );
  for (const includeDeleted of [true, false]) {
    for (const [fromMs, untilMs] of [
      [0, NOW_MS + 1],
      [AT_MS + 2000, AT_MS + 5000],
      [NOW_MS, NOW_MS + 1],
    ] as const) {
      const range = { kind: 'changed', fromMs, untilMs } as const;
      const inside = (await readAll(session, request({ range, includeDeleted }))).filter(
        (row) => row.stampMs >= fromMs && row.stampMs < untilMs,
      );
      expect(
        await session.count({ object: 'deals', where: [], range, includeDeleted }),
        JSON.stringify([range, includeDeleted]),
      ).toBe(inside.length);
    }
  }
});

describe('an index that lags', () => {
  it('hides a change from a window, never from a whole read or a read by id', async () => {
    portal.sandbox.vendor.configure({ searchLagMs: 60_000 });
    portal.change({ do: 'update', object: 'deals', id: ids[3], properties: { dealname: 'New' } });
    expect(await brief(since(NOW_MS))).toEqual([]);
    expect(
      (await readAll(session, request())).find((row) => row.id === full(3))?.fields['dealname'],
    ).toBe('New');
    expect(
      (await readAll(session, request({ range: { kind: 'ids', ids: [full(3)] } })))[0]?.fields[
        'dealname'
      ],
    ).toBe('New');
    portal.sandbox.clock.advance(60_001);
    expect(await brief(since(NOW_MS))).toEqual([[full(3), false, null]]);
  });
});

it('an empty portal has nothing to read, count or delete, and still describes itself', async () => {
  const empty = await startPortal();
  const open = await empty.open();
  for (const range of [
    { kind: 'all' },
    { kind: 'changed', fromMs: 0, untilMs: NOW_MS },
    { kind: 'ids', ids: [] },
  ] satisfies ReadRange[])
    expect(await readAll(open, request({ range }))).toEqual([]);
  expect(
    await readAll(
      open,
      request({ object: 'deals.history', fields: ['stage'], includeDeleted: false }),
    ),
  ).toEqual([]);
  expect(
    await open.count({ object: 'deals', where: [], range: { kind: 'all' }, includeDeleted: true }),
  ).toBe(0);
  expect((await open.describe('deals'))?.stampField).toBe('hs_lastmodifieddate');
  expect((await open.describe('contacts'))?.stampField).toBe('lastmodifieddate');
  expect(await open.describe('partner_plan')).toBeNull();
  await empty.sandbox.close();
});

describe('associations', () => {
  const links = request({
    fields: [
      'associations.companies',
      'associations.companies[Primary]',
      'associations.companies[Reseller]',
      'associations.companies[5]',
    ],
    associations: ['companies'],
    includeDeleted: false,
    range: { kind: 'all' },
  });
  beforeEach(() => {
    const { portal: at } = portal.sandbox;
    at.associationTypes.define(at.typeNamed('deals'), at.typeNamed('companies'), {
      name: 'reseller',
      label: 'Reseller',
    });
    const [older, newer] = [
      addRecord(at, 'companies', { name: 'A' }, AT_MS),
      addRecord(at, 'companies', { name: 'B' }, AT_MS),
    ];
    linkCompany(at, ids[0] ?? '', newer, 'Primary');
    linkCompany(at, ids[0] ?? '', older, 'Reseller');
    linkCompany(at, ids[0] ?? '', newer, 'Reseller');
    linkCompany(at, ids[1] ?? '', older, null);
  });
  it('are fields: primary first, by label, by type number; of several all', async () => {
    const rows = await readAll(session, links);
    const [older, newer] = [
      ...new Set(rows.flatMap((row) => row.links?.['companies']?.map((link) => link.toId) ?? [])),
    ].toSorted();
    expect(rows.slice(0, 3).map((row) => Object.values(row.fields))).toEqual([
      [newer, newer, `${newer};${older}`, newer],
      [older, null, null, null],
      [null, null, null, null],
    ]);
    expect(rows[0]?.links?.['companies']?.find((link) => link.toId === newer)?.labels).toEqual([
      'Primary',
      'Reseller',
    ]);
    expect(rows[2]?.links).toEqual({ companies: [] });
    expect(
      ((await session.describe('deals.associations'))?.fields ?? []).map((field) => field.name),
    ).toEqual(
      expect.arrayContaining([
        'companies',
        'companies[Primary]',
        'companies[Reseller]',
        'companies[5]',
        'contacts',
        'deals',
      ]),
    );
  });
  it('that could not be read are unknown, never none', async () => {
    portal.sandbox.faults.add({ kind: 'serverError', match: { path: '/associations/' } });
    const rows = await readAll(session, links);
    expect(rows).toHaveLength(6);
    expect(
      rows.every(
        (row) => row.links?.['companies'] === null && Object.keys(row.fields).length === 0,
      ),
    ).toBe(true);
    expect(portal.deps.events.map(({ event }) => event)).toContain('hubspot.associations.unread');
  });
  it('a label that the portal lacks is not offered, and reads as empty', async () => {
    expect(
      (await session.describe('deals.associations'))?.fields.some(
        (field) => field.name === 'companies[Partner]',
      ),
    ).toBe(false);
    expect(
      (await readAll(session, { ...links, fields: ['associations.companies[Partner]'] })).every(
        (row) => row.fields['associations.companies[Partner]'] === null,
      ),
    ).toBe(true);
  });
});

describe('the history of deals', () => {
  const history = (more: Partial<ReadRequest>): ReadRequest =>
    request({
      object: 'deals.history',
      fields: ['dealId', 'at', 'stage', 'amount', 'closeDate'],
      includeDeleted: false,
      ...more,
    });
  beforeEach(() => {
    portal.sandbox.clock.advance(60_000);
    portal.change({
      do: 'update',
      object: 'deals',
      id: ids[1],
      properties: { dealstage: 'contractsent', amount: 70 },
    });
    portal.sandbox.clock.advance(60_000);
    portal.change({
      do: 'update',
      object: 'deals',
      id: ids[1],
      properties: { closedate: '2027-03-31' },
    });
  });
  it('gives the state after each change, one row a moment', async () => {
    const rows = (await readAll(session, history({}))).filter(
      (row) => row.fields['dealId'] === full(1),
    );
    expect(
      rows.map((row) => [
        row.stampMs,
        row.fields['stage'],
        row.fields['amount'],
        row.fields['closeDate'],
      ]),
    ).toEqual([
      [AT_MS + 1000, 'qualifiedtobuy', 1.5, '2026-12-31T00:00:00.000Z'],
      [NOW_MS + 60_000, 'contractsent', 70, '2026-12-31T00:00:00.000Z'],
      [NOW_MS + 120_000, 'contractsent', 70, '2027-03-31T00:00:00.000Z'],
    ]);
    expect(rows[0]?.id).toBe(`${full(1)}/${AT_MS + 1000}`);
    expect(
      await readAll(session, history({ range: { kind: 'ids', ids: [rows[1]?.id ?? ''] } })),
    ).toEqual([rows[1]]);
  });
  it('of a window is what happened in it, whatever came later, and is counted so', async () => {
    for (const [fromMs, untilMs, expected] of [
      [NOW_MS, NOW_MS + 60_001, 1],
      [NOW_MS, NOW_MS + DAY_MS, 2],
      [0, NOW_MS, 6],
    ] as const) {
      const range = { kind: 'changed', fromMs, untilMs } as const;
      expect(await readAll(session, history({ range }))).toHaveLength(expected);
      expect(
        await session.count({ object: 'deals.history', where: [], range, includeDeleted: false }),
      ).toBe(expected);
    }
  });
  it('also comes on the row, where it is asked for', async () => {
    const ask = { history: ['dealstage'], includeDeleted: false };
    const [listed, searched] = await Promise.all(
      [request(ask), { ...since(0), ...ask }].map(async (wanted) =>
        byId(await readAll(session, wanted)),
      ),
    );
    expect(listed?.[1]?.history?.map((entry) => [entry.field, entry.value, entry.atMs])).toEqual([
      ['dealstage', 'contractsent', NOW_MS + 60_000],
      ['dealstage', 'qualifiedtobuy', AT_MS + 1000],
    ]);
    expect(JSON.stringify(searched)).toBe(JSON.stringify(listed));
  });
});
