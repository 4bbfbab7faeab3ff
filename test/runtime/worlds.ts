import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { ConnectionDocument } from '../../src/model/connection.ts';
import type { Connector, ConnectorDeps } from '../../src/model/connector.ts';
import { startSandbox, type AnySandbox } from '../../src/sandbox/index.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { NOW_MS } from '../sync/lab.ts';
import { ROOT } from './harness.ts';
import { openTurnstile, type Turnstile } from './turnstile.ts';

export type Crm = 'salesforce' | 'hubspot';
export interface World {
  crm: Crm;
  url: string;
  connector: Connector;
  connection: ConnectionDocument;
  mapping: string;
  accessToken: string;
  /** What the connection's documents name, as Workers secrets. */
  secrets: Record<string, string>;
  /** Every request to the CRM passes it; the control plane does not. */
  turnstile: Turnstile;
  /** What the CRM holds of the objects that are written. */
  written(): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const WRITTEN: Record<Crm, string> = {
  salesforce: 'Account,Opportunity',
  hubspot: 'companies,deals',
};
const SIZE = { seed: 3, partners: 10, deals: 80, nowMs: NOW_MS, ticking: false };

/**
 * A small world behind a loopback port, its custom fields deployed. The same for every host that
 * syncs it: time stands still.
 * `rotating`: it is signed in to with a refresh token that works once (Salesforce).
 */
export async function startWorld(crm: Crm, rotating = false): Promise<World> {
  const sandbox =
    crm === 'salesforce'
      ? await startSandbox({ ...SIZE, port: 0, switches: { refreshRotation: true } })
      : await startSandbox({ ...SIZE, port: 0, crm: 'hubspot' });
  const turnstile = await openTurnstile(sandbox.url);
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : ((await response.json()) as unknown);
  };
  const signIn = signInOf(sandbox, turnstile.url, rotating);
  const world: World = {
    crm,
    url: turnstile.url,
    turnstile,
    connector: await connectors[crm]!(),
    control,
    accessToken: sandbox.accessToken,
    mapping: readFileSync(resolve(ROOT, `mappings/${crm}.yaml`), 'utf8'),
    secrets: signIn.env,
    connection: {
      version: 1,
      id: `${crm}-lab`,
      crm,
      mapping: `${crm}.yaml`,
      secrets: signIn.secrets,
      shadow: [],
      limits: { quotaFloorPercent: 30 },
      settings: signIn.settings,
    },
    written: () => control('GET', `/dump?objects=${WRITTEN[crm]}`),
    close: async () => {
      await turnstile.close();
      await sandbox.close();
    },
  };
  await deployFields(world, sandbox);
  return world;
}

type SignIn = Pick<ConnectionDocument, 'settings' | 'secrets'> & { env: Record<string, string> };

function signInOf(sandbox: AnySandbox, url: string, rotating: boolean): SignIn {
  const name = `${sandbox.crm.toUpperCase()}_LAB_TOKEN`;
  if (sandbox.crm === 'hubspot')
    return {
      settings: { auth: 'token', baseUrl: url },
      secrets: { accessToken: { env: name } },
      env: { [name]: sandbox.accessToken },
    };
  if (!rotating)
    return {
      settings: { auth: 'access-token', instanceUrl: url },
      secrets: { accessToken: { env: name } },
      env: { [name]: sandbox.accessToken },
    };
  return {
    settings: {
      auth: 'refresh-token',
      instanceUrl: url,
      loginUrl: url,
      clientId: sandbox.clientId,
    },
    secrets: { refreshToken: { env: name }, clientSecret: { env: `${name}_CLIENT` } },
    env: { [name]: sandbox.refreshToken, [`${name}_CLIENT`]: sandbox.clientSecret },
  };
}

export const nodeDeps = (): ConnectorDeps => ({
  fetch: (input, init) => fetch(input, init),
  nowMs: Date.now,
  random: Math.random,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  log: () => {},
  saveSecret: async () => {},
});

async function deployFields(world: World, sandbox: AnySandbox): Promise<void> {
  const session = await world.connector.open(
    signInOf(sandbox, world.url, false).settings,
    { accessToken: world.accessToken },
    nodeDeps(),
  );
  const { compiled, faults } = await prepareMapping(session, world.mapping, world.crm);
  if (compiled === null) throw new Error(JSON.stringify(faults));
  const results = await session.deployFields(
    await session.planFields(
      compiled.writes.flatMap((write) => write.fields.map((field) => field.spec)),
    ),
  );
  const failed = results.filter((result) => result.error !== null);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  await session.close();
}
