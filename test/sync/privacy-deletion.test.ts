import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { marksOf, eventsShape } from '../../connectors/hubspot/webhook-events.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { markHints } from '../../src/store/hints.ts';
import type { Store } from '../../src/store/store.ts';
import { post } from '../sandbox/hubspot/support.ts';
import { openMemory } from '../store/open.ts';
import { runHubSpot } from './hubspot-run.ts';

const NAME = 'Qvzyxw';
const DAY_MS = 86_400_000;

/** Whatever row of whatever table holds the name. */
async function holding(store: Store): Promise<string[]> {
  const tables = await store.db.all<{ name: string }>(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await store.db.all<object>(`select * from "${name}"`);
    if (rows.some((row) => JSON.stringify(row).includes(NAME))) found.push(name);
  }
  return found;
}

describe('a contact that HubSpot deletes for privacy', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let id: string;
  beforeEach(async () => {
    sandbox = await startHubSpotSandbox({
      ...{ port: 0, partners: 5, deals: 60, ticking: false, limits: { by: 'off' } },
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
    });
    const made = await post(sandbox, '/crm/v3/objects/contacts', {
      properties: { lastname: NAME, email: `${NAME}@buyer.example` },
    });
    id = (made.body as { id: string }).id;
    sandbox.clock.advance(60_000);
    store = openMemory();
    await runHubSpot({ sandbox, store, runId: 'run-1' });
    expect(await holding(store)).toContain('contacts');
  });
  afterEach(async () => {
    store.close();
    await sandbox.close();
  });
  const deleted = async (): Promise<void> => {
    const body = { objectId: `${NAME}@buyer.example`, idProperty: 'email' };
    expect((await post(sandbox, '/crm/v3/objects/contacts/gdpr-delete', body)).status).toBe(204);
  };

  it('is forgotten by the next run where a webhook names it', async () => {
    await deleted();
    const event = {
      ...{ eventId: 1, subscriptionId: 2, portalId: 62515, appId: 3, attemptNumber: 0 },
      ...{ occurredAt: sandbox.clock.nowMs(), subscriptionType: 'contact.privacyDeletion' },
      objectId: Number(id),
    };
    const [portal] = marksOf(eventsShape.parse([event]));
    await store.batch(markHints(store, 'hs', portal!.marks, sandbox.clock.nowMs()));
    sandbox.clock.advance(60_000);
    await runHubSpot({ sandbox, store, runId: 'run-2' });
    expect(await holding(store)).toEqual([]);
  });

  it('is forgotten by the daily audit where nothing names it', async () => {
    await deleted();
    sandbox.clock.advance(DAY_MS);
    await runHubSpot({ sandbox, store, runId: 'run-2', full: true });
    expect(await holding(store)).toEqual([]);
  });
});
