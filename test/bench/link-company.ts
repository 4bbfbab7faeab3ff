import {
  entityShape,
  type EntityName,
  type EntityValue,
  type MappedRow,
} from '../../src/model/entities.ts';

const row = (entity: EntityName, id: string, values: Record<string, EntityValue>): MappedRow => ({
  entity,
  object: entity,
  id,
  stampMs: 1,
  deleted: false,
  mergedIntoId: null,
  values: Object.fromEntries(
    Object.keys(entityShape(entity).fields).map((name) => [name, values[name] ?? null]),
  ),
});

/**
 * Deals of customers, of whom one in five belongs to a partner's group, with every way to name a
 * partner in use and one company in fifty merged away.
 */
export function linkCompany(deals: number, accounts: number): MappedRow[] {
  const partners = Math.max(1, Math.floor(accounts / 50));
  const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  return [
    ...ids(partners).map((i) => row('partner', `a${i}`, { name: `Partner ${i}` })),
    ...ids(40).map((i) =>
      row('campaign', `c${i}`, { name: `C${i}`, partnerId: `a${i % partners}` }),
    ),
    ...ids(240).map((i) =>
      row('rate', `r${i}`, {
        code: ['EUR', 'GBP', 'CHF', 'SEK'][i % 4]!,
        perReporting: 1 + i / 1000,
        startOn: `${2022 + Math.floor(i / 48)}-${String((Math.floor(i / 4) % 12) + 1).padStart(2, '0')}-01`,
      }),
    ),
    ...ids(accounts).map((i) => ({
      ...row('account', `a${i}`, {
        name: `Account ${i}`,
        parentId: i % 5 === 0 ? `a${i % partners}` : null,
      }),
      ...(i % 50 === 49 ? { deleted: true, mergedIntoId: `a${i - 1}` } : {}),
    })),
    ...ids(deals).map((i) =>
      row('deal', `d${String(i).padStart(8, '0')}`, {
        name: `Deal ${i}`,
        stage: 'open',
        createdAt: 1,
        accountId: `a${(i * 7919) % accounts}`,
        partnerId: i % 4 === 0 ? `a${i % accounts}` : null,
        campaignId: i % 10 === 0 ? `c${i % 40}` : null,
        amount: i,
        currency: ['USD', 'EUR', 'GBP'][i % 3]!,
        closeDate: `${2022 + (i % 6)}-0${1 + (i % 9)}-15`,
      }),
    ),
    ...ids(Math.floor(deals / 4)).map((i) =>
      row('dealPartner', `r${i}`, {
        dealId: `d${String(i * 3).padStart(8, '0')}`,
        partnerId: `a${i % accounts}`,
        role: 'Reseller',
      }),
    ),
    ...ids(Math.floor(deals / 8)).map((i) =>
      row('registration', `g${i}`, {
        dealId: `d${String(i * 5).padStart(8, '0')}`,
        partnerId: `a${i % partners}`,
        submittedAt: i,
      }),
    ),
  ];
}
