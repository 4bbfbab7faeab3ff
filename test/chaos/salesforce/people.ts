import type { Row, SaveResult, OrgUser } from '../../../src/sandbox/salesforce/org-types.ts';
import type { Change, Mutation } from '../schedule.ts';
import { COUNTRIES, DAY_MS, day } from '../world.ts';
import { WRITTEN } from './mapping.ts';
import { addField, MOVING_FIELDS, STAGES } from './rows.ts';
import type { SalesforceSandbox } from '../../../src/sandbox/salesforce/start.ts';
import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import { OrgWatch } from './watch.ts';

const OBJECT = {
  account: 'Account',
  deal: 'Opportunity',
  activity: 'Task',
  role: 'Partner',
} as const;

/** What people do to the CRM, at once or in transactions that commit late. */
export class People {
  readonly #world: Org;
  #late: { dueMs: number; beganMs: number; mutation: Mutation }[] = [];

  constructor(world: Org) {
    this.#world = world;
  }

  do(change: Change): void {
    const nowMs = this.#world.org.nowMs();
    if (change.delayMs === 0) return this.#commit(change.mutation, nowMs);
    this.#late.push({ dueMs: nowMs + change.delayMs, beganMs: nowMs, mutation: change.mutation });
  }

  /** Transactions whose end has come. Call after every move of the clock. */
  commitDue(): void {
    const nowMs = this.#world.org.nowMs();
    const due = this.#late.filter(({ dueMs }) => dueMs <= nowMs);
    this.#late = this.#late.filter(({ dueMs }) => dueMs > nowMs);
    for (const { mutation, beganMs } of due) this.#commit(mutation, beganMs);
  }

  #commit(mutation: Mutation, atMs: number): void {
    const { org, watch } = this.#world;
    const transaction = org.begin();
    mutate(this.#world, mutation, atMs);
    if (watch.wentBack()) transaction.rollback();
    else transaction.commit();
    watch.observe();
  }
}

/** The one of these rows that `share` of the way through them points at, in id order. */
function pickRow(
  world: Org,
  object: string,
  share: number,
  keep: (row: Row) => boolean = (row) => row['IsDeleted'] !== true,
): Row | undefined {
  const rows = [...world.org.table(object).values()]
    .filter(keep)
    .sort((a, b) => (String(a['Id']) < String(b['Id']) ? -1 : 1));
  return rows[Math.floor(share * rows.length)];
}

const idIn = (row: Row): string => String(row['Id']);

/** A mutation that the org refuses is no mutation. */
function mutate(world: Org, mutation: Mutation, atMs: number): SaveResult | undefined {
  const { org, people } = world;
  switch (mutation.op) {
    case 'edit': {
      const row = pickRow(world, OBJECT[mutation.thing], mutation.pick);
      return (
        row &&
        org.update(
          people,
          OBJECT[mutation.thing],
          idIn(row),
          edited(world, OBJECT[mutation.thing], mutation.what),
          { atMs },
        )
      );
    }
    case 'stage': {
      const row = pickRow(world, 'Opportunity', mutation.pick);
      return (
        row &&
        org.update(
          people,
          'Opportunity',
          idIn(row),
          { StageName: STAGES[mutation.what % STAGES.length]! },
          { atMs },
        )
      );
    }
    case 'add':
      return add(world, mutation, atMs);
    case 'remove': {
      const row = pickRow(world, OBJECT[mutation.thing], mutation.pick);
      return row && org.remove(people, idIn(row), { atMs, hard: mutation.hard });
    }
    case 'undelete': {
      const gone = ['Account', 'Opportunity', 'Task'].flatMap((object) =>
        [...org.table(object).values()].filter((row) => row['IsDeleted'] === true),
      );
      const row = gone[Math.floor(mutation.pick * gone.length)];
      return row && org.undelete(people, idIn(row), { atMs });
    }
    case 'merge': {
      const [winner, loser] = [
        pickRow(world, 'Account', mutation.pick),
        pickRow(world, 'Account', mutation.other),
      ];
      return winner && loser && winner !== loser
        ? org.merge(people, idIn(winner), [idIn(loser)], { atMs })
        : undefined;
    }
    case 'retype': {
      const row = pickRow(world, 'Account', mutation.pick);
      return (
        row &&
        org.update(
          people,
          'Account',
          idIn(row),
          {
            Type: ['Channel Partner / Reseller', 'Customer - Direct', 'Technology Partner'][
              mutation.what % 3
            ]!,
          },
          { atMs },
        )
      );
    }
    case 'human':
      return human(world, mutation, atMs);
    case 'sameInstant':
      for (const row of [...org.table(OBJECT[mutation.thing]).values()])
        if (row['IsDeleted'] !== true)
          org.update(
            people,
            OBJECT[mutation.thing],
            idIn(row),
            OBJECT[mutation.thing] === 'Task' ? { Priority: 'High' } : { NextStep: 'call' },
            { atMs },
          );
      return undefined;
    case 'field':
      moveField(world, mutation.what);
      return undefined;
    case 'picklist':
      disable(world, mutation.what);
      return undefined;
    case 'rule':
      org.setValidationRule({
        object: 'Opportunity',
        name: 'Large',
        formula: 'Amount > 40000',
        message: 'too large',
        active: mutation.on,
      });
      return undefined;
    case 'jobsGone':
      world.sandbox.vendor.site.jobs.clear();
      world.sandbox.vendor.site.locators.clear();
      return undefined;
  }
}

function edited(world: Org, object: string, what: number): Row {
  const { org } = world;
  const has = (name: string): boolean =>
    org.object(object)?.fields.some((field) => field.name === name) === true;
  if (object === 'Task')
    return what % 2 === 0
      ? { Status: what % 4 === 0 ? 'Completed' : 'Not Started' }
      : { ActivityDate: day(org.nowMs() - (what % 40) * DAY_MS) };
  if (object === 'Account') {
    const parent = pickRow(world, 'Account', (what % 97) / 97);
    return [
      { Name: `Renamed ${what}` },
      { BillingCountry: COUNTRIES[what % COUNTRIES.length]! },
      { ParentId: parent === undefined ? null : idIn(parent) },
      has('Partner_Tier__c') ? { Partner_Tier__c: `T${what % 5}` } : {},
      {},
    ][what % 5]!;
  }
  return [
    { Amount: (what % 90) * 1000 },
    { CloseDate: day(org.nowMs() + (what % 100) * DAY_MS) },
    has('Product__c') ? { Product__c: `P${what % 7}` } : {},
    { Name: `Deal renamed ${what}` },
    { Amount: null },
  ][what % 5]!;
}

function add(
  world: Org,
  mutation: Extract<Mutation, { op: 'add' }>,
  atMs: number,
): SaveResult | undefined {
  const { org, people } = world;
  const { pick, what } = mutation;
  const account = pickRow(world, 'Account', pick);
  const deal = pickRow(world, 'Opportunity', pick);
  switch (OBJECT[mutation.thing]) {
    case 'Account':
      return org.insert(
        people,
        'Account',
        {
          Name: `New ${what}`,
          Type: what % 2 === 0 ? 'Channel Partner / Reseller' : 'Customer - Direct',
          BillingCountry: COUNTRIES[what % COUNTRIES.length]!,
        },
        { atMs },
      );
    case 'Opportunity':
      return org.insert(
        people,
        'Opportunity',
        {
          Name: `New deal ${what}`,
          AccountId: account === undefined ? null : idIn(account),
          StageName: STAGES[what % STAGES.length]!,
          Amount: what * 100,
          CloseDate: day(atMs + 30 * DAY_MS),
        },
        { atMs },
      );
    case 'Task':
      return org.insert(
        people,
        'Task',
        {
          Subject: `New task ${what}`,
          WhatId: deal === undefined ? null : idIn(deal),
          Status: what % 2 === 0 ? 'Completed' : 'Not Started',
          Priority: 'Normal',
          ActivityDate: day(atMs),
          TaskSubtype: 'Call',
        },
        { atMs },
      );
    case 'Partner':
      return (
        account &&
        deal &&
        org.insert(
          people,
          'Partner',
          {
            OpportunityId: idIn(deal),
            AccountToId: idIn(account),
            Role: 'Consultant',
            IsPrimary: what % 2 === 0,
          },
          { atMs },
        )
      );
  }
}

/** A person types over one of our fields. */
function human(
  world: Org,
  mutation: Extract<Mutation, { op: 'human' }>,
  atMs: number,
): SaveResult | undefined {
  const { org, people } = world;
  const row = pickRow(world, OBJECT[mutation.thing], mutation.pick);
  const fields = WRITTEN[OBJECT[mutation.thing]]!;
  const { field, numeric } = fields[mutation.what % fields.length]!;
  const value =
    mutation.what % 7 === 0
      ? null
      : numeric
        ? 1 + (mutation.what % 90) + 0.5
        : `typed ${mutation.what}`;
  return row && org.update(people, OBJECT[mutation.thing], idIn(row), { [field]: value }, { atMs });
}

/** An optional field vanishes with all it held, or comes back empty. */
function moveField(world: Org, what: number): void {
  const { org, setId } = world;
  const [object, name] = MOVING_FIELDS[what % MOVING_FIELDS.length]!;
  if (org.object(object)!.fields.some((field) => field.name === name))
    org.deleteField(object, name);
  else addField(org, setId, object, name);
}

function disable(world: Org, what: number): void {
  const values =
    world.org.object('Opportunity')!.fields.find((field) => field.name === 'StageName')?.picklist ??
    [];
  world.org.updateField('Opportunity', 'StageName', {
    picklist: values.map((value, i) =>
      i === what % values.length ? { ...value, active: !value.active } : value,
    ),
  });
}

/** What people and the watch reach past the API. */
export interface Org {
  sandbox: SalesforceSandbox;
  org: SandboxOrg;
  people: OrgUser;
  watch: OrgWatch;
  setId: string;
}
