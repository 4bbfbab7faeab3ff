import { beforeAll, describe, expect, it } from 'vitest';
import { applyEvents, loadWorld } from '../../../../src/sandbox/salesforce/load.ts';
import { CHANNEL_PERMISSION_SET } from '../../../../src/sandbox/salesforce/load/schema.ts';
import type { Row } from '../../../../src/sandbox/salesforce/org-types.ts';
import type { SandboxOrg } from '../../../../src/sandbox/salesforce/org.ts';
import { createOrg } from '../../../../src/sandbox/salesforce/org.ts';
import { DAY_MS, WEEK_MS } from '../../../../src/sandbox/world/calendar.ts';
import type { World, WorldEvent } from '../../../../src/sandbox/world/events.ts';
import { generateWorld } from '../../../../src/sandbox/world/generate.ts';
import { storyOf } from '../../world/story.ts';

const END_MS = Date.UTC(2026, 10, 20, 12);
const STAGES: Readonly<Record<string, string>> = {
  prospecting: 'Prospecting',
  qualification: 'Qualification',
  analysis: 'Needs Analysis',
  proposal: 'Proposal/Price Quote',
  negotiation: 'Negotiation/Review',
  won: 'Closed Won',
  lost: 'Closed Lost',
};

function seeded(options: { prm?: boolean; multiCurrency?: boolean } = {}): {
  org: SandboxOrg;
  world: World;
  clock: { now: number };
} {
  const clock = { now: END_MS };
  const org = createOrg({
    name: 'Channel',
    seed: 3,
    clock: { nowMs: () => clock.now },
    ...options,
  });
  const world = generateWorld({ seed: 3, partners: 15, deals: 400, endMs: END_MS });
  loadWorld(org, world);
  return { org, world, clock };
}

const rows = (org: SandboxOrg, object: string): Row[] => [...org.table(object).values()];
const live = (org: SandboxOrg, object: string): Row[] =>
  rows(org, object).filter((row) => row['IsDeleted'] !== true);

describe('a seeded org', () => {
  let { org, world } = seeded();
  beforeAll(() => {
    ({ org, world } = seeded());
  });
  const events = (): WorldEvent[] => [...world.events()];

  it('has a row for every thing of the world', () => {
    const story = storyOf(world.events());
    const kinds = story.kinds;
    const deleted = (of: string): number =>
      events()
        .filter(
          (event) => (event.kind === 'delete' || event.kind === 'undelete') && event.of === of,
        )
        .reduce((sum, event) => sum + (event.kind === 'delete' ? 1 : -1), 0);
    expect(live(org, 'Opportunity')).toHaveLength((kinds['deal'] ?? 0) - deleted('deal'));
    expect(live(org, 'Account')).toHaveLength(
      (kinds['account'] ?? 0) - (kinds['accountMerge'] ?? 0) - deleted('account'),
    );
    expect(live(org, 'Task').length + live(org, 'Event').length).toBe(
      (kinds['activity'] ?? 0) - deleted('activity'),
    );
    for (const [object, kind] of [
      ['Lead', 'lead'],
      ['Campaign', 'campaign'],
      ['CampaignMember', 'campaignMember'],
      ['Partner_Plan__c', 'plan'],
      ['Plan_Target__c', 'target'],
      ['Plan_Milestone__c', 'milestone'],
      ['Partner_Certification__c', 'certification'],
      ['Partner_Fund__c', 'cost'],
      ['Partner_Signal__c', 'signal'],
    ] as const)
      expect(live(org, object), object).toHaveLength(kinds[kind] ?? 0);
  });

  it('ends every deal in the stage that the world ends it in, with its amount and its own stamps', () => {
    const story = storyOf(world.events());
    const byName = new Map<string, Row[]>();
    for (const row of rows(org, 'Opportunity'))
      byName.set(String(row['Name']), [...(byName.get(String(row['Name'])) ?? []), row]);
    for (const { opening, stage, changes } of story.deals.values()) {
      const row = byName
        .get(opening.name)
        ?.find((one) => one['CreatedDate'] === Math.floor(opening.atMs / 1000) * 1000);
      expect(row?.['StageName'], opening.id).toBe(STAGES[stage]);
      const amount = changes.reduce<number | null>(
        (now, change) => (change.amount !== undefined ? change.amount : now),
        opening.amount,
      );
      expect(row?.['Amount'] ?? null, opening.id).toBe(amount);
      expect(row?.['IsWon']).toBe(stage === 'won');
      expect(Number(row?.['SystemModstamp'])).toBeGreaterThanOrEqual(
        Math.floor((changes.at(-1)?.atMs ?? opening.atMs) / 1000) * 1000,
      );
      expect(Number(row?.['SystemModstamp'])).toBeLessThanOrEqual(END_MS);
    }
  });

  it('keeps a history row of the past for each change, whose last agrees with the deal', () => {
    const story = storyOf(world.events());
    const changing = [...story.deals.values()].reduce(
      (sum, deal) =>
        sum +
        1 +
        deal.changes.filter(
          (change) =>
            change.stage !== undefined ||
            change.amount !== undefined ||
            change.closeOn !== undefined,
        ).length,
      0,
    );
    const history = rows(org, 'OpportunityHistory');
    // A revision can round to the same amount, which is no change and leaves no row.
    expect(history.length).toBeLessThanOrEqual(changing);
    expect(history.length).toBeGreaterThan(0.99 * changing);
    const last = new Map<unknown, Row>();
    for (const row of history) {
      const before = last.get(row['OpportunityId']);
      if (before)
        expect(Number(row['CreatedDate'])).toBeGreaterThanOrEqual(Number(before['CreatedDate']));
      last.set(row['OpportunityId'], row);
    }
    for (const deal of rows(org, 'Opportunity')) {
      const row = last.get(deal['Id']);
      expect([row?.['StageName'], row?.['Amount'], row?.['CloseDate']]).toEqual([
        deal['StageName'],
        deal['Amount'],
        deal['CloseDate'],
      ]);
    }
  });

  it('names the partner of a sourced deal on the deal and of an influenced one under partners', () => {
    const openings = [...storyOf(world.events()).deals.values()].map((deal) => deal.opening);
    expect(rows(org, 'Opportunity').filter((row) => row['PartnerAccountId'] !== null)).toHaveLength(
      openings.filter((deal) => deal.role === 'sourced').length,
    );
    const influenced = new Set(live(org, 'OpportunityPartner').map((row) => row['OpportunityId']));
    expect(influenced.size).toBe(openings.filter((deal) => deal.role === 'influenced').length);
    expect(live(org, 'Account').filter((row) => row['IsPartner'] === true)).toHaveLength(15);
  });

  it('points every reference at a row', () => {
    for (const name of [
      'Account',
      'Contact',
      'Opportunity',
      'Task',
      'Event',
      'Lead',
      'CampaignMember',
      'Plan_Target__c',
      'Partner_Certification__c',
      'Partner_Signal__c',
      'OpportunityHistory',
    ]) {
      const links =
        org
          .object(name)
          ?.fields.filter(
            (field) =>
              field.type === 'reference' &&
              !['MasterRecordId', 'RecordTypeId'].includes(field.name),
          ) ?? [];
      for (const row of live(org, name))
        for (const link of links)
          if (typeof row[link.name] === 'string')
            expect(org.find(String(row[link.name]), true), `${name}.${link.name}`).toBeDefined();
    }
  });

  it('logs meetings with the buyer on a contact of the customer, calls with their length', () => {
    const calls = live(org, 'Task').filter((row) => row['TaskSubtype'] === 'Call');
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.every((row) => Number(row['CallDurationInSeconds']) > 0)).toBe(true);
    const withBuyer = new Set(
      events().flatMap((event) =>
        event.kind === 'activity' && event.type === 'meeting' && event.withBuyer
          ? [event.subject]
          : [],
      ),
    );
    expect(withBuyer.size).toBeGreaterThan(0);
    for (const row of live(org, 'Event').filter(
      (one) => one['WhoId'] !== null && one['WhatId'] !== null,
    ))
      expect(row['EndDateTime']).toBe(
        Number(row['StartDateTime']) + Number(row['DurationInMinutes']) * 60_000,
      );
  });

  it('shows the custom fields to seeded users and to the administrator through one permission set', () => {
    const set = rows(org, 'PermissionSet').find((row) => row['Name'] === CHANNEL_PERMISSION_SET);
    expect(set).toBeDefined();
    for (const user of org.users()) {
      expect(user.permissionSetIds.has(String(set?.['Id'])), user.username).toBe(true);
      for (const [object, field] of [
        ['Account', 'Partner_Tier__c'],
        ['Opportunity', 'Registered_At__c'],
        ['Partner_Plan__c', 'Start_Date__c'],
        ['Partner_Signal__c', 'Value__c'],
      ] as const) {
        const definition = org.object(object);
        expect(
          definition && org.visibleFields(user, definition).some((one) => one.name === field),
          `${user.username} ${field}`,
        ).toBe(true);
      }
    }
  });

  it('has people who left, and their deals', () => {
    expect(rows(org, 'User').filter((row) => row['IsActive'] !== true)).toHaveLength(
      events().filter((event) => event.kind === 'user' && !event.active).length,
    );
  });

  it('carries hostile names through unharmed', () => {
    const names = new Set(rows(org, 'Account').map((row) => row['Name']));
    for (const event of events())
      if (event.kind === 'account') expect(names.has(event.name)).toBe(true);
    expect(rows(org, 'Task').some((row) => String(row['Description'] ?? '').length > 31_000)).toBe(
      true,
    );
  });
});

describe('an org that the world moves on', () => {
  it('takes every event of the next weeks as ordinary saves', () => {
    const { org, world, clock } = seeded();
    const before = {
      deals: org.recordCount('Opportunity'),
      history: rows(org, 'OpportunityHistory').length,
    };
    clock.now = END_MS + 3 * WEEK_MS;
    const events = world.advance(END_MS, clock.now);
    const report = applyEvents(org, events);
    expect(report.refused.map(({ event, faults }) => [event.kind, faults[0]?.message])).toEqual([]);
    expect(report.applied).toBe(events.length);
    const count = (kind: WorldEvent['kind'], of?: string): number =>
      events.filter(
        (event) => event.kind === kind && (of === undefined || ('of' in event && event.of === of)),
      ).length;
    expect(org.recordCount('Opportunity')).toBe(
      before.deals + count('deal') - count('delete', 'deal') + count('undelete', 'deal'),
    );
    expect(rows(org, 'OpportunityHistory').length).toBeGreaterThan(before.history + count('deal'));
    const changed = rows(org, 'Opportunity').filter(
      (row) => Number(row['SystemModstamp']) > END_MS,
    );
    expect(changed.length).toBeGreaterThan(count('deal'));
    for (const row of changed) expect(Number(row['SystemModstamp'])).toBeLessThanOrEqual(clock.now);
  });

  it("merges with a forwarding address and moves the loser's deals, deletes into the bin and takes back", () => {
    const { org, world, clock } = seeded();
    clock.now = END_MS + WEEK_MS;
    const events = world.advance(END_MS, clock.now);
    const losersBefore = rows(org, 'Account').filter(
      (row) => row['MasterRecordId'] !== null,
    ).length;
    applyEvents(org, events);
    const losers = rows(org, 'Account').filter((row) => row['MasterRecordId'] !== null);
    expect(losers).toHaveLength(losersBefore + 1);
    const [loser] = losers.filter((row) => Number(row['SystemModstamp']) > END_MS);
    expect(loser?.['IsDeleted']).toBe(true);
    expect(live(org, 'Opportunity').some((row) => row['AccountId'] === loser?.['Id'])).toBe(false);
    const moved = live(org, 'Opportunity').filter(
      (row) =>
        row['AccountId'] === loser?.['MasterRecordId'] && Number(row['SystemModstamp']) > END_MS,
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(org.deleted('Opportunity', END_MS, clock.now).deletedRecords).toHaveLength(1);
    expect(
      rows(org, 'Opportunity').filter(
        (row) => row['IsDeleted'] === true && Number(row['SystemModstamp']) > END_MS,
      ),
    ).toHaveLength(1);
  });

  it('stamps a live change with its own time and its own person', () => {
    const { org, world, clock } = seeded();
    clock.now = END_MS + 2 * WEEK_MS;
    const events = world.advance(END_MS, clock.now);
    const change = events.filter((event) => event.kind === 'dealChange').at(-1);
    applyEvents(org, events);
    const stamped = rows(org, 'Opportunity').filter(
      (row) => row['LastModifiedDate'] === Math.floor((change?.atMs ?? 0) / 1000) * 1000,
    );
    expect(stamped.length).toBeGreaterThan(0);
    expect(org.user(String(stamped[0]?.['LastModifiedById']))?.username).not.toBe(
      org.admin.username,
    );
  });

  it('reports what the org refuses and goes on', () => {
    const { org, world, clock } = seeded();
    clock.now = END_MS + 2 * WEEK_MS;
    const events = world.advance(END_MS, clock.now);
    for (const row of live(org, 'Opportunity'))
      org.remove(org.admin, String(row['Id']), { atMs: END_MS });
    const report = applyEvents(org, events);
    expect(
      report.refused.some(
        ({ event, faults }) =>
          event.kind === 'dealChange' && faults[0]?.errorCode === 'ENTITY_IS_DELETED',
      ),
    ).toBe(true);
    expect(report.applied + report.refused.length).toBe(events.length);
    expect(report.applied).toBeGreaterThan(0);
  });

  it('refuses to move an org that holds no world', () => {
    const org = createOrg({ name: 'Bare', seed: 1, clock: { nowMs: () => END_MS } });
    expect(() => applyEvents(org, [])).toThrow('call loadWorld first');
  });
});

it('puts every partner under partners where deals cannot name one', () => {
  const { org, world } = seeded({ prm: false });
  const withPartner = [...storyOf(world.events()).deals.values()].filter(
    (deal) => deal.opening.partnerId !== null,
  ).length;
  expect(new Set(rows(org, 'OpportunityPartner').map((row) => row['OpportunityId'])).size).toBe(
    withPartner,
  );
  expect(
    rows(org, 'Account').filter((row) => row['Type'] === 'Channel Partner / Reseller').length,
  ).toBeGreaterThan(3);
});

it('gives deals their currency in an org of several', () => {
  const { org } = seeded({ multiCurrency: true });
  expect(new Set(rows(org, 'Opportunity').map((row) => row['CurrencyIsoCode']))).toEqual(
    new Set(['USD']),
  );
});

it('seeds and moves alike twice over', () => {
  const dump = (): string => {
    const { org, world, clock } = seeded();
    clock.now = END_MS + 5 * DAY_MS;
    applyEvents(org, world.advance(END_MS, clock.now));
    return JSON.stringify(
      ['Account', 'Opportunity', 'Task', 'OpportunityHistory'].map((name) => rows(org, name)),
    );
  };
  expect(dump() === dump()).toBe(true);
});
