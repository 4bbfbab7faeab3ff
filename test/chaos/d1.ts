import type { D1Database } from '@cloudflare/workers-types';
import { getTableName, isTable } from 'drizzle-orm';
import { resolve } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';
import { openD1Store } from '../../src/store/d1.ts';
import * as schema from '../../src/store/schema.ts';
import type { Sentence, Store } from '../../src/store/store.ts';
import { ROOT } from '../runtime/harness.ts';

/** A D1 database in workerd, for one schedule at a time. */
export interface D1Bench {
  /** The store on it, with not a row of the schedule before. */
  open(): Promise<Store>;
  close(): Promise<void>;
}

export async function startD1(): Promise<D1Bench> {
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        config: {
          name: 'chaos-d1',
          main: resolve(import.meta.dirname, 'd1-worker.js'),
          compatibility_date: '2026-10-23',
          d1_databases: [
            {
              binding: 'DB',
              database_name: 'chaos',
              database_id: '00000000-0000-0000-0000-000000000001',
              migrations_dir: resolve(ROOT, 'migrations'),
            },
          ],
        },
      },
    ],
  });
  const socket = await connect(await harness.listen());
  await harness.getWorker().applyD1Migrations('DB');
  const binding = bindingOver(socket);
  const tables = Object.values(schema)
    .filter((each) => isTable(each))
    .map((table) => getTableName(table));
  return {
    open: async () => {
      await binding.batch(tables.map((table) => binding.prepare(`delete from "${table}"`)));
      return openD1Store(binding);
    },
    close: async () => {
      socket.close();
      await harness.close();
    },
  };
}

async function connect({ url }: Awaited<ReturnType<TestHarness['listen']>>): Promise<WebSocket> {
  const socket = new WebSocket(String(url).replace(/^http/, 'ws'));
  await new Promise((opened, failed) => {
    socket.onopen = opened;
    socket.onerror = () => {
      failed(new Error(`no D1 at ${String(url)}`));
    };
  });
  return socket;
}

type Rows = unknown[][];

/**
 * As much of the binding as the store asks for; `d1-worker.js` at the other end has the real one.
 */
function bindingOver(socket: WebSocket): D1Database {
  let asked = 0;
  const waiting = new Map<
    number,
    { resolve: (rows: Rows) => void; reject: (error: Error) => void }
  >();
  socket.onmessage = ({ data }) => {
    const { n, rows, error } = JSON.parse(String(data)) as {
      n: number;
      rows: Rows;
      error?: string;
    };
    const asker = waiting.get(n);
    waiting.delete(n);
    if (error === undefined) asker?.resolve(rows);
    else asker?.reject(new Error(error));
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values())
      reject(new Error('D1_ERROR: Network connection lost.'));
  };
  const ask = (kind: 'read' | 'batch', queries: Sentence[]): Promise<Rows> =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      socket.send(JSON.stringify({ n: asked, kind, queries }));
    });
  interface Bound extends Sentence {
    bind(...params: unknown[]): Bound;
    raw(): Promise<Rows>;
  }
  const bound = (sql: string, params: unknown[]): Bound => ({
    sql,
    params,
    bind: (...values) => bound(sql, values),
    raw: () => ask('read', [{ sql, params }]),
  });
  return {
    prepare: (sql: string) => bound(sql, []),
    batch: async (statements: Bound[]) =>
      await ask(
        'batch',
        statements.map(({ sql, params }) => ({ sql, params })),
      ),
  } as unknown as D1Database;
}
