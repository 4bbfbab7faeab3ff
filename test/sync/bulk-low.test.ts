import { afterAll, beforeAll, describe, expect } from 'vitest';
import { summaryText } from '../../src/cli/summary-text.ts';
import { listRuns } from '../../src/store/runs.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

const LOW = 'rest (Bulk is low)';

describe('an org with little left of its Bulk query jobs', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 62, partners: 5, deals: 60 });
    lab.connection.settings = { ...lab.connection.settings, pageRows: 20, bulkFromRows: 30 };
    lab.sandbox.vendor.configure({ bulkDailyJobs: 1000, useBulkJobs: 800 });
  });
  afterAll(async () => {
    await lab.close();
  });

  const then = story('pauses or reads by pages, and goes by Bulk the day after');
  then(
    'has no calls for so many pages either: the run pauses, with the time to go on',
    async () => {
      const { budget } = lab.sandbox.vendor.site;
      lab.sandbox.vendor.configure({ apiDailyLimit: 1000, useCalls: 700 - 300 - budget.used() });
      // Others spend the calls between the plan and the read.
      lab.wire.fetch = async (input, init) => {
        if (/FROM.Task.*LIMIT/.test(decodeURIComponent(String(input))) && budget.used() < 690)
          lab.sandbox.vendor.configure({ useCalls: 696 - budget.used() });
        return await lab.sandbox.fetch(input, init);
      };
      const failed = await lab.sync().catch((error: unknown) => error);
      expect(failed).toMatchObject({
        kind: 'limit',
        code: 'BULK_FLOOR',
        retryAtMs: lab.sandbox.clock.nowMs() + 3_600_000,
      });
      expect((await listRuns(lab.store, 1))[0]).toMatchObject({
        state: 'paused-budget',
        resumeAtMs: lab.sandbox.clock.nowMs() + 3_600_000,
        error: expect.stringMatching(/Task is too large to read now: 200 of 1000 Bulk query jobs/),
      });
      lab.wire.fetch = lab.sandbox.fetch;
    },
  );

  then(
    'is read by REST pages, and the summary of the run says so; the day after it goes by Bulk',
    async () => {
      lab.sandbox.vendor.configure({ apiDailyLimit: 100_000 });
      const low = await lab.sync();
      const pulled = low.summary.pulled.find((pull) => pull.object === 'Task')!;
      expect([pulled.transport, pulled.read]).toEqual([LOW, lab.sandbox.org.table('Task').size]);
      expect(await summaryText(low)).toContain(
        '! Task was read by REST pages: the org has too few Bulk query jobs',
      );
      await lab.control('POST', '/clock/advance', { ms: 25 * 3_600_000, world: false });
      const later = await lab.sync({ full: true });
      expect(later.summary.pulled.find((pull) => pull.object === 'Task')!.transport).toBe('bulk');
      expect(await summaryText(later)).not.toContain('too few Bulk');
    },
  );
});
