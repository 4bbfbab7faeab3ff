import { CommanderError, type Command } from 'commander';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asHeadwaterError, HeadwaterError } from '../model/error.ts';
import type { Store } from '../store/store.ts';
import { STOPPED } from '../sync/run/stop.ts';
import type { ResultsPlace } from '../store/what-if.ts';
import type { OpenConnection } from './open-session.ts';
import type { CliDeps } from './deps.ts';
import { plainJson } from '../model/clean-text.ts';
import { logLine, logsJson } from './progress.ts';

export type { OpenConnection } from './open-session.ts';

/**
 * What a command ends with. `failed`: it could not do its work, or a check failed; `refused`: done,
 * and the CRM refused some of the writes, said only where `--strict` asks for it.
 */
/** What a shell reports for a process that a signal has ended: 128 and its number. */
const STOP_EXITS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;
export const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3 } as const;

/** So many fields at least must have been tried before "all refused" says more than bad luck. */
const ENOUGH_TRIED = 20;

/**
 * A record that was archived, locked or protected by a rule is everyday life: it is reported, and
 * waits in the quarantine. That the CRM refuses every single write is a lost permission.
 */
export function exitOfWrites(
  applied: readonly { fields: number; rejected: number; gone: number }[],
  strict: boolean,
): number {
  const sum = (of: 'fields' | 'rejected' | 'gone'): number =>
    applied.reduce((all, one) => all + one[of], 0);
  const refused = sum('rejected') - sum('gone');
  if (sum('fields') === 0 && refused >= ENOUGH_TRIED) return EXIT.failed;
  return strict && sum('rejected') > 0 ? EXIT.refused : EXIT.ok;
}

/** `--strict`, for scripts that want to hear of every refusal. */
export const withStrict = (command: Command): Command =>
  command.option(
    '--strict',
    'end with exit code 3 when the CRM refused any write, though the rest was done',
    false,
  );

export const DEFAULT_CONNECTION = 'headwater.connection.yaml';
export const DEFAULT_DATABASE = 'headwater.sqlite';

export interface CommonOptions {
  connection: string;
  db: string;
  json: boolean;
}

/** The options that every command on a connection shares, and an example for `--help`. */
export const withConnection = (command: Command, example: string): Command =>
  command
    .option('-c, --connection <file>', 'connection document', DEFAULT_CONNECTION)
    .option('--db <file>', 'local database', DEFAULT_DATABASE)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText('after', `\nExample:\n  $ ${example}`);

export const withDatabase = (command: Command, example: string): Command =>
  command
    .option('--db <file>', 'local database', DEFAULT_DATABASE)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText('after', `\nExample:\n  $ ${example}`);

/** A wrong value on the command line: one line, exit 2. */
export const usage = (message: string): CommanderError =>
  new CommanderError(EXIT.usage, 'headwater.usage', message);

export function count(
  name: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw usage(
        `${name} takes a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}, not "${text}"`,
      );
    return value;
  };
}

/** Reads a number from 0 to `max`, such as 0.15. */
export function amount(name: string, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || value > max)
      throw usage(`${name} takes a number from 0 to ${max}, not "${text}"`);
    return value;
  };
}

export const printJson = (deps: CliDeps, value: unknown): void =>
  deps.stdout(`${plainJson(value, 2)}\n`);

/**
 * Loads the connection, opens its CRM session for `work`, and closes it whatever happens. The
 * database is opened only to sign in with a secret that works once.
 */
export async function onSession<T>(
  deps: CliDeps,
  options: Pick<CommonOptions, 'connection' | 'db'>,
  work: (open: OpenConnection) => Promise<T>,
): Promise<T> {
  // Loaded here, so that `--help` and a look at the database do not wait for it.
  const { openSession } = await import('./open-session.ts');
  const open = await openSession(
    deps,
    options.connection,
    async (spend) => await onStore(deps, options.db, spend),
  );
  try {
    return await work(open);
  } finally {
    await open.session.close();
  }
}

export async function onStore<T>(
  deps: CliDeps,
  file: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await deps.openStore(resolve(deps.cwd, file));
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/**
 * A database that is only looked at: a mistyped name is a `config` error,
 * never a new and empty file.
 */
export async function onExistingStore<T>(
  deps: CliDeps,
  file: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  return await onStore(deps, await existingFile(deps, file), work);
}

/** A database of which nothing is written: no migration either. */
export async function onLookedAtStore<T>(
  deps: CliDeps,
  file: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await (deps.lookAtStore ?? deps.openStore)(await existingFile(deps, file));
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** The whole name of a database that is there. */
export async function existingFile(deps: CliDeps, file: string): Promise<string> {
  await access(resolve(deps.cwd, file)).catch((error: unknown) => {
    throw new HeadwaterError('config', `there is no database ${resolve(deps.cwd, file)}`, {
      code: 'ENOENT',
      cure: 'Name it with --db, or make one: `headwater demo`, or `headwater sync run` on a connection of your own.',
      cause: error,
    });
  });
  return resolve(deps.cwd, file);
}

/** Where results are read from. Errors: `config` when a what-if is asked for and there is none. */
export async function placeOf(
  store: Store,
  connectionId: string,
  whatIf: boolean,
): Promise<ResultsPlace> {
  const { resultsPlace } = await import('../store/what-if.ts');
  const place = await resultsPlace(store, connectionId, whatIf);
  if (place !== null) return place;
  throw new HeadwaterError('config', 'no dry run has left a what-if', {
    cure: 'Run `headwater sync run --dry-run`.',
  });
}

/** The only connection of a database, or the one that `--connection-id` names. */
export async function soleConnection(store: Store, wanted: string | undefined): Promise<string> {
  const { connections } = await import('../store/schema.ts');
  const found = (
    await store.db.select({ id: connections.id }).from(connections).orderBy(connections.id)
  ).map((row) => row.id);
  if (wanted !== undefined && found.includes(wanted)) return wanted;
  if (wanted !== undefined)
    throw new HeadwaterError(
      'config',
      `the database has no connection "${wanted}"${found.length > 0 ? `; it has ${found.join(', ')}` : ''}`,
      { cure: 'Name one of those, or run a sync first.' },
    );
  if (found.length === 0)
    throw new HeadwaterError('config', 'the database holds no synced connection yet', {
      cure: 'Run `headwater sync run` first, or point --db at the database of the demo.',
    });
  if (found.length > 1)
    throw usage(
      `the database has several connections (${found.join(', ')}); name one with --connection-id`,
    );
  return found[0]!;
}

/** One line for a person, or the error as JSON; returns the exit code. */
export function reportError(deps: CliDeps, error: unknown, json: boolean): number {
  const known = asHeadwaterError(error);
  if (json)
    printJson(deps, {
      error: {
        kind: known.kind,
        code: known.code ?? null,
        message: known.message,
        cure: known.cure ?? null,
        retryAtMs: known.retryAtMs ?? null,
      },
    });
  if (logsJson(deps.env))
    logLine(deps, 'error', {
      kind: known.kind,
      code: known.code ?? null,
      message: known.message,
      cure: known.cure ?? null,
      retryAtMs: known.retryAtMs ?? null,
    });
  else
    deps.stderr(
      `headwater: ${known.message}\n${known.cure === undefined ? '' : `  ${known.cure}\n`}`,
    );
  if (known.kind === 'bug' && deps.env['HEADWATER_DEBUG'] !== undefined)
    deps.stderr(`${known.stack ?? ''}\n`);
  return (
    STOP_EXITS.find(([words]) => known.code === STOPPED && known.message.includes(words))?.[1] ??
    EXIT.failed
  );
}
