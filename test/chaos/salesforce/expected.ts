import type { EntityName } from '../../../src/model/entities.ts';
import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import type { Copy, Expected, ExpectedModel } from '../world.ts';
import { READ_FIELDS } from './mapping.ts';
import type { Value } from '../watch.ts';

type Dump = Record<string, Record<string, unknown>[]>;
type Fields = Record<string, Value>;

/** What the local copy must hold, from the CRM's own dump alone. */
export function copyOf(org: SandboxOrg, dump: Dump): Copy {
  return new Map(
    Object.entries(READ_FIELDS).map(([object, names]) => {
      const fields = names.filter((name) =>
        org.object(object)!.fields.some((field) => field.name === name),
      );
      const times = new Set(
        org
          .object(object)!
          .fields.filter((field) => field.type === 'datetime')
          .map((field) => field.name),
      );
      const rows = dump[object]!.map(
        (row): Expected => ({
          id: String(row['Id']),
          stampMs: Date.parse(String(row['SystemModstamp'] ?? row['CreatedDate'])),
          deleted: row['IsDeleted'] === true,
          mergedIntoId: (row['MasterRecordId'] ?? null) as string | null,
          fields: Object.fromEntries(
            fields.map((name) => [name, plain(row[name], times.has(name))]),
          ),
        }),
      );
      return [object, new Map(rows.map((row) => [row.id, row]))];
    }),
  );
}

const plain = (value: unknown, time: boolean): Value =>
  value === undefined || value === null || value === ''
    ? null
    : time
      ? new Date(String(value)).toISOString()
      : (value as Value);

const PARTNER_TYPES = new Set<Value>(['Channel Partner / Reseller', 'Technology Partner']);

const ms = (value: Value | undefined): Value =>
  value === null || value === undefined ? null : Date.parse(String(value));
const or = (value: Value | undefined): Value => value ?? null;
const share = (value: Value | undefined): Value => (typeof value === 'number' ? value / 100 : null);
const flag = (value: Value | undefined): Value =>
  value === null || value === undefined ? null : value === true ? 1 : 0;

/** The mapping of mapping.ts, done by hand. */
const RULES: {
  entity: EntityName;
  object: string;
  when?: (row: Fields) => boolean;
  values: (row: Fields) => Fields;
}[] = [
  {
    entity: 'partner',
    object: 'Account',
    when: (row) => PARTNER_TYPES.has(row['Type'] ?? null),
    values: (row) => ({
      name: or(row['Name']),
      tier: or(row['Partner_Tier__c']),
      region: or(row['BillingCountry']),
      parentId: or(row['ParentId']),
    }),
  },
  {
    entity: 'account',
    object: 'Account',
    values: (row) => ({
      name: or(row['Name']),
      industry: or(row['Industry']),
      country: or(row['BillingCountry']),
      parentId: or(row['ParentId']),
    }),
  },
  {
    entity: 'deal',
    object: 'Opportunity',
    values: (row) => ({
      name: or(row['Name']),
      accountId: or(row['AccountId']),
      partnerId: or(row['PartnerAccountId']),
      stage: or(row['StageName']),
      closed: flag(row['IsClosed']),
      won: flag(row['IsWon']),
      amount: or(row['Amount']),
      closeDate: or(row['CloseDate']),
      createdAt: ms(row['CreatedDate']),
      registeredAt: ms(row['Registered_At__c']),
      product: or(row['Product__c']),
      crmProbability: share(row['Probability']),
      source: or(row['Country_Of_Account__c']),
    }),
  },
  {
    entity: 'dealPartner',
    object: 'OpportunityPartner',
    values: (row) => ({
      dealId: or(row['OpportunityId']),
      partnerId: or(row['AccountToId']),
      role: or(row['Role']),
      primary: flag(row['IsPrimary']),
    }),
  },
  {
    entity: 'dealEvent',
    object: 'OpportunityHistory',
    values: (row) => ({
      dealId: or(row['OpportunityId']),
      at: ms(row['CreatedDate']),
      stage: or(row['StageName']),
      amount: or(row['Amount']),
      closeDate: or(row['CloseDate']),
    }),
  },
  {
    entity: 'stage',
    object: 'OpportunityStage',
    values: (row) => ({
      key: or(row['ApiName']),
      label: or(row['MasterLabel']),
      order: or(row['SortOrder']),
      closed: flag(row['IsClosed']),
      won: flag(row['IsWon']),
      probability: share(row['DefaultProbability']),
      active: flag(row['IsActive']),
    }),
  },
  {
    entity: 'activity',
    object: 'Task',
    when: (row) => row['IsClosed'] === true,
    values: (row) => ({
      dealId:
        typeof row['WhatId'] === 'string' && row['WhatId'].startsWith('006') ? row['WhatId'] : null,
      accountId: or(row['AccountId']),
      kind:
        row['TaskSubtype'] === 'Call' ? 'call' : row['TaskSubtype'] === 'Email' ? 'email' : 'task',
      at: ms(row['ActivityDate'] ?? row['CreatedDate']),
      qualifying: row['TaskSubtype'] === 'Call' ? 1 : 0,
    }),
  },
];

/** Entity by entity, and the deal's partner by the three rules of the mapping, in its order. */
export function modelOf(copy: Copy): ExpectedModel {
  const alive = (object: string): Expected[] =>
    [...copy.get(object)!.values()].filter((row) => !row.deleted && row.mergedIntoId === null);
  const accounts = copy.get('Account')!;
  const live = (id: Value | undefined): string | null => {
    let row = typeof id === 'string' ? accounts.get(id) : undefined;
    while (row?.mergedIntoId != null) row = accounts.get(row.mergedIntoId);
    return row !== undefined && !row.deleted && PARTNER_TYPES.has(row.fields['Type'] ?? null)
      ? row.id
      : null;
  };
  const roles = [...copy.get('OpportunityPartner')!.values()]
    .filter((row) => !row.deleted)
    .sort(
      (a, b) =>
        Number(b.fields['IsPrimary'] === true) - Number(a.fields['IsPrimary'] === true) ||
        (a.id < b.id ? -1 : 1),
    );
  const partnerOf = (deal: Expected): string | null => {
    const account = accounts.get(String(deal.fields['AccountId']));
    const byRole = roles
      .filter((role) => role.fields['OpportunityId'] === deal.id)
      .map((role) => live(role.fields['AccountToId']))
      .find((id) => id !== null);
    return (
      live(deal.fields['PartnerAccountId']) ??
      byRole ??
      (account !== undefined && !account.deleted ? live(account.fields['ParentId']) : null)
    );
  };
  return {
    entities: RULES.map(({ entity, object, when, values }) => ({
      entity,
      rows: new Map(
        alive(object)
          .filter((row) => when?.(row.fields) ?? true)
          .map((row) => [row.id, values(row.fields)]),
      ),
    })),
    partnerOf: new Map(
      [...copy.get('Opportunity')!.values()]
        .filter((row) => !row.deleted)
        .map((row) => [row.id, partnerOf(row)]),
    ),
  };
}
