import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubspot } from '../../../connectors/hubspot/index.ts';
import type { ReadRequest } from '../../../src/model/connector.ts';
import { NOW_MS, readAll, startPortal, type TestPortal } from './support/portal.ts';
import { addDeals, addRecord, linkCompany } from './support/seed.ts';

const AT_MS = Date.UTC(2026, 10, 2);
let portal: TestPortal;
const request = (more: Partial<ReadRequest>): ReadRequest => ({
  object: 'deals',
  fields: ['amount'],
  where: [],
  range: { kind: 'changed', fromMs: AT_MS, untilMs: NOW_MS },
  includeDeleted: false,
  ...more,
});

describe('10,001 deals stamped in one millisecond', () => {
  beforeAll(async () => {
    portal = await startPortal({
      seeder: (at) => {
        addDeals(at, 10_001, () => AT_MS);
        return null;
      },
    });
  });
  afterAll(async () => {
    await portal.sandbox.close();
  });
  it('are all read, once each, and the read ends', async () => {
    const session = await portal.open();
    const before = session.calls();
    const rows = await readAll(session, request({}));
    expect(new Set(rows.map((row) => row.id)).size).toBe(10_001);
    expect(rows).toHaveLength(10_001);
    // One describe, and pages of 200.
    expect(session.calls() - before).toBeLessThanOrEqual(1 + 51);
  });
});

describe('10,000 deals with two association types', () => {
  beforeAll(async () => {
    portal = await startPortal({
      seeder: (at) => {
        const companies = Array.from({ length: 50 }, (_, n) =>
          addRecord(at, 'companies', { name: `Company ${n}` }, AT_MS),
        );
        addDeals(at, 10_000, (n) => AT_MS + n * 1000).forEach((deal, n) =>
          linkCompany(at, deal, companies[n % 50] ?? '', 'Primary'),
        );
        return null;
      },
    });
  });
  afterAll(async () => {
    await portal.sandbox.close();
  });
  it.each([
    ['changed', { kind: 'changed', fromMs: AT_MS, untilMs: NOW_MS }],
    ['all', { kind: 'all' }],
  ] as [string, ReadRequest['range']][])('%s: take at most 255 calls', async (_name, range) => {
    const session = await portal.open();
    const rows = await readAll(
      session,
      request({
        range,
        fields: ['amount', 'associations.companies[Primary]'],
        associations: ['companies', 'contacts'],
      }),
    );
    expect(rows).toHaveLength(10_000);
    expect(
      rows.every(
        (row) =>
          String(row.fields['associations.companies[Primary]']).startsWith('0-2-') &&
          row.links?.['companies']?.length === 1 &&
          row.links['contacts']?.length === 0,
      ),
    ).toBe(true);
    expect(session.calls()).toBeLessThanOrEqual(255);
    // What a run plans before it begins is near what it then takes.
    if (range.kind === 'all')
      expect(session.calls()).toBeLessThanOrEqual(
        (rows.length / hubspot.features.readPage) * (hubspot.features.pageCalls ?? 1),
      );
  });
});
