import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { ConnectionDocument } from '../../src/model/connection.ts';
import type { Connector, ConnectorDeps } from '../../src/model/connector.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { prepareMapping } from '../../src/sync/prepare.ts';
import { NOW_MS } from '../sync/lab.ts';
import { ROOT } from './harness.ts';

export type Crm = 'salesforce' | 'hubspot';
export interface World {
  crm: Crm;
  url: string;
  connector: Connector;
  connection: ConnectionDocument;
  mapping: string;
  accessToken: string;
  /** What the CRM holds of the objects that are written. */
  written(): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const WRITTEN: Record<Crm, string> = { salesforce: 'Account,Opportunity', hubspot: 'companies,deals' };
const SIZE = { seed: 3, partners: 10, deals: 80, nowMs: NOW_MS, ticking: false };

/** A small world behind a loopback port, its custom fields deployed. The same for every host that syncs it: time stands still. */
export async function startWorld(crm: Crm): Promise<World> {
  const sandbox = crm === 'salesforce' ? await startSandbox({ ...SIZE, port: 0 }) : await startSandbox({ ...SIZE, port: 0, crm: 'hubspot' });
  const connector = await connectors[crm]!();
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.controlUrl}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : await response.json() as unknown;
  };
  const world: World = {
    crm, url: sandbox.url, connector, control, accessToken: sandbox.accessToken, mapping: readFileSync(resolve(ROOT, `mappings/${crm}.yaml`), 'utf8'),
    connection: {
      version: 1, id: `${crm}-lab`, crm, mapping: `${crm}.yaml`, secrets: { accessToken: { env: `${crm.toUpperCase()}_TOKEN` } }, shadow: [], limits: { quotaFloorPercent: 30 },
      settings: crm === 'salesforce' ? { auth: 'access-token', instanceUrl: sandbox.url } : { auth: 'token', baseUrl: sandbox.url },
    },
    written: () => control('GET', `/dump?objects=${WRITTEN[crm]}`),
    close: () => sandbox.close(),
  };
  await deployFields(world);
  return world;
}

export const nodeDeps = (): ConnectorDeps => ({ fetch: (input, init) => fetch(input, init), nowMs: Date.now, random: Math.random, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), log: () => {}, saveSecret: async () => {} });

async function deployFields(world: World): Promise<void> {
  const session = await world.connector.open(world.connection.settings, { accessToken: world.accessToken }, nodeDeps());
  const { compiled, faults } = await prepareMapping(session, world.mapping, world.crm);
  if (compiled === null) throw new Error(JSON.stringify(faults));
  const results = await session.deployFields(await session.planFields(compiled.writes.flatMap((write) => write.fields.map((field) => field.spec))));
  const failed = results.filter((result) => result.error !== null);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  await session.close();
}
