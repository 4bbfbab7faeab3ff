import { and, eq, sql } from 'drizzle-orm';
import type { KnownAt } from '../model/cosell.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { dealLinks, deals, stages } from './schema.ts';
import type { Store } from './store.ts';

/** Who stood on which deals, as credit and routing know it: links that were not ended. */

const stageIs = (flag: 'won' | 'closed') =>
  sql`exists (select 1 from ${stages} where ${stages.connectionId} = ${deals.connectionId} and ${stages.key} = ${deals.stage} and ${stages[flag]} = 1 and ${stages.deleted} = 0)`;
const isWon = sql`(${deals.won} = 1 or ${stageIs('won')})`;
const isClosed = sql`(${deals.closed} = 1 or ${deals.won} = 1 or ${stageIs('closed')})`;
const stands = sql`${dealLinks.endedMs} is null`;

const withCustomer = preparedRead(
  {
    partnerId: dealLinks.partnerId,
    n: sql<number>`count(distinct ${deals.id})`,
    won: sql<number>`count(distinct case when ${isWon} then ${deals.id} end)`,
    open: sql<number>`count(distinct case when not ${isClosed} then ${deals.id} end)`,
  },
  (select) =>
    select
      .from(deals)
      .innerJoin(
        dealLinks,
        and(eq(dealLinks.connectionId, deals.connectionId), eq(dealLinks.dealId, deals.id)),
      )
      .where(
        sql`${deals.connectionId} = ${given('connectionId')} and ${deals.accountId} = ${given('accountId')} and ${deals.id} <> ${given('dealId')} and ${deals.deleted} = 0 and ${stands}`,
      )
      .groupBy(dealLinks.partnerId),
);
/** What partners did with a customer beside one deal, by account. */
export async function knownAt(
  store: Store,
  connectionId: string,
  accountId: string,
  dealId: string,
): Promise<Map<string, KnownAt>> {
  const found = await withCustomer(store, { connectionId, accountId, dealId });
  return new Map(found.map(({ partnerId, ...record }) => [partnerId, record]));
}

const together = preparedRead(
  {
    a: sql<string>`a.partner_id`.as('a_partner'),
    b: sql<string>`b.partner_id`.as('b_partner'),
    n: sql<number>`count(distinct ${deals.id})`,
    won: sql<number>`count(distinct case when ${isWon} then ${deals.id} end)`,
  },
  (select) =>
    select
      .from(
        sql`deal_links a join deal_links b on b.connection_id = a.connection_id and b.deal_id = a.deal_id and b.partner_id > a.partner_id and b.ended_ms is null join ${deals} on ${deals.connectionId} = a.connection_id and ${deals.id} = a.deal_id`,
      )
      .where(
        sql`a.connection_id = ${given('connectionId')} and a.ended_ms is null and a.partner_id in ${inGiven('ids')} and b.partner_id in ${inGiven('ids')} and ${deals.deleted} = 0 and ${isClosed}`,
      )
      .groupBy(sql`a_partner, b_partner`),
);
/** Decided deals on which two of these accounts stood, and wins among them. */
export const jointRecords = async (store: Store, connectionId: string, ids: string[]) =>
  await together(store, { connectionId, ids });

const standing = preparedRead({ partnerId: dealLinks.partnerId, role: dealLinks.role }, (select) =>
  select
    .from(dealLinks)
    .where(
      sql`${dealLinks.connectionId} = ${given('connectionId')} and ${dealLinks.dealId} = ${given('dealId')} and ${stands}`,
    )
    .orderBy(dealLinks.knownMs, dealLinks.partnerId, dealLinks.role),
);
/** Accounts that stand on a deal, in the order in which they came, with their roles. */
export async function partnersOn(
  store: Store,
  connectionId: string,
  dealId: string,
): Promise<{ partnerId: string; roles: string[] }[]> {
  const found = await standing(store, { connectionId, dealId });
  return [...Map.groupBy(found, ({ partnerId }) => partnerId)].map(([partnerId, own]) => ({
    partnerId,
    roles: [...new Set(own.flatMap(({ role }) => (role === '' ? [] : [role])))],
  }));
}
