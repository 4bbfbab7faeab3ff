import type { D1Database, Queue, RateLimit, Workflow } from '@cloudflare/workers-types';
import { HeadwaterError } from '../../model/error.ts';
import { parseAllowedSecrets, secretNameFault } from '../../model/secret-names.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { HintMessage } from '../../http/webhooks/hint-message.ts';
import type { JourneyInput } from './instance.ts';

/**
 * Bindings, variables and secrets, as wrangler.toml names them. A deployment that lacks one says so
 * instead of failing somewhere inside.
 */
export interface WorkerEnv {
  DB: D1Database;
  SYNC: Workflow<JourneyInput>;
  HINTS?: Queue<HintMessage>;
  API_RATE?: RateLimit;
  BROWSER_RATE?: RateLimit;
  [name: string]: unknown;
}

/**
 * The cron expression of the nightly full read; every other one starts an ordinary sync. Must
 * be one of wrangler.toml's.
 */
export const AUDIT_CRON = '37 2 * * *';

const isDatabase = (value: unknown): value is D1Database =>
  typeof value === 'object' && value !== null && 'prepare' in value && 'batch' in value;

/**
 * The databases by binding name: `DB` and every further one that begins with `DB_`. Errors:
 * `config` when `DB` is missing.
 */
export function databasesOf(env: WorkerEnv): Map<string, D1Database> {
  const found = Object.entries(env).filter(
    (entry): entry is [string, D1Database] =>
      (entry[0] === 'DB' || entry[0].startsWith('DB_')) && isDatabase(entry[1]),
  );
  if (!found.some(([name]) => name === 'DB'))
    throw missing(
      'the D1 binding DB',
      'Add [[d1_databases]] with binding = "DB" to wrangler.toml, make the database with `npx wrangler d1 create headwater` and put its id there.',
    );
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function databaseOf(env: WorkerEnv, name: string): D1Database {
  const found = databasesOf(env).get(name);
  if (found === undefined)
    throw missing(
      `the D1 binding ${name}`,
      'The connection was pushed to a database that wrangler.toml no longer binds: bind it again.',
    );
  return found;
}

export function workflowOf(env: WorkerEnv): Workflow<JourneyInput> {
  if (typeof env.SYNC !== 'object' || env.SYNC === null)
    throw missing(
      'the Workflow binding SYNC',
      'Add [[workflows]] with binding = "SYNC" and class_name = "SyncWorkflow" to wrangler.toml.',
    );
  return env.SYNC;
}

/** A text variable or secret; undefined when it is not set or empty. */
export function textOf(env: WorkerEnv, name: string): string | undefined {
  const value = env[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The secrets that a connection document names, from Workers secrets. Errors: `config` names the
 * first one that is missing, never a value.
 */
export function secretsOf(env: WorkerEnv, connection: ConnectionDocument): Record<string, string> {
  return Object.fromEntries(
    Object.entries(connection.secrets).map(([name, source]) => {
      if ('file' in source)
        throw new HeadwaterError(
          'config',
          `the secret ${name} of connection "${connection.id}" is in a file, and a Worker has none`,
          {
            code: 'SECRET',
            cure: `Name it as { env: NAME } in the connection document and set it: npx wrangler secret put NAME`,
          },
        );
      const fault = secretNameFault(
        connection.id,
        source.env,
        parseAllowedSecrets(textOf(env, 'HEADWATER_SECRET_NAMES') ?? ''),
      );
      if (fault !== null)
        throw new HeadwaterError('config', fault.message, { code: 'SECRET', cure: fault.cure });
      const value = textOf(env, source.env);
      if (value === undefined)
        throw new HeadwaterError(
          'config',
          `the secret ${name} of connection "${connection.id}" should be in the Workers secret ${source.env}, which is not set`,
          { code: 'SECRET', cure: `npx wrangler secret put ${source.env}` },
        );
      return [name, value];
    }),
  );
}

const missing = (what: string, cure: string): HeadwaterError =>
  new HeadwaterError('config', `this deployment lacks ${what}`, { code: 'BINDING', cure });
