import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNodeStore, storeOver } from '../../src/store/node.ts';
import * as schema from '../../src/store/schema.ts';
import type { Database, Store } from '../../src/store/store.ts';
import { MIGRATIONS } from '../store/open.ts';

interface Kept {
  store: Store;
  empty: () => void;
}

/**
 * Emptied databases that wait for the next schedule: a new one would have every statement of
 * the engine compiled again.
 */
const kept: Kept[] = [];

/**
 * The Node store on an in-memory database without a row in it. Closing it leaves it to the
 * next schedule of this process.
 */
export function openQuickStore(): Store {
  const one = kept.pop() ?? open();
  let closed = false;
  return {
    ...one.store,
    close: () => {
      if (closed) return;
      closed = true;
      one.empty();
      kept.push(one);
    },
  };
}

function open(): Kept {
  const raw = new Sqlite(migrated());
  const tables = raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name <> '__drizzle_migrations' and name not like 'sqlite%'",
    )
    .pluck()
    .all() as string[];
  const deletions = tables.map((table) => raw.prepare(`delete from "${table}"`));
  return {
    store: storeOver(raw, drizzle(raw, { schema }) as unknown as Database),
    empty: raw.transaction(() => {
      for (const deletion of deletions) deletion.run();
    }),
  };
}

/** An empty, migrated database as bytes. */
function migrated(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  try {
    const file = join(folder, 'empty.db');
    openNodeStore(file, MIGRATIONS).close();
    const db = new Sqlite(file);
    db.pragma('journal_mode = DELETE');
    db.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
