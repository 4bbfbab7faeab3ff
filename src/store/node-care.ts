import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { HeadwaterError } from '../model/error.ts';

/** One thing that was looked at, and what to do where it is not as it should be. */
export interface CareCheck {
  name: string;
  ok: boolean;
  detail: string;
  cure: string | null;
}

/** Below this a run may fill the disk in the middle of a write. */
const LOW_DISK_BYTES = 500_000_000;
/** A row from further ahead was written by a clock that is wrong, or this one is. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * A consistent copy of a database that may be in use (SQLite's own online backup), readable by its
 * owner alone. Errors: `config` when the target exists or cannot be written.
 */
export async function backupDatabase(file: string, target: string): Promise<{ bytes: number }> {
  if (existsSync(target))
    throw new HeadwaterError('config', `${target} is there already`, {
      code: 'EEXIST',
      cure: 'Name a new file; a backup never overwrites anything.',
    });
  const before = process.umask(0o077);
  const source = new Sqlite(file, { readonly: true });
  try {
    await source.backup(target);
  } catch (error) {
    throw new HeadwaterError(
      'config',
      `the backup could not be written to ${target}: ${error instanceof Error ? error.message : String(error)}`,
      {
        code: 'BACKUP',
        cure: 'Check the folder, its permissions and the room on the disk.',
        cause: error,
      },
    );
  } finally {
    source.close();
    process.umask(before);
  }
  return { bytes: statSync(target).size };
}

const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;

/** Looks a database over without changing it: integrity, migrations, permissions, clock, disk. */
export function examineDatabase(
  file: string,
  migrationsFolder: string,
  nowMs: number,
): CareCheck[] {
  const mode = statSync(file).mode & 0o777;
  const { bavail, bsize } = statfsSync(dirname(file));
  const free = bavail * bsize;
  const raw = new Sqlite(file, { readonly: true });
  try {
    return [
      integrity(raw),
      migrations(raw, migrationsFolder),
      {
        name: 'permissions',
        ok: (mode & 0o077) === 0,
        detail: `the file has mode ${mode.toString(8)}`,
        cure: (mode & 0o077) === 0 ? null : `Names of people are in it: chmod 600 ${file}`,
      },
      clock(raw, nowMs),
      {
        name: 'disk',
        ok: free > LOW_DISK_BYTES,
        detail: `${mib(free)} free`,
        cure: free > LOW_DISK_BYTES ? null : 'Make room before the next run: a full disk ends it.',
      },
    ];
  } finally {
    raw.close();
  }
}

function integrity(raw: Sqlite.Database): CareCheck {
  const said = String(raw.pragma('quick_check(1)', { simple: true }));
  return {
    name: 'database',
    ok: said === 'ok',
    detail: said === 'ok' ? 'sound' : said,
    cure:
      said === 'ok'
        ? null
        : 'Take the last backup, or move the file away and run `headwater sync run --full`.',
  };
}

function migrations(raw: Sqlite.Database, folder: string): CareCheck {
  const known = readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis);
  const applied = raw
    .prepare('select created_at from __drizzle_migrations')
    .pluck()
    .all()
    .map(Number);
  const missing = known.filter((one) => !applied.includes(one)).length;
  const newer = applied.filter((one) => one > Math.max(...known)).length;
  return {
    name: 'migrations',
    ok: missing === 0 && newer === 0,
    detail: `${applied.length} applied${missing > 0 ? `, ${missing} to come` : ''}${newer > 0 ? `, ${newer} of a newer version` : ''}`,
    cure:
      newer > 0
        ? 'Use the newer version of Headwater that wrote this database.'
        : missing > 0
          ? 'They are applied by the next command that writes, such as `headwater sync run`.'
          : null,
  };
}

function clock(raw: Sqlite.Database, nowMs: number): CareCheck {
  const newest = Number(raw.prepare('select max(started_ms) from runs').pluck().get() ?? 0);
  const ahead = newest - nowMs;
  return {
    name: 'clock',
    ok: ahead <= CLOCK_SLACK_MS,
    detail:
      ahead > CLOCK_SLACK_MS
        ? `the newest run began ${Math.round(ahead / 60_000)} minutes in the future`
        : 'no run is of the future',
    cure: ahead > CLOCK_SLACK_MS ? 'Set the clock of this machine, or of the one that ran.' : null,
  };
}
