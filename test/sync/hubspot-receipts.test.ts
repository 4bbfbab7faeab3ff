import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { hubspotDeps, runHubSpot } from './hubspot-run.ts';

const HOUR_MS = 3_600_000;
/** Records that HubSpot counts in time. */
const ALLOWED = 25;

describe('a window that HubSpot does not count in time', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const refused: number[] = [];

  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 5,
      deals: 60,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  const slowCount: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const asked = String(init?.body ?? '');
    if (
      !String(input).includes('/deals/search') ||
      (!asked.includes('"limit":1,') && !asked.includes('"limit":1}'))
    )
      return answer;
    const { total } = (await answer.clone().json()) as { total: number };
    if (total <= ALLOWED) return answer;
    refused.push(total);
    return new Response('<html>gateway timeout</html>', {
      status: 504,
      headers: { 'content-type': 'text/html' },
    });
  };
  const sync = async (): Promise<SyncOutcome> =>
    await runHubSpot({
      sandbox,
      store,
      runId: `run-${++runs}`,
      deps: hubspotDeps(sandbox, { fetch: slowCount }),
      dryRun: true,
    });

  it('is closed half by half, each with a receipt that HubSpot confirms', async () => {
    const receipts: SyncOutcome['summary']['receipts'] = [];
    for (let n = 0; n < 8; n++) {
      receipts.push(
        ...(await sync()).summary.receipts.filter((receipt) => receipt.object === 'deals'),
      );
      sandbox.clock.advance(HOUR_MS);
    }
    expect(Math.max(...refused)).toBeGreaterThan(2 * ALLOWED);
    expect(receipts.length).toBeGreaterThan(2);
    expect(receipts.every((receipt) => receipt.verified && receipt.crmCount <= ALLOWED)).toBe(true);
    expect(receipts.slice(1).map((receipt) => receipt.fromMs)).toEqual(
      receipts.slice(0, -1).map((receipt) => receipt.untilMs),
    );
    expect(receipts.reduce((sum, receipt) => sum + receipt.crmCount, 0)).toBeGreaterThanOrEqual(
      Math.max(...refused),
    );
  });
});
