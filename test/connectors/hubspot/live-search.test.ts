import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadRequest } from '../../../src/model/connector.ts';
import { NOW_MS, readAll, startPortal, type TestPortal } from './support/portal.ts';
import { addDeals } from './support/seed.ts';

const HOUR_MS = 3_600_000;
let portal: TestPortal;
let ids: string[] = [];
const request: ReadRequest = {
  object: 'deals',
  fields: ['amount'],
  where: [],
  range: { kind: 'changed', fromMs: NOW_MS - 10 * HOUR_MS, untilMs: NOW_MS + 1 },
  includeDeleted: true,
};

describe('a search that shows records as they are now, found by what its index held before', () => {
  beforeAll(async () => {
    portal = await startPortal({
      seeder: (at) => {
        ids = addDeals(at, 500, (n) => NOW_MS - 9 * HOUR_MS + n * 1000);
        return null;
      },
    });
    portal.sandbox.vendor.configure({ searchLagMs: HOUR_MS, searchShowsLive: true });
  });
  afterAll(async () => {
    await portal.sandbox.close();
  });

  it('leaves no record out, although every second one shows a stamp later than its place', async () => {
    portal.change(
      ...ids
        .filter((_, n) => n % 2 === 0)
        .map((id) => ({ do: 'update', object: 'deals', id, properties: { amount: '7' } })),
    );
    const rows = await readAll(await portal.open(), request);
    expect(new Set(rows.map((row) => row.id)).size).toBe(500);
    expect(rows.filter((row) => row.stampMs === NOW_MS)).toHaveLength(250);
  });
  it('a purged record is in no list and no archive', async () => {
    portal.change({ do: 'purge', object: 'deals', id: ids[3] });
    const rows = await readAll(await portal.open(), { ...request, range: { kind: 'all' } });
    expect(rows).toHaveLength(499);
    expect(rows.some((row) => row.id.endsWith(`-${ids[3]}`))).toBe(false);
  });
});
