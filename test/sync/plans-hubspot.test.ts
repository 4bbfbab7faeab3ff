import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { planPartners } from '../../src/store/keep-plans.ts';
import type { Store } from '../../src/store/store.ts';
import { keepPreviewed, previewPlans } from '../../src/sync/measure/plan-import.ts';
import { runSync } from '../../src/sync/run/run.ts';
import { testDeps } from '../connectors/hubspot/support/deps.ts';
import { openMemory } from '../store/open.ts';

/** HubSpot below Enterprise has no custom objects, so the mapping has no plans. */
const MAPPING = readFileSync(
  new URL('../../mappings/hubspot.yaml', import.meta.url),
  'utf8',
).replace(/\n {2}(plan|target|milestone):\n(?: {4}.*\n|\n)*/g, '\n');

describe('joint plans of a HubSpot portal without plan objects', { timeout: 60_000 }, () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const sync = async () =>
    await runSync(
      {
        store,
        connector: hubspot,
        connectorDeps: testDeps({ nowMs: () => sandbox.clock.nowMs(), sleep: async () => {} }),
        mappingText: MAPPING,
        runId: `run-${++runs}`,
        progress: () => {},
        secrets: { accessToken: sandbox.accessToken },
        connection: {
          version: 1,
          id: 'hs',
          crm: 'hubspot',
          mapping: 'mapping.yaml',
          secrets: {},
          shadow: [],
          limits: { quotaFloorPercent: 30 },
          settings: { baseUrl: sandbox.url, burstCalls: 100_000, searchCalls: 100_000 },
        },
      },
      { dryRun: false, full: false },
    );
  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 5,
      deals: 30,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    await sync();
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  it('come from a spreadsheet: the next score names the plan, every target is measured, and the next sync leaves them', async () => {
    expect(await store.db.query.plans.findMany()).toEqual([]);
    const [partner] = await planPartners(store, 'hs');
    const text = `Partner,KPI,Goal,Side,Year,Owner\n"${partner!.name}",Won amount,50000,,2026,Dana\n"${partner!.name}",Deal reg response time,48,us,2026,Dana\n`;
    const preview = await previewPlans(store, 'hs', { kind: 'csv', text, options: {} });
    expect(preview.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const change = { by: 'Dana', why: null, approved: true };
    const kept = await keepPreviewed(store, 'hs', preview, change, sandbox.clock.nowMs());
    expect(kept).toEqual({ kept: 1, revised: 1 });
    for (let n = 0; n < 2; n++) {
      await sync();
      const score = (await store.db.query.partnerScores.findMany()).find(
        ({ partnerId, runId }) => partnerId === partner!.id && runId === `run-${runs}`,
      );
      const said = JSON.stringify(score);
      expect(said).not.toContain('no plan target');
      expect(said).toContain('50000');
      expect(said).not.toContain('not measured');
    }
  });
});
