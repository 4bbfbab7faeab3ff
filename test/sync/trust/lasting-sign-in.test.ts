import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubspot } from '../../../connectors/hubspot/index.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { onSession } from '../../../src/cli/command.ts';
import { nodeDeps } from '../../../src/host/node/node-main.ts';
import { openOnce } from '../../../src/host/worker/open-run.ts';
import type { JourneyHost } from '../../../src/host/worker/instance.ts';
import type { ConnectionDocument } from '../../../src/model/connection.ts';
import { pushBundle } from '../../../src/store/bundles.ts';
import { newMeter } from '../../../src/store/d1.ts';
import { takeLease } from '../../../src/store/lease.ts';
import { openNodeStore } from '../../../src/store/node.ts';
import { listIssues } from '../../../src/store/issues.ts';
import { newRun } from '../../../src/sync/run/run.ts';
import { MIGRATIONS } from '../../store/open.ts';

const KEY = randomBytes(32).toString('base64');
const SETTINGS = {
  hubspot: { auth: 'oauth', clientId: 'c' },
  salesforce: {
    auth: 'refresh-token',
    clientId: 'c',
    instanceUrl: 'https://acme.my.salesforce.com',
  },
};
type Crm = keyof typeof SETTINGS;
type Open = (
  crm: Crm,
  given: string,
  key?: string,
  settings?: Record<string, unknown>,
) => Promise<void>;

let dir: string;
let current: string;
let spent: string[];
let replaces: boolean;
let said: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'headwater-lasting-'));
  [current, spent, replaces, said] = ['R0-planted', [], false, []];
});
afterEach(() => rmSync(dir, { recursive: true }));

/**
 * Either vendor's token endpoint; HubSpot's answers with the same refresh token unless `replaces`.
 */
const wire: typeof fetch = async (input, init) => {
  const url = String(input);
  if (url.includes('/account-info/'))
    return Response.json({ portalId: 7, timeZone: 'UTC', companyCurrency: 'EUR', uiDomain: 'x' });
  const given = new URLSearchParams(String(init?.body)).get('refresh_token') ?? '';
  spent.push(given);
  if (given !== current)
    return Response.json(
      { status: 'BAD_REFRESH_TOKEN', message: 'missing or invalid refresh token' },
      { status: 400 },
    );
  if (replaces) current = `${given}x`;
  return Response.json({
    access_token: 'A',
    expires_in: 1800,
    instance_url: 'https://acme.my.salesforce.com',
    refresh_token: current,
  });
};
const log = (event: string, data?: Record<string, unknown>): void => {
  said.push(JSON.stringify({ event, ...data }));
};
const open = () => openNodeStore(join(dir, 'd.sqlite'), MIGRATIONS);

const cli: Open = async (crm, given, key, settings = {}) => {
  const node = nodeDeps();
  writeFileSync(
    join(dir, 'c.yaml'),
    JSON.stringify({
      version: 1,
      id: 'acme',
      crm,
      mapping: 'm.yaml',
      settings: { ...SETTINGS[crm], ...settings },
      secrets: { refreshToken: { env: 'REFRESH' }, clientSecret: { env: 'CLIENT' } },
    }),
  );
  const deps = {
    ...node,
    cwd: dir,
    env: { REFRESH: given, CLIENT: 's', ...(key === undefined ? {} : { HEADWATER_KEY: key }) },
    connector: async () => (crm === 'hubspot' ? hubspot : salesforce),
    connectorDeps: (saveSecret: Parameters<typeof node.connectorDeps>[0]) => ({
      ...node.connectorDeps(saveSecret),
      sleep: async () => {},
      fetch: wire,
      log,
    }),
  };
  await onSession(deps, { connection: 'c.yaml', db: 'd.sqlite' }, async () => {});
};

const worker: Open = async (crm, given, key, settings = {}) => {
  const store = open();
  const connection: ConnectionDocument = {
    version: 1,
    id: 'acme',
    crm,
    mapping: 'm.yaml',
    settings: { ...SETTINGS[crm], ...settings },
    secrets: {},
    shadow: [],
    limits: { quotaFloorPercent: 30 },
  };
  const nowMs = (): number => Date.now();
  const host: JourneyHost = {
    store,
    meter: newMeter(),
    subrequests: () => 0,
    nowMs,
    keys: key === undefined ? [] : [key],
    log,
    startSuccessor: async () => {},
    secrets: () => ({ refreshToken: given, clientSecret: 's' }),
    connector: async () => (crm === 'hubspot' ? hubspot : salesforce),
    connectorDeps: { fetch: wire, nowMs, sleep: async () => {}, random: () => 0.5, log },
  };
  const bundle = await pushBundle(store, connection, 'version: 1\n', 1);
  const lease = (await takeLease(store, 'acme', 'me', nowMs(), 60_000))!;
  const run = newRun({ connection, connectorDeps: { nowMs }, runId: 'r' }, 'sync', nowMs(), {
    dryRun: true,
    full: false,
  });
  try {
    await openOnce(host, {
      lease,
      store,
      begun: { run, fence: lease.fence, bundle, flow: 1, recorded: 0, resumed: false },
    }).opened();
  } finally {
    store.close();
  }
};

const issuesNow = async () => {
  const store = open();
  const found = await listIssues(store, 'acme', 10);
  store.close();
  return found;
};

describe.each<[string, Open]>([
  ['the command line', cli],
  ['a Worker', worker],
])('a refresh token from the environment, on %s', (_, signIn) => {
  it('is used again and again without a place for another one, where the CRM says that it stays the same', async () => {
    await signIn('hubspot', 'R0-planted');
    await signIn('hubspot', 'R0-planted');
    expect([spent, await issuesNow()]).toEqual([['R0-planted', 'R0-planted'], []]);
  });

  it('that the CRM may replace is not spent', async () => {
    await expect(signIn('salesforce', 'R0-planted')).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('refreshToken'),
    });
    await expect(
      signIn('hubspot', 'R0-planted', undefined, { apiVersion: '2026-09' }),
    ).rejects.toMatchObject({ kind: 'config' });
    expect(spent).toEqual([]);
  });

  it('and is replaced against all that was said: this run goes on, the loss is told, and the next one says how to sign in for good', async () => {
    replaces = true;
    await signIn('hubspot', 'R0-planted');
    expect(await issuesNow()).toMatchObject([
      {
        kind: 'secret',
        code: 'SECRET_LOST',
        field: 'refreshToken',
        message: expect.stringContaining('HEADWATER_KEY'),
      },
    ]);
    expect(said.join()).toContain('secret.lost');
    await expect(signIn('hubspot', 'R0-planted')).rejects.toMatchObject({
      kind: 'auth',
      code: 'BAD_REFRESH_TOKEN',
      message: expect.stringContaining('earlier run'),
      cure: expect.stringMatching(/Install the app[\s\S]*HEADWATER_KEY/),
    });
    current = 'S0-planted';
    await signIn('hubspot', 'S0-planted', KEY);
    await signIn('hubspot', 'S0-planted', KEY);
    expect([current, await issuesNow()]).toEqual(['S0-plantedxx', []]);
    expect(said.join()).not.toContain('planted');
  });

  it('has a newer one in the database: without the key that opens it nothing is spent', async () => {
    replaces = true;
    await signIn('hubspot', 'R0-planted', KEY);
    const before = spent.length;
    await expect(signIn('hubspot', 'R0-planted')).rejects.toMatchObject({
      kind: 'config',
      code: 'KEY',
    });
    expect(spent).toHaveLength(before);
  });
});
