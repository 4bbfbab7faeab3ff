import { sql } from 'drizzle-orm';
import type { Fund } from '../model/fund.ts';
import { given, preparedRead } from './prepared.ts';
import { converter, type Money } from './rates.ts';
import { accounts, campaigns, deals, partners, stages } from './schema.ts';
import type { Store } from './store.ts';

const isWon = sql`(${deals.won} = 1 or exists (select 1 from ${stages} where ${stages.connectionId} = ${deals.connectionId} and ${stages.key} = ${deals.stage} and ${stages.won} = 1 and ${stages.deleted} = 0))`;
/** Credited to the campaign by the CRM and to its partner by the rules of the mapping. */
const ofFund = sql`${deals.connectionId} = ${campaigns.connectionId} and ${deals.campaignId} = ${campaigns.id} and ${deals.resolvedPartnerId} = ${campaigns.partnerId} and ${deals.deleted} = 0`;

const fundsOfRows = preparedRead(
  {
    id: campaigns.id,
    name: campaigns.name,
    partnerId: sql<string>`${campaigns.partnerId}`,
    partner: partners.name,
    territory: partners.region,
    cost: campaigns.cost,
    currency: campaigns.currency,
    startOn: campaigns.startOn,
    leads: sql<number>`(select count(*) from ${deals} where ${ofFund})`.as('leads'),
    wins: sql<number>`(select count(*) from ${deals} where ${ofFund} and ${isWon})`.as('wins'),
    won: sql<number>`(select total(${deals.amount} / ${deals.rate}) from ${deals} where ${ofFund} and ${isWon})`.as(
      'won',
    ),
    vertical: sql<
      string | null
    >`(select ${accounts.industry} from ${deals} join ${accounts} on ${accounts.connectionId} = ${deals.connectionId} and ${accounts.id} = ${deals.accountId} where ${ofFund} and ${accounts.industry} is not null group by ${accounts.industry} order by count(*) desc, ${accounts.industry} limit 1)`.as(
      'vertical',
    ),
  },
  (select) =>
    select
      .from(campaigns)
      .crossJoin(partners)
      .where(
        sql`${campaigns.connectionId} = ${given('connectionId')} and ${campaigns.deleted} = 0 and ${partners.connectionId} = ${campaigns.connectionId} and ${partners.deleted} = 0 and coalesce(${partners.accountId}, ${partners.id}) = ${campaigns.partnerId}`,
      )
      .groupBy(sql`${campaigns.id}`)
      .orderBy(sql`${campaigns.startOn} desc`, sql`${campaigns.id}`),
);

/** Campaigns of partners with what came of them, the newest first; costs in reporting currency. */
export async function fundRows(
  store: Store,
  connectionId: string,
  money: Money,
): Promise<Omit<Fund, 'state' | 'activity' | 'decided'>[]> {
  const inReporting = await converter(store, connectionId, money);
  const found = await fundsOfRows(store, { connectionId });
  return found.map(({ currency, ...row }) => ({
    ...row,
    cost: inReporting(row.cost, currency, row.startOn ?? new Date(money.asOfMs).toISOString()),
  }));
}
