import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { DAMAGED_CURE, HeadwaterError } from '../model/error.ts';
import * as schema from './schema.ts';
import type { Database, Statement, Store } from './store.ts';

/**
 * Another process may hold the write lock for one batch; five seconds is far
 * longer than any batch takes.
 */
const BUSY_TIMEOUT_MS = 5000;

/**
 * The store in a SQLite file (or `:memory:`), migrated to the newest schema.
 * Errors: `config` when the file can't be opened, is no database or is damaged.
 */
export function openNodeStore(file: string, migrationsFolder: string): Store {
  let raw: Sqlite.Database;
  try {
    if (file !== ':memory:') makePrivate(file);
    raw = new Sqlite(file);
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = NORMAL');
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    // What is erased is gone from the file too, not only out of sight.
    raw.pragma('secure_delete = ON');
    // Migrations never rebuild tables, but a rebuild with foreign keys on would delete
    // child rows, so they stay off.
    raw.pragma('foreign_keys = OFF');
  } catch (error) {
    throw openError(file, error);
  }
  const db = drizzle(raw, { schema });
  try {
    migrateAlone(() => migrate(db, { migrationsFolder }));
    refuseNewer(raw, file, migrationsFolder);
  } catch (error) {
    raw.close();
    throw openError(file, error);
  }
  return storeOver(raw, db as unknown as Database);
}

/** Two processes that open a new database at once migrate it at once; the later one looks again. */
const MIGRATION_TRIES = 20;
const MIGRATION_WAIT_MS = 250;

function migrateAlone(run: () => void): void {
  for (let tries = 1; ; tries++)
    try {
      run();
      return;
    } catch (error) {
      const said = String(error instanceof Error ? (error.cause ?? error) : error);
      if (tries === MIGRATION_TRIES || !/already exists|duplicate column/.test(said)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MIGRATION_WAIT_MS);
    }
}

/**
 * Readable by its owner alone; SQLite gives the files beside it (WAL, shared memory) the same mode.
 */
const PRIVATE_MODE = 0o600;

/** Names of people and companies are in it: a new file is nobody else's to read. */
function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', PRIVATE_MODE));
}

/**
 * Far more texts than the engine has; beyond it they hold what changes, and
 * keeping them would never end.
 */
const MAX_PREPARED = 1000;

/** The store on an open, migrated database; `db` is drizzle on the same one. */
export function storeOver(raw: Sqlite.Database, db: Database): Store {
  const prepared = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    let known = prepared.get(sql);
    if (known === undefined) {
      known = raw.prepare(sql);
      if (prepared.size >= MAX_PREPARED) prepared.clear();
      prepared.set(sql, known);
    }
    return known;
  };
  // better-sqlite3 is synchronous: one transaction around the statements is the atomic batch.
  const all = raw.transaction((statements: Statement[]) => {
    for (const statement of statements) {
      const { sql, params } = statement.toSQL();
      prepare(sql).run(...params);
    }
  });
  return {
    db,
    read: async ({ sql, params }) =>
      prepare(sql)
        .raw()
        .all(...params) as unknown[][],
    batch: async (statements, durable = false) => {
      if (durable) raw.pragma('synchronous = FULL');
      try {
        all(statements);
      } finally {
        if (durable) raw.pragma('synchronous = NORMAL');
      }
    },
    close: () => raw.close(),
  };
}

/**
 * A newer version may rely on what this one does not keep up, so it is refused
 * rather than half understood.
 */
export function refuseNewer(raw: Sqlite.Database, file: string, migrationsFolder: string): void {
  const newestMs = Math.max(
    ...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis),
  );
  const applied = raw.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
  if (Number(applied) <= newestMs) return;
  throw new HeadwaterError(
    'config',
    `the database ${file} was written by a newer version of Headwater`,
    { code: 'NEWER_DATABASE', cure: 'Use that newer version, or name another file with --db.' },
  );
}

export function openError(file: string, error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  const cause =
    error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : null;
  const code = cause !== null && 'code' in cause ? String(cause.code) : 'SQLITE';
  return new HeadwaterError(
    'config',
    `cannot open the database ${file}: ${cause?.message ?? String(error)}`,
    {
      code,
      cure:
        code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')
          ? DAMAGED_CURE
          : 'Check the path given with --db, its folder and its permissions.',
      cause: error,
    },
  );
}
