import { existsSync, readFileSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { HeadwaterError } from '../model/error.ts';
import { openError, refuseNewer, storeOver } from './node.ts';
import * as schema from './schema.ts';
import type { Database, Store } from './store.ts';

/**
 * A database that is only looked at: nothing of it is written and nothing migrated, so that it may
 * be another user's, on a read-only disk, or in use by another version. Errors: `config` when it is
 * no database, or of an older or newer schema.
 */
export function openToLook(file: string, migrationsFolder: string): Store {
  let raw: Sqlite.Database | null = null;
  try {
    raw = openReadOnly(file);
    refuseNewer(raw, file, migrationsFolder);
    refuseOlder(raw, file, migrationsFolder);
    return storeOver(raw, drizzle(raw, { schema }) as unknown as Database);
  } catch (error) {
    raw?.close();
    throw openError(file, error);
  }
}

/** Places in the header that say whether the file is read through a log beside it. */
const [WRITE_VERSION, READ_VERSION] = [18, 19];
const WITHOUT_LOG = 1;

function openReadOnly(file: string): Sqlite.Database {
  try {
    const raw = new Sqlite(file, { readonly: true, fileMustExist: true });
    raw.pragma('schema_version');
    return raw;
  } catch (error) {
    // Where the folder cannot be written, the log's index cannot be made; with nothing in the log
    // the file is whole by itself.
    const log = `${file}-wal`;
    const cut = existsSync(log) && statSync(log).size > 0;
    if (cut || !(error instanceof Error) || !/unable to open|readonly/i.test(error.message))
      throw error;
    const bytes = readFileSync(file);
    bytes[WRITE_VERSION] = bytes[READ_VERSION] = WITHOUT_LOG;
    return new Sqlite(bytes, { readonly: true });
  }
}

function refuseOlder(raw: Sqlite.Database, file: string, migrationsFolder: string): void {
  const known = readMigrationFiles({ migrationsFolder }).length;
  const applied = Number(raw.prepare('select count(*) from __drizzle_migrations').pluck().get());
  if (applied >= known) return;
  throw new HeadwaterError(
    'config',
    `the database ${file} is of an older version of Headwater, and looking at it changes nothing`,
    {
      code: 'OLDER_DATABASE',
      cure: 'The next command that writes, such as `headwater sync run`, brings it up to date; `headwater backup` first keeps a copy.',
    },
  );
}
