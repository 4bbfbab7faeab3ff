import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import { readPages, rowsOf, startOrg, type TestOrg } from './support/org.ts';

const ACCOUNTS = 30;
const SETTINGS = { pageRows: 5, bulkFromRows: 10, bulkPageRows: 10 };
const request: ReadRequest = {
  object: 'Account',
  fields: ['Name', 'Industry'],
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
};

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg(ACCOUNTS, { ticking: false });
});
afterEach(async () => {
  await org.sandbox.close();
});

const configure = (input: Record<string, unknown>): void => {
  org.sandbox.vendor.configure(input);
};
const jobs = (): number => org.sandbox.vendor.site.jobs.list().length;
const open = async (settings: Record<string, unknown> = {}): Promise<CrmSession> =>
  await org.open({ ...SETTINGS, ...settings });
const transports = async (session: CrmSession): Promise<string[]> => {
  const pages = await readPages(session, request);
  expect(new Set(rowsOf(pages).map((row) => row.fields['Name'])).size).toBe(ACCOUNTS);
  return [...new Set(pages.map((page) => page.transport))];
};

describe("the day's Bulk query jobs and the volume of their results", () => {
  it('with enough of both a large read goes by Bulk, and asks once for them', async () => {
    const session = await open();
    expect(await transports(session)).toEqual(['rest', 'bulk']);
    expect(await transports(session)).toEqual(['rest', 'bulk']);
    expect([
      jobs(),
      org.sandbox.log.list().filter((one) => one.path.endsWith('/limits')).length,
    ]).toEqual([2, 1]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['jobs', { bulkDailyJobs: 100, useBulkJobs: 70 }],
    ['volume', { bulkDailyMB: 1000, useBulkMB: 700 }],
  ])(
    'with too few %s left it goes on by REST, starts no job, and says so on every page; when the day is over it is Bulk again',
    async (_name, spent) => {
      configure(spent);
      expect(await transports(await open())).toEqual(['rest (Bulk is low)']);
      expect([jobs(), org.deps.events.includes('salesforce.bulk.low')]).toEqual([0, true]);
      org.sandbox.clock.advance(25 * 3_600_000);
      expect(await transports(await open())).toEqual(['rest', 'bulk']);
    },
  );

  it('the floor is a setting, and jobs of this session count before Salesforce has counted them', async () => {
    configure({ bulkDailyJobs: 10, useBulkJobs: 7 });
    expect(await transports(await open({ bulkFloorPercent: 20 }))).toEqual(['rest', 'bulk']);
    org.sandbox.vendor.site.bulk.jobs.use(-1); // a reading that lags
    const session = await open({ bulkFloorPercent: 20 });
    expect(await transports(session)).toEqual(['rest', 'bulk']);
    org.sandbox.vendor.site.bulk.jobs.use(-1);
    expect(await transports(session)).toEqual(['rest (Bulk is low)']);
  });

  it('where REST has no room either it pauses with the time to go on; what no day has room for goes as far as it can', async () => {
    configure({ bulkDailyJobs: 100, useBulkJobs: 90, apiDailyLimit: 40 });
    const session = await open();
    configure({ useCalls: 28 - org.sandbox.vendor.site.budget.used() - 3 });
    const nowMs = org.deps.nowMs();
    const failed = await readPages(session, request).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      kind: 'limit',
      code: 'BULK_FLOOR',
      message: expect.stringMatching(
        /10 of 100 Bulk query jobs.*by REST it takes 6 of \d API calls/,
      ),
    });
    expect((failed as { retryAtMs: number }).retryAtMs).toBeGreaterThanOrEqual(nowMs + 3_600_000);
    configure({ apiDailyLimit: 5 });
    org.sandbox.clock.advance(25 * 3_600_000);
    configure({ useBulkJobs: 90 });
    const page = await (await open()).read(request, null);
    expect(JSON.parse(page.next ?? '')).toMatchObject({ by: 'keys', noBulk: 'low' });
  });

  it("where the figures cannot be read, Salesforce's own refusal decides", async () => {
    configure({ bulkDailyJobs: 1, useBulkJobs: 1 });
    org.sandbox.faults.add({ kind: 'serverError', status: 500, match: { path: '/limits$' } });
    expect(await transports(await open())).toEqual(['rest (Bulk is low)']);
    expect([jobs(), org.deps.events.includes('salesforce.bulk.unknown')]).toEqual([0, true]);
  });

  it('a check tells it', async () => {
    configure({ bulkDailyJobs: 100, useBulkJobs: 70 });
    expect(await (await open()).check([])).toContainEqual({
      name: 'Bulk budget',
      ok: true,
      cure: null,
      detail: expect.stringContaining('30 of 100 Bulk query jobs'),
    });
  });
});
