import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { namedPartners } from '../../src/store/keep-plans.ts';
import type { Store } from '../../src/store/store.ts';
import { keepPreviewed, previewPlans } from '../../src/sync/measure/plan-import.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, runHubSpot } from './hubspot-run.ts';

/** HubSpot below Enterprise has no custom objects, so the mapping has no plans. */
const MAPPING = HUBSPOT_MAPPING.replace(/\n {2}(plan|target|milestone):\n(?: {4}.*\n|\n)*/g, '\n');

describe('joint plans of a HubSpot portal without plan objects', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const sync = async () =>
    await runHubSpot({ sandbox, store, runId: `run-${++runs}`, mappingText: MAPPING });
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
    const [partner] = await namedPartners(store, 'hs');
    const text = `Partner,KPI,Goal,Side,Year,Owner\n"${partner!.name}",Won amount,50000,,2026,Dana\n"${partner!.name}",Deal reg response time,48,us,2026,Dana\n`;
    const atMs = sandbox.clock.nowMs();
    const preview = await previewPlans(store, 'hs', { kind: 'csv', text, options: {} }, atMs);
    expect(preview.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const change = { by: 'Dana', why: null, approved: true };
    const kept = await keepPreviewed(store, 'hs', preview, change, atMs);
    expect(kept).toEqual({ kept: 1, revised: 1 });
    for (let n = 0; n < 2; n++) {
      await sync();
      const score = (await store.db.query.partnerScores.findMany()).find(
        ({ partnerId, runId }) => partnerId === partner!.id && runId === `run-${runs}`,
      );
      const said = JSON.stringify(score);
      expect(said).not.toContain('no plan target');
      expect(said).toContain('50000');
      expect(JSON.parse(score!.detail)).toMatchObject({ planHealth: { missing: [] } });
    }
  });
});
