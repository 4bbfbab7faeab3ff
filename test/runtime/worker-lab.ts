import type { D1Database } from '@cloudflare/workers-types';
import { createTestHarness, type TestHarness, type WorkerHandle } from 'wrangler';
import type { ConnectionDocument } from '../../src/model/connection.ts';
import { pushBundle } from '../../src/store/bundles.ts';
import { openD1Store } from '../../src/store/d1.ts';
import type { Store } from '../../src/store/store.ts';
import type { WorkerEnv } from '../../src/host/worker/env.ts';
import type { JourneyInput, JourneyResult } from '../../src/host/worker/journey.ts';
import { instanceIdOf } from '../../src/host/worker/schedule.ts';
import { ROOT } from './harness.ts';

/** The Worker as `wrangler deploy` would send it, in workerd, with D1, Workflows and the queue. */
export interface WorkerLab {
  harness: TestHarness;
  worker: WorkerHandle<WorkerEnv>;
  env: WorkerEnv;
  store: Store;
  push(connection: ConnectionDocument, mapping: string): Promise<void>;
  /** Fires the cron. */
  tick(atMs: number, cron?: string): Promise<void>;
  /** Fires the cron and waits for the instance of this connection. */
  sync(connectionId: string, atMs: number, cron?: string): Promise<JourneyResult>;
  start(id: string, params: JourneyInput): Promise<void>;
  /** Waits until an instance has ended; its output, or its error thrown. */
  ended(id: string): Promise<JourneyResult>;
  statusOf(id: string): Promise<{ status: string; error?: unknown; output?: unknown }>;
  /** Pauses these instances, starts new isolates on the same storage (as after a deploy or an eviction), and resumes them. The local runtime resumes none by itself. */
  crash(ids: string[]): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 50_000;

export async function openWorkerLab(secrets: Record<string, string>): Promise<WorkerLab> {
  const harness = createTestHarness({ root: ROOT, workers: [{ configPath: `${ROOT}/wrangler.toml`, secrets, vars: { HEADWATER_LOG: process.env['LAB_LOG'] ?? 'off' } }] });
  await harness.listen();
  const worker = harness.getWorker<WorkerEnv>();
  await worker.applyD1Migrations('DB');
  let env = await worker.getEnv();
  const store = openD1Store(env.DB as D1Database);
  const statusOf = async (id: string) => await (await env.SYNC.get(id)).status() as { status: string; error?: unknown; output?: unknown };
  const untilStatus = async (id: string, wanted: string[]) => {
    for (const untilMs = Date.now() + WAIT_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const now = await statusOf(id);
      if (wanted.includes(now.status)) return now;
      if (Date.now() > untilMs) throw new Error(`${id} is still ${now.status}, not ${wanted.join(' or ')}`);
    }
  };
  const lab: WorkerLab = {
    harness, worker, env, store, statusOf,
    push: async (connection, mapping) => { await pushBundle(lab.store, connection, mapping, Date.now()); },
    tick: async (atMs, cron = '*/15 * * * *') => {
      const { outcome } = await worker.scheduled({ cron, scheduledTime: new Date(atMs) });
      if (outcome !== 'ok') throw new Error(`the cron ended with ${outcome}`);
    },
    sync: async (connectionId, atMs, cron) => {
      await lab.tick(atMs, cron);
      return await lab.ended(instanceIdOf(connectionId, atMs, cron === undefined || cron.startsWith('*/') ? 'sync' : 'audit'));
    },
    start: async (id, params) => { await env.SYNC.create({ id, params }); },
    ended: async (id) => {
      const now = await untilStatus(id, ['complete', 'errored', 'terminated']);
      if (now.status === 'complete') return now.output as JourneyResult;
      throw new Error(`${id} ${now.status}: ${JSON.stringify(now.error)}`);
    },
    crash: async (ids) => {
      const running: string[] = [];
      for (const id of ids) {
        if (['complete', 'errored'].includes((await statusOf(id)).status)) continue;
        await (await env.SYNC.get(id)).pause();
        running.push(id);
      }
      for (const id of running) await untilStatus(id, ['paused']);
      await harness.update((options) => options);
      env = await worker.getEnv();
      Object.assign(lab, { env, store: openD1Store(env.DB as D1Database) });
      for (const id of running) await (await env.SYNC.get(id)).resume();
    },
    close: () => harness.close(),
  };
  return lab;
}
