import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { salesforce } from '../../connectors/salesforce/index.ts';
import type { ConnectionDocument } from '../../src/model/connection.ts';
import type { Connector } from '../../src/model/connector.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOptions } from '../../src/sync/run/flow.ts';
import { runSync, type SyncDeps, type SyncOutcome } from '../../src/sync/run/run.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openMemory } from '../store/open.ts';

export const MAPPING = readFileSync(
  resolve(import.meta.dirname, '../../mappings/salesforce.yaml'),
  'utf8',
);
/** A Monday in the middle of a quarter, so that no test depends on the day it runs. */
export const NOW_MS = Date.parse('2026-11-16T09:00:00Z');

/**
 * The engine on a small sandbox org, in process: the real connector, the real wire protocol,
 * a real database, no socket.
 */
export interface Lab {
  sandbox: Sandbox;
  store: Store;
  connection: ConnectionDocument;
  /** Calls that a test may intercept before they reach the sandbox. */
  wire: { fetch: typeof fetch };
  secrets: Record<string, string>;
  connector: Connector;
  mapping: { text: string };
  /** For one run; ids in order, so that they are short and stable. */
  deps(): SyncDeps;
  sync(options?: Partial<SyncOptions>): Promise<SyncOutcome>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export async function openLab(
  options: { partners?: number; deals?: number; seed?: number; org?: SandboxOptions['org'] } = {},
): Promise<Lab> {
  const sandbox = await startSandbox({
    port: null,
    seed: options.seed ?? 3,
    partners: options.partners ?? 12,
    deals: options.deals ?? 120,
    nowMs: NOW_MS,
    ticking: false,
    ...(options.org === undefined ? {} : { org: options.org }),
  });
  const store = openMemory();
  const connection: ConnectionDocument = {
    version: 1,
    id: 'lab',
    crm: 'salesforce',
    mapping: 'mapping.yaml',
    secrets: {},
    shadow: [],
    limits: { quotaFloorPercent: 30 },
    settings: { auth: 'access-token', instanceUrl: 'http://127.0.0.1:9999' },
  };
  const wire = { fetch: sandbox.fetch };
  let runs = 0;
  const connectorDeps = {
    // The connector insists on https or loopback; in process there is no port, so
    // the address is swapped here.
    fetch: ((input, init) =>
      wire.fetch(
        String(input instanceof Request ? input.url : input).replace(
          'http://127.0.0.1:9999',
          sandbox.url,
        ),
        init,
      )) as typeof fetch,
    nowMs: () => sandbox.clock.nowMs(),
    sleep: async () => {},
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  const lab: Lab = {
    sandbox,
    store,
    connection,
    wire,
    secrets: { accessToken: sandbox.accessToken },
    connector: salesforce,
    mapping: { text: MAPPING },
    deps: () => ({
      store,
      connector: lab.connector,
      connectorDeps,
      connection: lab.connection,
      secrets: lab.secrets,
      mappingText: lab.mapping.text,
      runId: `run-${String(++runs).padStart(3, '0')}`,
      progress: () => {},
    }),
    sync: (change = {}) => runSync(lab.deps(), { dryRun: false, full: false, ...change }),
    control: async (method, path, body) => {
      const response = await sandbox.fetch(`${sandbox.controlUrl}${path}`, {
        method,
        headers: { host: '127.0.0.1', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.status === 204 ? null : ((await response.json()) as unknown);
    },
    close: async () => {
      store.close();
      await sandbox.close();
    },
  };
  await deployFields(lab, connectorDeps);
  return lab;
}

async function deployFields(lab: Lab, deps: Parameters<Connector['open']>[2]): Promise<void> {
  const session = await lab.connector.open(lab.connection.settings, lab.secrets, deps);
  const { compiled, faults } = await prepareMapping(session, lab.mapping.text, 'salesforce');
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
