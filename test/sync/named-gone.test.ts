import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { markHints } from '../../src/store/hints.ts';
import { crmRows } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { runHubSpot } from './hubspot-run.ts';

/** More than one page of marks, and each page below the share that asks for a person. */
const DESTROYED = 0.23;

describe('records that webhooks name and nothing shows any more', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 5,
      deals: 700,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    await runHubSpot({ sandbox, store, runId: 'run-1' });
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });
  const alive = async (): Promise<string[]> =>
    (
      await store.db
        .select({ id: crmRows.id })
        .from(crmRows)
        .where(
          and(eq(crmRows.connectionId, 'hs'), eq(crmRows.object, 'emails'), eq(crmRows.deleted, 0)),
        )
    ).map(({ id }) => id);

  it('are gone up to the share that an object may lose, and the rest waits for a person', async () => {
    const before = await alive();
    expect(before.length).toBeGreaterThan(1_000);
    const destroyed = before.slice(0, Math.floor(before.length * DESTROYED));
    sandbox.vendor.change(
      destroyed.map((id) => ({ do: 'purge', object: 'emails', id: id.split('-').at(-1)! })),
    );
    await store.batch(
      markHints(
        store,
        'hs',
        destroyed.map((id) => ({ object: 'emails', id })),
        sandbox.clock.nowMs(),
      ),
    );
    sandbox.clock.advance(60_000);
    const { summary } = await runHubSpot({ sandbox, store, runId: 'run-2' });
    const gone = before.length - (await alive()).length;
    expect(gone).toBeGreaterThan(0);
    expect(gone).toBeLessThanOrEqual(before.length * 0.2);
    expect(summary.hardDeletes).toBe(gone);
    expect(summary.heldDeletions).toEqual([{ object: 'emails', rows: destroyed.length - gone }]);
  });
});
