import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Store } from '../../src/store/store.ts';
import type { Copy, Expected, Value } from './oracle-copy.ts';
import { accounts, activities, dealEvents, dealPartners, deals, partners, stages } from './tables.ts';

const PARTNER_TYPES = new Set<Value>(['Channel Partner / Reseller', 'Technology Partner']);

type Fields = Record<string, Value>;
const ms = (value: Value | undefined): Value => (value === null || value === undefined ? null : Date.parse(String(value)));
const or = (value: Value | undefined): Value => value ?? null;
const share = (value: Value | undefined): Value => (typeof value === 'number' ? value / 100 : null);
const flag = (value: Value | undefined): Value => (value === null || value === undefined ? null : value === true ? 1 : 0);

/** The mapping of mapping.ts, done by hand. */
const RULES: { entity: string; object: string; table: SQLiteTable; when: (row: Fields) => boolean; values: (row: Fields) => Fields }[] = [
  { entity: 'partner', object: 'Account', table: partners, when: (row) => PARTNER_TYPES.has(row['Type'] ?? null), values: (row) => ({ name: or(row['Name']), tier: or(row['Partner_Tier__c']), region: or(row['BillingCountry']), parentId: or(row['ParentId']) }) },
  { entity: 'account', object: 'Account', table: accounts, when: () => true, values: (row) => ({ name: or(row['Name']), industry: or(row['Industry']), country: or(row['BillingCountry']), parentId: or(row['ParentId']) }) },
  { entity: 'deal', object: 'Opportunity', table: deals, when: () => true, values: (row) => ({
    name: or(row['Name']), accountId: or(row['AccountId']), partnerId: or(row['PartnerAccountId']), stage: or(row['StageName']), amount: or(row['Amount']), closeDate: or(row['CloseDate']), createdAt: ms(row['CreatedDate']),
    registeredAt: ms(row['Registered_At__c']), product: or(row['Product__c']), crmProbability: share(row['Probability']), source: or(row['Country_Of_Account__c']),
  }) },
  { entity: 'dealPartner', object: 'OpportunityPartner', table: dealPartners, when: () => true, values: (row) => ({ dealId: or(row['OpportunityId']), partnerId: or(row['AccountToId']), role: or(row['Role']), primary: flag(row['IsPrimary']) }) },
  { entity: 'dealEvent', object: 'OpportunityHistory', table: dealEvents, when: () => true, values: (row) => ({ dealId: or(row['OpportunityId']), at: ms(row['CreatedDate']), stage: or(row['StageName']), amount: or(row['Amount']), closeDate: or(row['CloseDate']) }) },
  { entity: 'stage', object: 'OpportunityStage', table: stages, when: () => true, values: (row) => ({
    key: or(row['ApiName']), label: or(row['MasterLabel']), order: or(row['SortOrder']), closed: flag(row['IsClosed']), won: flag(row['IsWon']), probability: share(row['DefaultProbability']), active: flag(row['IsActive']),
  }) },
  { entity: 'activity', object: 'Task', table: activities, when: (row) => row['IsClosed'] === true, values: (row) => ({
    dealId: typeof row['WhatId'] === 'string' && row['WhatId'].startsWith('006') ? row['WhatId'] : null, accountId: or(row['AccountId']),
    kind: row['TaskSubtype'] === 'Call' ? 'call' : row['TaskSubtype'] === 'Email' ? 'email' : 'task', at: ms(row['ActivityDate'] ?? row['CreatedDate']), qualifying: row['TaskSubtype'] === 'Call' ? 1 : 0,
  }) },
];

/** The model against what the CRM holds, entity by entity, and the partner of each deal. */
export async function modelDifferences(store: Store, expected: Copy): Promise<string[]> {
  const found: string[] = [];
  for (const rule of RULES) {
    const own = new Map((await store.db.select().from(rule.table) as Record<string, Value>[]).map((row) => [String(row['id']), row]));
    const wanted = new Map([...expected.get(rule.object)!.values()].filter((row) => !row.deleted && row.mergedIntoId === null && rule.when(row.fields)).map((row) => [row.id, rule.values(row.fields)]));
    for (const [id, values] of wanted) {
      const row = own.get(id);
      if (row === undefined || row['deleted'] !== 0) { found.push(`${rule.entity} ${id} is ${row === undefined ? 'missing' : 'a tombstone'} in the model`); continue; }
      for (const [name, value] of Object.entries(values)) if ((row[name] ?? null) !== value) found.push(`${rule.entity} ${id}.${name} should be ${JSON.stringify(value)} and is ${JSON.stringify(row[name])}`);
    }
    for (const [id, row] of own) if (!wanted.has(id) && row['deleted'] === 0) found.push(`${rule.entity} ${id} lives in the model and not in the CRM`);
  }
  return [...found, ...await linkDifferences(store, expected)];
}

/** The deal's partner by the three rules of the mapping, in its order. */
async function linkDifferences(store: Store, expected: Copy): Promise<string[]> {
  const accountsOf = expected.get('Account')!;
  const isPartner = (row: Expected | undefined): boolean => row !== undefined && !row.deleted && PARTNER_TYPES.has(row.fields['Type'] ?? null);
  const live = (id: Value | undefined): string | null => {
    let row = typeof id === 'string' ? accountsOf.get(id) : undefined;
    while (row?.mergedIntoId != null) row = accountsOf.get(row.mergedIntoId);
    return row !== undefined && isPartner(row) ? row.id : null;
  };
  const roles = [...expected.get('OpportunityPartner')!.values()].filter((row) => !row.deleted)
    .sort((a, b) => Number(b.fields['IsPrimary'] === true) - Number(a.fields['IsPrimary'] === true) || (a.id < b.id ? -1 : 1));
  const found: string[] = [];
  for (const deal of await store.db.select().from(deals)) {
    if (deal.deleted === 1) continue;
    const row = expected.get('Opportunity')!.get(deal.id);
    if (row === undefined || row.deleted) continue;
    const account = accountsOf.get(String(row.fields['AccountId']));
    const byRole = roles.filter((role) => role.fields['OpportunityId'] === deal.id).map((role) => live(role.fields['AccountToId'])).find((id) => id !== null);
    const wanted = live(row.fields['PartnerAccountId']) ?? byRole ?? (account !== undefined && !account.deleted ? live(account.fields['ParentId']) : null);
    if (deal.resolvedPartnerId !== wanted) found.push(`deal ${deal.id} belongs to partner ${wanted ?? 'none'}, and the model says ${deal.resolvedPartnerId ?? 'none'} (${deal.resolvedVia ?? '-'})`);
  }
  return found;
}
