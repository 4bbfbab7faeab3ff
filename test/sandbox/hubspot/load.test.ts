import { beforeEach, describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import type { WorldEvent } from '../../../src/sandbox/world/events.ts';
import { WorldLoader } from '../../../src/sandbox/hubspot/load.ts';
import { get, NOW_MS, open, post, call, type Json } from './support.ts';

const DAY_MS = 86_400_000;
const T0 = NOW_MS - 100 * DAY_MS - 125;
const PARTNER = {
  type: 'reseller',
  tier: 'gold',
  signedOn: '2026-01-05',
  onboardedOn: null,
} as const;
const company = (id: string, partner: typeof PARTNER | null): WorldEvent => ({
  kind: 'account',
  id,
  atMs: T0,
  name: id,
  industry: 'Banking',
  country: 'Germany',
  website: `https://www.${id}.example`,
  ownerId: 'u1',
  parentId: null,
  partner,
});
const HISTORY: WorldEvent[] = [
  { kind: 'user', id: 'u1', atMs: T0, name: 'Ann Lee', email: 'ann@v.example', active: true },
  {
    kind: 'user',
    id: 'u2',
    atMs: T0,
    name: 'Left Long Ago',
    email: 'left@v.example',
    active: false,
  },
  company('p1', PARTNER),
  company('a1', null),
  company('a2', null),
  {
    kind: 'contact',
    id: 'c1',
    atMs: T0,
    accountId: 'a1',
    firstName: 'Bo',
    lastName: 'Ek',
    email: 'bo@a1.example',
    title: 'CFO',
  },
  {
    kind: 'deal',
    id: 'd1',
    atMs: T0,
    name: 'Deal',
    accountId: 'a1',
    ownerId: 'u2',
    partnerId: 'p1',
    role: 'sourced',
    campaignId: null,
    stage: 'prospecting',
    amount: 100,
    currency: 'USD',
    closeOn: '2026-12-01',
    product: 'Edge',
    source: 'Web',
    registration: { submittedMs: T0, status: 'Submitted' },
  },
  { kind: 'dealChange', id: 'd1', atMs: T0 + DAY_MS, byId: 'u1', stage: 'proposal', amount: 250 },
  {
    kind: 'dealChange',
    id: 'd1',
    atMs: T0 + 2 * DAY_MS,
    byId: 'u1',
    stage: 'won',
    registrationStatus: 'Approved',
  },
  {
    kind: 'activity',
    id: 't1',
    atMs: T0 + DAY_MS,
    type: 'call',
    subject: 'Hello',
    dealId: 'd1',
    accountId: null,
    contactId: 'c1',
    ownerId: 'u1',
    onMs: T0 + DAY_MS / 2,
    minutes: 14,
    done: true,
    withBuyer: true,
  },
  {
    kind: 'plan',
    id: 'l1',
    atMs: T0,
    partnerId: 'p1',
    name: 'Plan',
    startOn: '2026-01-01',
    endOn: '2026-12-31',
    status: 'Active',
  },
  {
    kind: 'target',
    id: 'g1',
    atMs: T0,
    planId: 'l1',
    side: 'partner',
    metric: 'bookings',
    goal: 5,
    weight: 0.5,
    label: 'Goal',
  },
];

describe('a world in a portal', () => {
  let sandbox: HubSpotSandbox;
  let loader: WorldLoader;
  beforeEach(async () => {
    sandbox = await open();
    loader = new WorldLoader(sandbox.portal, 'made up');
    loader.seed(HISTORY);
  });
  const id = (worldId: string) => loader.idOf(worldId);
  const labelOf = (stageId: string) =>
    sandbox.portal.pipelines
      .list()
      .flatMap((pipeline) => pipeline.stages)
      .find((stage) => stage.id === stageId)?.label;

  test('history carries its true stamps, newest first, and who did it', async () => {
    const { body } = await get(
      sandbox,
      `/crm/v3/objects/deals/${id('d1')}?properties=createdate,hs_lastmodifieddate,registered_at,registration_status,hs_is_closed_won,hubspot_owner_id&propertiesWithHistory=dealstage,amount`,
    );
    expect(body['properties']).toMatchObject({
      createdate: new Date(T0).toISOString().replace('.000', ''),
      hs_lastmodifieddate: new Date(T0 + 2 * DAY_MS).toISOString().replace('.000', ''),
      registration_status: 'Approved',
      hs_is_closed_won: 'true',
      hubspot_owner_id: id('u2'),
    });
    const history = body['propertiesWithHistory'] as Record<
      string,
      { value: string; timestamp: string; updatedByUserId: number }[]
    >;
    expect(
      history['dealstage']?.map((one) => [labelOf(one.value), Date.parse(one.timestamp)]),
    ).toEqual([
      ['Closed Won', T0 + 2 * DAY_MS],
      ['Proposal/Price Quote', T0 + DAY_MS],
      ['Prospecting', T0],
    ]);
    expect(history['amount']?.map((one) => one.value)).toEqual(['250', '100']);
    expect(history['dealstage']?.map((one) => one.updatedByUserId)).toEqual([
      ...Array<number>(2).fill(sandbox.portal.owners.get(id('u1'))?.userId ?? 0),
      sandbox.portal.owners.get(id('u2'))?.userId,
    ]);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/deals/search', {
          filterGroups: [
            {
              filters: [
                { propertyName: 'hs_lastmodifieddate', operator: 'LT', value: String(NOW_MS) },
              ],
            },
          ],
        })
      ).body['total'],
    ).toBe(1);
  });

  test('the customer is the primary company, the partner wears its label and its properties', async () => {
    const { body } = await post(sandbox, '/crm/v4/associations/deals/companies/batch/read', {
      inputs: [{ id: id('d1') }],
    });
    const to = (
      body['results'] as {
        to: { toObjectId: number; associationTypes: { label: string | null }[] }[];
      }[]
    )[0]?.to;
    expect(
      to?.map((one) => [String(one.toObjectId), one.associationTypes.map((kind) => kind.label)]),
    ).toEqual([
      [id('a1'), [null, 'Primary']],
      [id('p1'), [null, 'Partner']],
    ]);
    expect(
      (
        await get(
          sandbox,
          `/crm/v3/objects/companies/${id('p1')}?properties=is_partner,partner_type,partner_tier,partner_since,onboarded_on`,
        )
      ).body['properties'],
    ).toMatchObject({
      is_partner: 'true',
      partner_type: 'reseller',
      partner_tier: 'gold',
      partner_since: '2026-01-05',
      onboarded_on: null,
    });
  });

  test('a call knows its deal, company and contact; those who left are archived owners', async () => {
    const { body } = await get(
      sandbox,
      `/crm/v3/objects/calls/${id('t1')}?properties=hs_timestamp,hs_call_duration&associations=deals,companies,contacts`,
    );
    expect(body).toMatchObject({
      properties: {
        hs_call_duration: '840000',
        hs_timestamp: new Date(T0 + DAY_MS / 2).toISOString().replace('.000', ''),
      },
      associations: {
        deals: { results: [{ id: id('d1') }] },
        companies: { results: [{ id: id('a1') }] },
        contacts: { results: [{ id: id('c1') }] },
      },
    });
    expect((await get(sandbox, '/crm/v3/owners?archived=true')).body['results']).toMatchObject([
      { id: id('u2') },
    ]);
  });

  test('plans and targets are custom objects that name their parents twice', async () => {
    const { body } = await get(
      sandbox,
      `/crm/v3/objects/plan_target/${id('g1')}?properties=plan_id,goal&associations=partner_plan`,
    );
    expect(body).toMatchObject({
      properties: { plan_id: id('l1'), goal: '5' },
      associations: { p48291637_partner_plan: { results: [{ id: id('l1') }] } },
    });
  });

  test('what happens later goes by the portal’s rules: stamps, webhooks, merges, restores, and a refusal leaves the rest', async () => {
    const heard: string[] = [];
    sandbox.portal.listen((event) => heard.push(event.kind));
    const atMs = NOW_MS + DAY_MS;
    const report = loader.live([
      { kind: 'dealChange', id: 'd1', atMs, byId: 'u1', amount: 300 },
      { kind: 'dealChange', id: 'd1', atMs, byId: 'u1', ownerId: 'u2' },
      { kind: 'accountMerge', atMs, winnerId: 'a2', loserId: 'a1' },
      { kind: 'delete', atMs, of: 'deal', id: 'd1' },
      { kind: 'dealChange', id: 'd1', atMs, byId: 'u1', amount: 5 },
      { kind: 'undelete', atMs: atMs + 1, of: 'deal', id: 'd1' },
    ]);
    expect([report.applied, report.refused.map((one) => one.event.kind)]).toEqual([
      4,
      ['dealChange', 'dealChange'],
    ]);
    expect(heard).toEqual(
      expect.arrayContaining(['propertyChange', 'merge', 'deletion', 'restore']),
    );
    const { body } = await get(
      sandbox,
      `/crm/v3/objects/deals/${id('d1')}?properties=amount&associations=companies`,
    );
    expect(body).toMatchObject({
      updatedAt: new Date(atMs + 1).toISOString(),
      properties: { amount: '300' },
    });
    expect(
      ((body['associations'] as Json)['companies'] as { results: { id: string }[] }).results.map(
        (one) => one.id,
      ),
    ).toEqual([id('p1'), id('p1'), id('a2'), id('a2')]);
  });
});

describe('the usual world', () => {
  test('fills a portal, moves on with the clock, and is made anew by a seed', async () => {
    const sandbox = await open({ seeder: undefined, partners: 8, deals: 120 });
    const count = async (type: string) =>
      Number((await post(sandbox, `/crm/v3/objects/${type}/search`, { limit: 1 })).body['total']);
    const before = await count('deals');
    expect(before).toBeGreaterThan(100);
    const moved = await fetch(`${sandbox.controlUrl}/clock/advance`, {
      method: 'POST',
      body: JSON.stringify({ ms: 14 * DAY_MS }),
    });
    expect(moved.status).toBe(200);
    const changed = await post(sandbox, '/crm/v3/objects/deals/search', {
      filterGroups: [
        {
          filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GT', value: String(NOW_MS) }],
        },
      ],
    });
    expect(Number(changed.body['total'])).toBeGreaterThan(0);
    const seeded = await fetch(`${sandbox.controlUrl}/seed`, {
      method: 'POST',
      body: JSON.stringify({ seed: 2, partners: 3, deals: 20 }),
    });
    expect(seeded.status).toBe(200);
    expect(await count('deals')).toBeLessThan(before);
    expect((await call(sandbox, 'GET', '/crm/v3/objects/deals?limit=1')).status).toBe(200);
  });
});
