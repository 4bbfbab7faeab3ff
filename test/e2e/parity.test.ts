import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { PartnerScore } from '../../src/model/score.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { latestForecast, rankedPartners } from '../../src/store/results.ts';
import { resultsPlace } from '../../src/store/what-if.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { runSync } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { NOW_MS } from '../sync/lab.ts';

const WORLD = { seed: 21, partners: 15, deals: 250, nowMs: NOW_MS, ticking: false } as const;

interface Result {
  partners: Map<string, PartnerScore>;
  forecast: unknown;
}

/** The generated world through one CRM: its protocol, its connector, its mapping. */
async function through(crm: 'salesforce' | 'hubspot'): Promise<Result> {
  const sandbox =
    crm === 'hubspot'
      ? await startSandbox({ crm, ...WORLD, limits: { by: 'off' } })
      : await startSandbox(WORLD);
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
  try {
    const session = await connector.open(settings, secrets, connectorDeps);
    const { compiled, faults } = await prepareMapping(session, mappingText, crm);
    expect(faults.filter((fault) => fault.severity === 'error')).toEqual([]);
    await session.deployFields(
      await session.planFields(
        compiled!.writes.flatMap((write) => write.fields.map((field) => field.spec)),
      ),
    );
    await session.close();
    const connection = {
      version: 1 as const,
      id: 'parity',
      crm,
      mapping: `${crm}.yaml`,
      settings,
      secrets: {},
      shadow: [],
      limits: { quotaFloorPercent: 30 },
    };
    const { run, summary } = await runSync(
      {
        store,
        connector,
        connectorDeps,
        connection,
        secrets,
        mappingText,
        runId: 'r',
        progress: () => {},
      },
      { dryRun: true, full: false },
    );
    expect(summary.partners).toBe(WORLD.partners);
    // A dry run stands beside what is served.
    const { rowsId, resultsId } = (await resultsPlace(store, 'parity', true))!;
    const ranked = await rankedPartners(store, rowsId, run.id, 1000, 'stake', resultsId);
    expect(ranked).toHaveLength(WORLD.partners);
    return {
      partners: new Map(ranked.map(({ name, score }) => [name, score])),
      forecast: (await latestForecast(store, resultsId))!.forecast,
    };
  } finally {
    store.close();
    await sandbox.close();
  }
}

type Part = PartnerScore['planHealth']['parts'][number];
const alike = (parts: Part[] = []): object[] => parts.map((part) => ({ ...part, targetId: null }));

/** Ids and object names are each CRM's own; all else must be equal to the last byte. */
const plain = (score: PartnerScore | undefined): string =>
  JSON.stringify({
    ...score,
    partnerId: null,
    object: null,
    planHealth: {
      ...score?.planHealth,
      parts: alike(score?.planHealth.parts),
      vendorParts: alike(score?.planHealth.vendorParts),
    },
  });

/** Parts of the forecast are named by ids and labels, which are each CRM's own as well. */
const unnamed = (forecast: unknown): string =>
  JSON.stringify(forecast, (name, value: unknown) => (name === 'key' ? null : value));

describe('the same world through two CRMs', () => {
  it('gives byte-identical partner scores and forecasts', async () => {
    const [salesforce, hubspot] = [await through('salesforce'), await through('hubspot')];
    expect([...hubspot.partners.keys()].sort()).toEqual([...salesforce.partners.keys()].sort());
    for (const [name, score] of salesforce.partners)
      expect(plain(hubspot.partners.get(name)), name).toBe(plain(score));
    expect(unnamed(hubspot.forecast)).toBe(unnamed(salesforce.forecast));
  });
});
