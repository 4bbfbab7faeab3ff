import type { D1Database } from '@cloudflare/workers-types';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHarness, type TestHarness, type WorkerHandle } from 'wrangler';
import type { ConnectionDocument } from '../../src/model/connection.ts';
import { createToken } from '../../src/model/api-token.ts';
import { openD1Store } from '../../src/store/d1.ts';
import type { Store } from '../../src/store/store.ts';
import type { WorkerEnv } from '../../src/host/worker/env.ts';
import type { JourneyInput, JourneyResult } from '../../src/host/worker/instance.ts';
import { instanceIdOf } from '../../src/host/worker/schedule.ts';
import { ROOT } from './harness.ts';
import { shippedConfig } from './wrangler-config.ts';

/** The Worker as `wrangler deploy` would send it, in workerd, with D1, Workflows and the queue. */
export interface WorkerLab {
  harness: TestHarness;
  worker: WorkerHandle<WorkerEnv>;
  env: WorkerEnv;
  /** In the binding DB, and in the second database, DB_2. */
  store: Store;
  second: Store;
  /** A token of every scope. */
  token: string;
  /** The Worker's own API, with that token. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  push(connection: ConnectionDocument, mapping: string, database?: string): Promise<void>;
  /** Fires the cron. */
  tick(atMs: number, cron?: string): Promise<void>;
  /** Fires the cron and waits for the instance of this connection. */
  sync(connectionId: string, atMs: number, cron?: string): Promise<JourneyResult>;
  start(id: string, params: JourneyInput): Promise<void>;
  /**
   * Waits until an instance and the successors that it handed over to have ended; the last one's
   * output, or its error thrown.
   */
  ended(id: string): Promise<JourneyResult>;
  statusOf(id: string): Promise<{ status: string; error?: unknown; output?: unknown }>;
  /**
   * Pauses these instances, starts new isolates on the same storage (as after a deploy or an
   * eviction), and resumes them. The local runtime resumes none by itself.
   * `meanwhile` is called once all have been asked to pause: a step that waits
   * for something must end first.
   */
  crash(ids: string[], meanwhile: () => void): Promise<void>;
  close(): Promise<void>;
}

/** Just below what a test may take, so that it fails with the state it saw. */
const WAIT_MS = 230_000;

/** The shipped wrangler.toml with its second database switched on, as its own comment says to do it. */
function configWithTwoDatabases(dir: string): string {
  const config = shippedConfig()
    .replace(/((?:^# .*= ".*"\n|^# \[\[d1_databases\]\]\n)+)/gm, (block) =>
      block.includes('DB_2') ? block.replace(/^# /gm, '') : block,
    )
    .replace('"…"', '"00000000-0000-0000-0000-000000000002"');
  if (!/^binding = "DB_2"$/m.test(config))
    throw new Error('wrangler.toml no longer shows how to add a database');
  const path = join(dir, 'wrangler.toml');
  writeFileSync(path, config);
  return path;
}

const storesOf = (env: WorkerEnv): Pick<WorkerLab, 'store' | 'second'> => ({
  store: openD1Store(env.DB),
  second: openD1Store(env['DB_2'] as D1Database),
});

export async function openWorkerLab(given: Record<string, string>): Promise<WorkerLab> {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-lab-'));
  const { token, line } = await createToken('lab', ['read', 'run', 'admin']);
  const secrets = { ...given, HEADWATER_TOKENS: line };
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: configWithTwoDatabases(dir),
        secrets,
        vars: { HEADWATER_LOG: process.env['LAB_LOG'] ?? 'off' },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<WorkerEnv>();
  for (const binding of ['DB', 'DB_2']) await worker.applyD1Migrations(binding);
  let env = await worker.getEnv();
  const statusOf = async (id: string) =>
    (await (await env.SYNC.get(id)).status()) as {
      status: string;
      error?: unknown;
      output?: unknown;
    };
  const untilStatus = (id: string, wanted: string[]) => waitFor(() => statusOf(id), id, wanted);
  const lab: WorkerLab = {
    harness,
    worker,
    env,
    token,
    ...storesOf(env),
    statusOf,
    api: async (method, path, body) => {
      const response = await worker.fetch(`https://headwater.example${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    push: async (connection, mapping, database = 'DB') => {
      const { status, body } = await lab.api(
        'PUT',
        `/v1/connections/${connection.id}?database=${database}`,
        { connection, mapping },
      );
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    tick: async (atMs, cron = '*/15 * * * *') => {
      const { outcome } = await worker.scheduled({ cron, scheduledTime: new Date(atMs) });
      if (outcome !== 'ok') throw new Error(`the cron ended with ${outcome}`);
    },
    sync: async (connectionId, atMs, cron) => {
      await lab.tick(atMs, cron);
      return await lab.ended(
        instanceIdOf(
          connectionId,
          atMs,
          cron === undefined || cron.startsWith('*/') ? 'sync' : 'audit',
        ),
      );
    },
    start: async (id, params) => {
      await env.SYNC.create({ id, params });
    },
    ended: async (id) => {
      const now = await untilStatus(id, ['complete', 'errored', 'terminated']);
      if (now.status === 'complete') {
        const result = now.output as JourneyResult;
        return result.successor === null ? result : await lab.ended(result.successor);
      }
      throw new Error(`${id} ${now.status}: ${JSON.stringify(now.error)}`);
    },
    crash: async (ids, meanwhile) => {
      for (const id of ids) await (await env.SYNC.get(id)).pause();
      meanwhile();
      for (const id of ids) await untilStatus(id, ['paused']);
      await harness.update((options) => options);
      env = await worker.getEnv();
      Object.assign(lab, { env, ...storesOf(env) });
      for (const id of ids) await (await env.SYNC.get(id)).resume();
    },
    close: async () => {
      await harness.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return lab;
}

/** Asks until an instance has one of these states. */
async function waitFor<T extends { status: string }>(
  ask: () => Promise<T>,
  id: string,
  wanted: string[],
): Promise<T> {
  for (
    const untilMs = Date.now() + WAIT_MS;
    ;
    await new Promise((resolve) => setTimeout(resolve, 50))
  ) {
    // The harness's own connection to workerd may be closed between two calls, which says nothing
    // about the instance.
    const now = await ask().catch((error: unknown) => {
      if (error instanceof TypeError && error.message === 'fetch failed') return null;
      throw error;
    });
    if (now !== null && wanted.includes(now.status)) return now;
    if (Date.now() > untilMs)
      throw new Error(`${id} is still ${now?.status ?? 'silent'}, not ${wanted.join(' or ')}`);
  }
}
