/** The generated world through one CRM: its protocol, its connector, its mapping. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { Forecast, PartnerScore } from '../../src/model/score.ts';
import { startSandbox, type AnySandbox } from '../../src/sandbox/index.ts';
import { latestForecast, rankedPartners } from '../../src/store/results.ts';
import { resultsPlace } from '../../src/store/what-if.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { runSync, type SyncOutcome } from '../../src/sync/run/run.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { NOW_MS } from '../sync/lab.ts';

export type Crm = 'salesforce' | 'hubspot';

export interface Scored {
  /** By name. */
  partners: Map<string, PartnerScore>;
  forecast: Forecast;
}

export interface Through {
  sandbox: AnySandbox;
  store: Store;
  /** A real run, which writes back. */
  sync(): Promise<SyncOutcome>;
  /** A dry run over everything that is new. */
  score(): Promise<Scored>;
  close(): Promise<void>;
}

export async function through(
  crm: Crm,
  world: { seed: number; partners: number; deals: number; nowMs?: number },
): Promise<Through> {
  const common = { nowMs: NOW_MS, ...world, ticking: false };
  const sandbox =
    crm === 'hubspot'
      ? await startSandbox({ crm, ...common, limits: { by: 'off' } })
      : await startSandbox(common);
  const settings =
    crm === 'hubspot'
      ? { auth: 'token', baseUrl: sandbox.url }
      : { auth: 'access-token', instanceUrl: sandbox.url };
  const store = openMemory();
  const connector = await connectors[crm]!();
  const mappingText = readFileSync(
    resolve(import.meta.dirname, `../../mappings/${crm}.yaml`),
    'utf8',
  );
  const connectorDeps = {
    fetch,
    nowMs: () => sandbox.clock.nowMs(),
    sleep: async () => {},
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  const secrets = { accessToken: sandbox.accessToken };
  const session = await connector.open(settings, secrets, connectorDeps);
  const { compiled, faults } = await prepareMapping(session, mappingText, crm);
  const wrong = faults.filter((fault) => fault.severity === 'error');
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  await session.deployFields(
    await session.planFields(
      compiled!.writes.flatMap((write) => write.fields.map((field) => field.spec)),
    ),
  );
  await session.close();
  const connection = {
    version: 1 as const,
    id: 'through',
    crm,
    mapping: `${crm}.yaml`,
    settings,
    secrets: {},
    shadow: [],
    limits: { quotaFloorPercent: 30 },
  };
  let runs = 0;
  const go = async (dryRun: boolean): Promise<SyncOutcome> => {
    const runId = `r${runs++}`;
    const deps = { store, connector, connectorDeps, connection, secrets, mappingText };
    return await runSync({ ...deps, runId, progress: () => {} }, { dryRun, full: false });
  };
  const score = async (): Promise<Scored> => {
    const { run } = await go(true);
    // A dry run stands beside what is served.
    const { rowsId, resultsId } = (await resultsPlace(store, 'through', true))!;
    const ranked = await rankedPartners(store, rowsId, run.id, 1000, 'stake', resultsId);
    return {
      partners: new Map(ranked.map(({ name, score: one }) => [name, one])),
      forecast: (await latestForecast(store, resultsId))!.forecast,
    };
  };
  const close = async (): Promise<void> => {
    store.close();
    await sandbox.close();
  };
  return { sandbox, store, sync: async () => await go(false), score, close };
}
