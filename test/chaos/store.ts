import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from '../../src/store/schema.ts';
import type { Database, Store } from '../../src/store/store.ts';
import { openNodeStore, storeOver } from '../../src/store/node.ts';
import { MIGRATIONS } from '../store/open.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let template: Buffer | null = null;

/** An empty, migrated database as bytes: migrating takes longer than half a schedule. */
function migrated(): Buffer {
  if (template !== null) return template;
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const file = join(folder, 'empty.db');
  openNodeStore(file, MIGRATIONS).close();
  const db = new Sqlite(file);
  db.pragma('journal_mode = DELETE');
  db.close();
  template = readFileSync(file);
  rmSync(folder, { recursive: true });
  return template;
}

/** The Node store on a fresh in-memory database. */
export function openQuickStore(): Store {
  const raw = new Sqlite(migrated());
  return storeOver(raw, drizzle(raw, { schema }) as unknown as Database);
}
