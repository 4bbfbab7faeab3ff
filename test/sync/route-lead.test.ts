/** A lead that nobody has yet, and a proposal that is put before a person. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmSession } from '../../src/model/connector.ts';
import { listIntents } from '../../src/store/intents.ts';
import { lastScored } from '../../src/sync/measure/last-scored.ts';
import { wantedOfLead } from '../../src/sync/measure/lead.ts';
import { planSettings } from '../../src/sync/measure/plan-import.ts';
import { proposePartners } from '../../src/sync/measure/propose-partners.ts';
import { routeAll, wantedOfDeal } from '../../src/sync/measure/routing.ts';
import { readByIds } from '../../src/sync/read/read-all.ts';
import { undoRun } from '../../src/sync/run/replan.ts';
import { openLab, type Lab } from './lab.ts';

const LEADS = `settings:
  routing:
    leads: { object: Lead, company: Company, country: Country, industry: Industry, domain: Website }
`;
let lab: Lab;
let session: CrmSession;
beforeAll(async () => {
  lab = await openLab({ seed: 5, partners: 6, deals: 120 });
  lab.mapping.text = lab.mapping.text.replace(/^settings:\n/m, LEADS);
  await lab.sync();
  const { connector, connectorDeps } = lab.deps();
  session = await connector.open(lab.connection.settings, lab.secrets, connectorDeps);
});
afterAll(async () => await lab.close());

const scored = async () =>
  (await lastScored(lab.store, 'lab', { rowsId: 'lab', resultsId: 'lab' }))!;
const leadOf = async (fields: Record<string, string>): Promise<string> => {
  const answer = await lab.wire.fetch(`${lab.sandbox.url}/services/data/v62.0/sobjects/Lead`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${lab.sandbox.accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ LastName: 'Doe', ...fields }),
  });
  return ((await answer.json()) as { id: string }).id;
};

describe('a lead', () => {
  it('is read as it stands in the CRM, and routed like a deal, with what is not known of it', async () => {
    const { leads } = (await planSettings(lab.store, 'lab')).routing;
    const id = await leadOf({ Company: 'Acme Foods', Country: 'DE', Website: 'acme.example' });
    const wanted = await wantedOfLead(session, leads, [id]);
    expect(wanted).toEqual({
      ...{ name: 'Acme Foods', dealId: null, partnerId: null },
      ...{ product: null, industry: null, region: 'DE' },
      customer: { accountId: null, company: 'Acme Foods', domain: 'acme.example' },
    });
    const { place, asOfMs } = await scored();
    const [one] = (await routeAll(lab.store, place, asOfMs, [wanted!])).proposals;
    expect(one!.unknown).toEqual(['product', 'industry']);
    expect(one!.ranked.length).toBeGreaterThan(1);
    const bare = await wantedOfLead(session, leads, [await leadOf({ Company: 'No Country' })]);
    expect(bare).toMatchObject({ name: 'No Country', region: null });
  });
  it('is looked up nowhere where the mapping names no object, and is none where there is none', async () => {
    const { leads } = (await planSettings(lab.store, 'lab')).routing;
    await expect(wantedOfLead(session, undefined, ['00Q000000000001'])).rejects.toThrow(
      'does not say where leads stand',
    );
    expect(await wantedOfLead(session, leads, ['00Q000000000001AAA'])).toBeNull();
  });
});

it('a proposal is one task for the owner of the deal, and nothing is assigned', async () => {
  const { place, asOfMs, speech } = await scored();
  const deal = (await lab.store.db.query.deals.findMany()).find(
    (one) => one.closed !== 1 && one.resolvedPartnerId !== null,
  )!;
  const wanted = await wantedOfDeal(lab.store, place, [deal.id]);
  const [one] = (await routeAll(lab.store, place, asOfMs, [wanted!])).proposals;
  const at = { speech, nowMs: lab.sandbox.clock.nowMs() };
  const id = await proposePartners(lab.store, place, session.tasks!, one!, at);
  expect(await proposePartners(lab.store, place, session.tasks!, one!, at)).toBe(id);
  const read = async (object: string, of: string, fields: string[]) =>
    (await readByIds(session, { object, fields }, [of])).get(of)!.fields;
  const fields = ['Subject', 'OwnerId', 'WhatId', 'Status'];
  const task = await read('Task', id!, fields);
  expect(task).toMatchObject({ OwnerId: deal.ownerId, WhatId: deal.id, Status: 'Not Started' });
  expect(task['Subject']).toContain(one!.ranked[0]!.name);
  expect(
    await proposePartners(lab.store, place, session.tasks!, { ...one!, ranked: [] }, at),
  ).toBeNull();
  const intents = await listIntents(lab.store, place.runId, 100_000);
  expect(intents.filter(({ object }) => object === 'Task')).toHaveLength(1);
  await undoRun(lab.deps(), place.runId, true);
  expect((await read('Task', id!, fields))['Status']).toBe('Completed');
});
