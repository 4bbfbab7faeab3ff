import { fieldOf } from '../../../src/sandbox/salesforce/http/field-metadata.ts';
import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import type { Cell, OrgUser, Row } from '../../../src/sandbox/salesforce/org-types.ts';
import { random } from '../random.ts';
import { DAY_MS, day, START_MS } from '../world.ts';

export const OBJECTS = [
  'Account',
  'Opportunity',
  'OpportunityPartner',
  'OpportunityHistory',
  'OpportunityStage',
  'Task',
] as const;
export const STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
  'Closed Lost',
];

/** Fields that come and go while syncs run; the mapping calls them optional. */
export const MOVING_FIELDS = [
  ['Opportunity', 'Product__c'],
  ['Account', 'Partner_Tier__c'],
  ['Opportunity', 'Registered_At__c'],
  ['Opportunity', 'Country_Of_Account__c'],
] as const;

const TEXT = { type: 'Text', length: 255 };
const LONG = { type: 'LongTextArea', length: 4000, visibleLines: 3 };
const POINTS = { type: 'Number', precision: 5, scale: 1 };
export const DEFINITIONS: Record<string, Record<string, Record<string, unknown>>> = {
  Account: {
    Partner_Tier__c: TEXT,
    HW_Score__c: POINTS,
    HW_Reasons__c: LONG,
    HW_Next__c: TEXT,
    HW_Forecast__c: { type: 'Number', precision: 18, scale: 0 },
  },
  Opportunity: {
    Product__c: TEXT,
    Registered_At__c: { type: 'DateTime' },
    Country_Of_Account__c: { type: 'Text', length: 255, formula: 'Account.BillingCountry' },
    HW_Win__c: POINTS,
    HW_Win_Reasons__c: LONG,
    HW_Health__c: { type: 'Text', length: 40 },
    HW_Deal_Next__c: TEXT,
  },
};

/** Makes a field of the list above, shown to everybody. */
export function addField(org: SandboxOrg, setId: string, object: string, name: string): void {
  const made = org.createField(
    object,
    fieldOf(name, { label: name, ...DEFINITIONS[object]![name] }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  org.grantField(setId, object, name, {
    edit: DEFINITIONS[object]![name]!['formula'] === undefined,
  });
}

export function idOf(result: ReturnType<SandboxOrg['insert']>): string {
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.id;
}

/** About seventy rows. */
export function seedRows(org: SandboxOrg, people: OrgUser, seed: number): void {
  const dice = random(seed);
  let atMs = START_MS - 300 * DAY_MS;
  const later = (): number =>
    (atMs += dice.chance(0.3) ? 0 : dice.between(1, 9) * DAY_MS + dice.int(3_600_000));
  const insert = (object: string, fields: Row): string =>
    idOf(org.insert(people, object, fields, { atMs, seeding: true }));
  const partners = Array.from({ length: 3 }, (_, i) => {
    later();
    return insert('Account', {
      Name: `Partner ${i}`,
      Type: i === 1 ? 'Technology Partner' : 'Channel Partner / Reseller',
      BillingCountry: 'DE',
      Industry: 'Technology',
      Partner_Tier__c: 'Gold',
      OwnerId: people.id,
    });
  });
  const customers = Array.from({ length: 4 }, (_, i) =>
    insert('Account', {
      Name: `Customer ${i}`,
      Type: 'Customer - Direct',
      BillingCountry: dice.pick(['DE', 'US', 'FR']),
      ParentId: i === 0 ? partners[0]! : null,
      OwnerId: people.id,
    }),
  );
  for (let i = 0; i < 9; i++) {
    later();
    const named: Cell = dice.chance(0.5) ? dice.pick(partners) : null;
    const deal = insert('Opportunity', {
      Name: `Deal ${i}`,
      AccountId: dice.pick(customers),
      StageName: 'Prospecting',
      Amount: dice.between(1, 90) * 1000,
      CloseDate: day(atMs + dice.between(20, 120) * DAY_MS),
      PartnerAccountId: named,
      Product__c: dice.pick(['Pump', 'Valve']),
      Registered_At__c: named === null ? null : Math.floor(atMs / 1000) * 1000,
      OwnerId: people.id,
    });
    if (dice.chance(0.4))
      insert('Partner', {
        OpportunityId: deal,
        AccountToId: dice.pick(partners),
        Role: 'VAR/Reseller',
        IsPrimary: dice.chance(0.5),
      });
    for (let moves = dice.between(0, 2); moves > 0; moves--) {
      later();
      org.update(people, 'Opportunity', deal, { StageName: dice.pick(STAGES) }, { atMs });
    }
    if (dice.chance(0.7))
      insert('Task', {
        Subject: `Call ${i}`,
        WhatId: deal,
        TaskSubtype: dice.pick(['Call', 'Email', 'Task']),
        Status: dice.pick(['Completed', 'Not Started']),
        Priority: 'Normal',
        ActivityDate: day(atMs),
        OwnerId: people.id,
      });
  }
}
