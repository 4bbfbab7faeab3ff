import type { Hono } from 'hono';
import { connectors, loaderOf } from '../../connectors/index.ts';
import { createApp } from '../../src/http/api/app.ts';
import { createToken, type Scope } from '../../src/model/api-token.ts';
import { parseTokens, principalOfToken } from '../../src/http/api/auth/tokens.ts';
import type { AppDeps } from '../../src/http/api/deps.ts';
import type { HintMessage } from '../../src/http/webhooks/hint-message.ts';
import { markHints } from '../../src/store/hints.ts';
import { pinConnection } from '../../src/store/runs.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';

export const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
export const HUBSPOT_SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
export const SIGNALS_SECRET = 'of-which-the-secret-of-each-feed-is-made-0123456789';
export const SALESFORCE_SECRET = 'a-long-random-text-in-the-address-0123456789';
const SECRETS = new Map([
  ['hubspot', HUBSPOT_SECRET],
  ['salesforce', SALESFORCE_SECRET],
]);
export const ORG = '00D000000000001EAA';
export const PORTAL = '62515';

export interface HttpLab {
  app: Hono;
  store: Store;
  second: Store;
  deps: AppDeps;
  hints: HintMessage[];
  started: string[];
  clock: { nowMs: number };
  tokens: Record<Scope, string>;
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  close(): void;
}

/** The tokens themselves, by the scope that each holds. */
const tokensOf = <Scope extends string>(
  made: Readonly<Record<Scope, { token: string }>>,
): Record<Scope, string> =>
  Object.fromEntries(
    Object.entries<{ token: string }>(made).map(([scope, { token }]) => [scope, token]),
  ) as Record<Scope, string>;

/** The app on two in-memory databases, with one token for each scope. */
export async function openHttpLab(change: Partial<AppDeps> = {}): Promise<HttpLab> {
  const [store, second] = [openMemory(), openMemory()];
  await pinConnection(store, {
    id: 'sf',
    crm: 'salesforce',
    orgId: ORG,
    orgName: 'Acme',
    instanceUrl: 'https://acme.example',
    pinnedMs: 1,
  });
  await pinConnection(second, {
    id: 'hs',
    crm: 'hubspot',
    orgId: PORTAL,
    orgName: 'Portal',
    instanceUrl: 'https://api.hubapi.com',
    pinnedMs: 1,
  });
  const made = {
    read: await createToken('reader', ['read']),
    run: await createToken('runner', ['run']),
    admin: await createToken('admin', ['admin']),
    signals: await createToken('signals', ['signals']),
    shared: await createToken('shared', ['shared']),
  };
  const entries = parseTokens(
    Object.values(made)
      .map((one) => one.line)
      .join('\n'),
  );
  const clock = { nowMs: NOW_MS };
  const hints: HintMessage[] = [];
  const started: string[] = [];
  const stores = new Map([
    ['DB', store],
    ['DB_2', second],
  ]);
  const deps: AppDeps = {
    version: '0.1.0',
    nowMs: () => clock.nowMs,
    stores,
    allow: async () => true,
    addressOf: () => '203.0.113.9',
    log: () => {},
    authenticate: (request) => principalOfToken(entries, request.headers.get('authorization')),
    startRun: async (database, id, options) => {
      started.push(`${database}/${id}/${options.full}`);
      return { id: 'r1', started: true };
    },
    missingSecrets: (connection) =>
      Object.values(connection.secrets).flatMap((source) => ('env' in source ? [source.env] : [])),
    takeHints: async (message) => {
      hints.push(message);
      const own = stores.get(message.database)!;
      await own.batch(markHints(own, message.connectionId, message.marks, message.markedMs));
    },
    connector: async (crm) => (await loaderOf(connectors, crm)?.()) ?? null,
    webhooks: {
      secretOf: (crm) => SECRETS.get(crm),
      signalsSecret: () => SIGNALS_SECRET,
      publicOrigin: undefined,
    },
    ...change,
  };
  const app = createApp(deps);
  return {
    app,
    store,
    second,
    deps,
    hints,
    started,
    clock,
    tokens: tokensOf(made),
    call: async (method, path, { token, body, headers } = {}) =>
      await app.request(`https://hw.example${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    close: () => {
      store.close();
      second.close();
    },
  };
}
