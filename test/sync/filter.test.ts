import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { markHints } from '../../src/store/hints.ts';
import { crmRows, deals } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { MAPPING, NOW_MS, openLab, type Lab } from './lab.ts';
import { HUBSPOT_MAPPING, runHubSpot } from './hubspot-run.ts';

const HOUR_MS = 3_600_000;
const UPGRADE = 'Existing Customer - Upgrade';
const NO_UPGRADES = `field: Type, op: ne, value: ${UPGRADE}`;
const filtered = (text: string, term: string): string =>
  // Every source of an object has the same filter, or the CRM is not asked to filter at all.
  text.replaceAll(
    /^( {4}(?:- )?)object: Opportunity\n/gm,
    (line, indent: string) => `${line}${' '.repeat(indent.length)}pull: [{ ${term} }]\n`,
  );

/** Whether the model counts the deal as alive, and whether the local copy has it. */
async function dealOf(store: Store, id: string): Promise<{ alive: boolean; held: boolean }> {
  const [deal] = await store.db.select().from(deals).where(eq(deals.id, id));
  const held = await store.db
    .select()
    .from(crmRows)
    .where(and(eq(crmRows.id, id)));
  return { alive: deal?.deleted === 0, held: held.length > 0 };
}

const OUT = { alive: false, held: false };
const IN = { alive: true, held: true };

describe('a deal that leaves the `pull` filter', () => {
  const lab = async (term = NO_UPGRADES): Promise<Lab & { later: () => Promise<void> }> => {
    const opened = await openLab({ seed: 41, partners: 4, deals: 60 });
    opened.mapping.text = filtered(MAPPING, term);
    await opened.sync();
    return Object.assign(opened, {
      later: async () => {
        await opened.control('POST', '/clock/advance', { ms: HOUR_MS, world: false });
      },
    });
  };
  const openDeal = async (one: Lab): Promise<string> =>
    (
      await one.store.db
        .select({ id: deals.id })
        .from(deals)
        .where(and(eq(deals.deleted, 0), eq(deals.stage, 'Prospecting')))
        .limit(1)
    )[0]!.id;
  const edit = (one: Lab, id: string, fields: Record<string, string>): void => {
    const user = one.sandbox.org.userByName(one.sandbox.username)!;
    expect(one.sandbox.org.update(user, 'Opportunity', id, fields).ok).toBe(true);
  };
  const pulled = (done: Awaited<ReturnType<Lab['sync']>>) =>
    done.summary.pulled.find(({ object }) => object === 'Opportunity')!;

  it('by its own change is retired by the next run, its window counts up, and it comes back', async () => {
    const one = await lab();
    const id = await openDeal(one);
    expect(await dealOf(one.store, id)).toEqual(IN);
    edit(one, id, { Type: UPGRADE });
    await one.later();
    const next = await one.sync();
    expect(pulled(next)).toMatchObject({ mode: 'changes', left: 1 });
    expect(await dealOf(one.store, id)).toEqual(OUT);
    const receipt = next.summary.receipts.find(({ object }) => object === 'Opportunity');
    expect(receipt === undefined || receipt.verified).toBe(true);
    // What Headwater wrote there is taken back: the deal has no score any more.
    expect(one.sandbox.org.find(id)!.row['HW_Win_Probability__c'] ?? null).toBeNull();
    edit(one, id, { Type: 'New Customer' });
    await one.later();
    await one.sync();
    expect(await dealOf(one.store, id)).toEqual(IN);
    await one.close();
  });

  it("by the filter's own change is retired too, however many they are, and no human is asked", async () => {
    const one = await lab();
    const alive = async () => await one.store.db.select().from(deals).where(eq(deals.deleted, 0));
    const all = await alive();
    one.mapping.text = filtered(MAPPING, 'field: StageName, op: eq, value: Prospecting');
    await one.later();
    const next = await one.sync();
    expect(next.summary.heldDeletions).toEqual([]);
    expect(new Set((await alive()).map(({ stage }) => stage))).toEqual(new Set(['Prospecting']));
    expect((await alive()).length).toBeLessThan(all.length * 0.5);
    await one.close();
  });

  it('is retired by a webhook that names it', async () => {
    const one = await lab();
    const id = await openDeal(one);
    edit(one, id, { Type: UPGRADE });
    // The same moment: no window of time passes, so only the mark tells.
    await one.store.batch(markHints(one.store, 'lab', [{ object: 'Opportunity', id }], NOW_MS));
    await one.sync();
    expect(await dealOf(one.store, id)).toEqual(OUT);
    await one.close();
  });

  it('is retired on HubSpot as well', async () => {
    const sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 4,
      deals: 40,
      nowMs: NOW_MS,
      ticking: false,
      limits: { by: 'off' },
    });
    const store = openMemory();
    let runs = 0;
    const sync = async () =>
      await runHubSpot({
        sandbox,
        store,
        runId: `run-${++runs}`,
        mappingText: HUBSPOT_MAPPING.replaceAll(
          /^( {4}(?:- )?)object: deals\n/gm,
          (line, indent: string) =>
            `${line}${' '.repeat(indent.length)}pull: [{ field: dealtype, op: ne, value: existingbusiness }]\n`,
        ),
        dryRun: true,
      });
    try {
      await sync();
      const some = await store.db.select().from(deals).where(eq(deals.deleted, 0));
      const deal = some[0];
      const answer = await fetch(
        `${sandbox.url}/crm/v3/objects/deals/${deal!.id.split('-').at(-1)!}`,
        {
          method: 'PATCH',
          headers: {
            authorization: `Bearer ${sandbox.accessToken}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ properties: { dealtype: 'existingbusiness' } }),
        },
      );
      expect(answer.status, `${deal!.id} ${deal!.object}`).toBe(200);
      sandbox.clock.advance(HOUR_MS);
      const { summary } = await sync();
      expect(summary.pulled.find(({ object }) => object === 'deals')).toMatchObject({
        mode: 'changes',
        left: 1,
      });
      expect(await dealOf(store, deal!.id)).toEqual(OUT);
    } finally {
      store.close();
      await sandbox.close();
    }
  });
});
