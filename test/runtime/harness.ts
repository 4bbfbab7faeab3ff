import type { D1Database } from '@cloudflare/workers-types';
import { resolve } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';

export const ROOT = resolve(import.meta.dirname, '../..');
process.env['WRANGLER_SEND_METRICS'] = 'false';

/** A D1 database in workerd and nothing else, with the migrations applied. */
export async function openBareD1(): Promise<{ harness: TestHarness; binding: D1Database }> {
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        config: {
          name: 'bare-d1',
          main: resolve(import.meta.dirname, 'bare-worker.js'),
          compatibility_date: '2026-10-23',
          d1_databases: [
            {
              binding: 'DB',
              database_name: 'bare',
              database_id: '00000000-0000-0000-0000-000000000001',
              migrations_dir: resolve(ROOT, 'migrations'),
            },
          ],
        },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<{ DB: D1Database }>();
  await worker.applyD1Migrations('DB');
  return { harness, binding: (await worker.getEnv()).DB };
}
