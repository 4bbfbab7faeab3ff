import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { listIntents } from '../../src/store/intents.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, hubspotDeps, hubspotSettings, runHubSpot } from './hubspot-run.ts';
import { openLab, type Lab } from './lab.ts';

/** State -> fields of an object's intents in a run. */
async function byState(store: Store, run: SyncOutcome, object: string) {
  const intents = (await listIntents(store, run.run.id, 100_000)).filter(
    (intent) => intent.object === object,
  );
  const fieldsIn = (state: string): string[] => [
    ...new Set(intents.filter((one) => one.state === state).map(({ field }) => field)),
  ];
  return { done: fieldsIn('done'), rejected: fieldsIn('rejected') };
}

describe('a field that goes between plan and write stops no other, on Salesforce', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ partners: 4, deals: 24 });
  });
  afterEach(async () => await lab.close());
  const atFirstWrite = (act: () => Promise<unknown>): void => {
    const { fetch } = lab.wire;
    let done = false;
    lab.wire.fetch = async (input, init) => {
      if (!done && init?.method === 'PATCH') {
        done = true;
        await act();
      }
      return await fetch(input, init);
    };
  };
  const deleteField = async (object: string, field: string) =>
    await lab.control('POST', '/setup', [{ op: 'deleteField', object, field }]);

  it('each record gets its others, and the next run writes nothing twice', async () => {
    atFirstWrite(async () => await deleteField('Account', 'HW_Next_Action__c'));
    const run = await lab.sync();
    const { done, rejected } = await byState(lab.store, run, 'Account');
    expect(rejected).toEqual(['HW_Next_Action__c']);
    expect(done.length).toBeGreaterThan(20);
    const again = await lab.sync();
    expect(again.summary.failure).toBeNull();
    expect((await byState(lab.store, again, 'Account')).done).toEqual([]);
  });

  it('also where the call is refused as a whole, and where people own the field, too', async () => {
    lab.mapping.text = lab.mapping.text.replace(
      /HW_Next_Action__c: \{ value: partner.nextAction/,
      '$&, owner: shared',
    );
    expect(lab.mapping.text).toContain('owner: shared');
    const { fetch } = lab.wire;
    let gone = false;
    lab.wire.fetch = async (input, init) => {
      const body = typeof init?.body === 'string' ? init.body : '';
      if (init?.method !== 'PATCH' || !body.includes('HW_Partner_Score__c'))
        return await fetch(input, init);
      if (!gone) await deleteField('Account', 'HW_Next_Action__c');
      gone = true;
      const message = "No such column 'HW_Next_Action__c' on sobject of type Account";
      return body.includes('HW_Next_Action__c')
        ? Response.json([{ errorCode: 'INVALID_FIELD', message }], { status: 400 })
        : await fetch(input, init);
    };
    const { done, rejected } = await byState(lab.store, await lab.sync(), 'Account');
    expect(rejected).toEqual(['HW_Next_Action__c']);
    expect(done.length).toBeGreaterThan(20);
  });
});

describe('a property that is archived between plan and write stops no other, on HubSpot', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  beforeEach(async () => {
    sandbox = await startHubSpotSandbox({
      ...{ port: 0, partners: 4, deals: 24, ticking: false, limits: { by: 'off' } },
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
    });
    store = openMemory();
    const secrets = { accessToken: sandbox.accessToken };
    const session = await hubspot.open(hubspotSettings(sandbox), secrets, hubspotDeps(sandbox));
    const { compiled } = await prepareMapping(session, HUBSPOT_MAPPING, 'hubspot');
    const specs = compiled!.writes.flatMap((write) => write.fields.map(({ spec }) => spec));
    await session.deployFields(await session.planFields(specs));
  });
  afterEach(async () => {
    store.close();
    await sandbox.close();
  });

  it('each record gets its others', async () => {
    let gone = false;
    const archiving: typeof fetch = async (input, init) => {
      const address = String(input instanceof Request ? input.url : input);
      if (!gone && /companies\/batch\/update|0-2\/batch\/update/.test(address)) {
        gone = true;
        const archived = await fetch(`${sandbox.url}/crm/v3/properties/companies/hw_next_action`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${sandbox.accessToken}` },
        });
        expect(archived.status).toBe(204);
      }
      return await fetch(input, init);
    };
    const deps = hubspotDeps(sandbox, { fetch: archiving });
    const run = await runHubSpot({ sandbox, store, runId: 'run-1', deps });
    expect(gone).toBe(true);
    const { done, rejected } = await byState(store, run, 'companies');
    expect(rejected).toEqual(['hw_next_action']);
    expect(done.length).toBeGreaterThan(20);
  });
});
