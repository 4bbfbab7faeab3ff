import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { DealPartnerRule } from '../model/mapping.ts';
import { inJson } from './json-batch.ts';
import { accounts, campaigns, dealPartners, deals, partners, rates, redirects, registrations } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** A partner account id after merges; losers point to their winner. */
const survivor = (id: SQL): SQL => sql`coalesce((select ${redirects.toId} from ${redirects} where ${redirects.connectionId} = ${deals.connectionId} and ${redirects.fromId} = ${id}), ${id})`;

/** The account id by which deals name a partner, if such a partner is alive. */
const livePartner = (id: SQL): SQL => sql`(select coalesce(${partners.accountId}, ${partners.id}) from ${partners}
  where ${partners.connectionId} = ${deals.connectionId} and ${partners.deleted} = 0 and coalesce(${partners.accountId}, ${partners.id}) = ${survivor(id)} limit 1)`;

const RULES: Record<DealPartnerRule['by'], (rule: DealPartnerRule) => SQL> = {
  field: () => livePartner(sql`${deals.partnerId}`),
  role: (rule) => sql`(select ${livePartner(sql`${dealPartners.partnerId}`)} as found from ${dealPartners}
    where ${dealPartners.connectionId} = ${deals.connectionId} and ${dealPartners.dealId} = ${deals.id} and ${dealPartners.deleted} = 0
    ${rule.by === 'role' && rule.roles ? sql`and ${dealPartners.role} in ${inJson(rule.roles)}` : sql``} and found is not null
    order by ${dealPartners.primary} desc, ${dealPartners.id} limit 1)`,
  registration: () => sql`(select ${livePartner(sql`${registrations.partnerId}`)} as found from ${registrations}
    where ${registrations.connectionId} = ${deals.connectionId} and ${registrations.dealId} = ${deals.id} and ${registrations.deleted} = 0 and found is not null
    order by ${registrations.submittedAt}, ${registrations.id} limit 1)`,
  campaign: () => sql`(select ${livePartner(sql`${campaigns.partnerId}`)} from ${campaigns}
    where ${campaigns.connectionId} = ${deals.connectionId} and ${campaigns.id} = ${deals.campaignId} and ${campaigns.deleted} = 0 limit 1)`,
  accountParent: () => sql`(select ${livePartner(sql`${accounts.parentId}`)} from ${accounts}
    where ${accounts.connectionId} = ${deals.connectionId} and ${accounts.id} = ${deals.accountId} and ${accounts.deleted} = 0 limit 1)`,
};

/** Which partner each deal belongs to, by the first of the mapping's rules that finds one. One statement, in SQL. */
export function linkDeals(store: Store, connectionId: string, rules: DealPartnerRule[]): Statement[] {
  const found = rules.map((rule) => RULES[rule.by](rule));
  const partner = found.length === 0 ? sql`null` : sql`coalesce(${sql.join([...found, sql`null`], sql`, `)})`;
  const via = found.length === 0 ? sql`null` : sql`case ${sql.join(found.map((rule, i) => sql`when ${rule} is not null then ${rules[i]!.by}`), sql` `)} end`;
  return [store.db.update(deals).set({ resolvedPartnerId: partner, resolvedVia: via }).where(eq(deals.connectionId, connectionId))];
}

/** The currency rate of each deal: of its close date, else the newest that was in force by then; 1 in the reporting currency, null = no rate known. */
export function rateDeals(store: Store, connectionId: string, reportingCurrency: string): Statement[] {
  const inForce = and(eq(rates.connectionId, sql`${deals.connectionId}`), sql`${rates.code} = ${deals.currency}`, eq(rates.deleted, 0),
    sql`coalesce(${rates.startOn}, '') <= coalesce(${deals.closeDate}, '9999')`);
  const pick = (column: SQL): SQL => sql`(select ${column} from ${rates} where ${inForce} order by coalesce(${rates.startOn}, '') desc limit 1)`;
  const isReporting = sql`${deals.currency} is null or ${deals.currency} = ${reportingCurrency}`;
  return [store.db.update(deals).set({
    rate: sql`case when ${isReporting} then 1 else ${pick(sql`${rates.perReporting}`)} end`,
    rateOn: sql`case when ${isReporting} then null else ${pick(sql`${rates.startOn}`)} end`,
  }).where(eq(deals.connectionId, connectionId))];
}

/** Deals whose amount cannot be told in the reporting currency. */
export async function dealsWithoutRate(store: Store, connectionId: string): Promise<{ currency: string; deals: number }[]> {
  const found = await store.db.select({ currency: deals.currency, deals: sql<number>`count(*)` }).from(deals)
    .where(and(eq(deals.connectionId, connectionId), eq(deals.deleted, 0), sql`${deals.rate} is null`)).groupBy(deals.currency).orderBy(deals.currency);
  return found.map((row) => ({ currency: row.currency ?? '', deals: row.deals }));
}
