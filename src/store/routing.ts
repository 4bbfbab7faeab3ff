import { and, asc, sql } from 'drizzle-orm';
import type { Exposure, RoutedCell } from '../model/routing.ts';
import { alive } from './alive.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { accounts, certifications, deals, stages } from './schema.ts';
import type { Store } from './store.ts';
import { QUARTER_MS } from '../model/time.ts';

/** What partners are proposed by. */

const stageIs = (flag: 'won' | 'closed') =>
  sql`exists (select 1 from ${stages} where ${stages.connectionId} = ${deals.connectionId} and ${stages.key} = ${deals.stage} and ${stages[flag]} = 1 and ${stages.deleted} = 0)`;
const isWon = sql`(${deals.won} = 1 or ${stageIs('won')})`;
const isClosed = sql`(${deals.closed} = 1 or ${deals.won} = 1 or ${stageIs('closed')})`;
const closedAt = sql<number>`coalesce(${deals.closedAt}, unixepoch(${deals.closeDate}) * 1000)`;
const ofCustomer = (column: 'industry' | 'country' | 'name' | 'domain') =>
  sql<
    string | null
  >`(select ${accounts[column]} from ${accounts} where ${accounts.connectionId} = ${deals.connectionId} and ${accounts.id} = ${deals.accountId} and ${accounts.deleted} = 0 limit 1)`;
const partnerId = sql<string>`${deals.resolvedPartnerId}`;

const cells = preparedRead(
  {
    partnerId: partnerId.as('partner'),
    product: sql<string | null>`${deals.product}`.as('of_product'),
    industry: ofCustomer('industry').as('of_industry'),
    region: ofCustomer('country').as('of_region'),
    n: sql<number>`count(*)`.as('n'),
    won: sql<number>`total(${isWon})`.as('wins'),
  },
  (select) =>
    select
      .from(deals)
      .where(
        sql`${alive(deals)} and ${deals.resolvedPartnerId} is not null and ${isClosed} and ${closedAt} <= ${given('asOfMs')}`,
      )
      .groupBy(sql`partner, of_product, of_industry, of_region`),
);
/** Decided deals of partners by product, industry and country of the customer. */
export const routedCells = async (
  store: Store,
  connectionId: string,
  asOfMs: number,
): Promise<RoutedCell[]> => await cells(store, { connectionId, asOfMs });

const age = sql`${given('asOfMs')} - ${deals.createdAt}`;
const exposed = preparedRead(
  {
    partnerId: partnerId.as('partner'),
    quarter: sql<number>`cast((${age}) / ${sql.raw(String(QUARTER_MS))} as integer)`.as('quarter'),
    n: sql<number>`count(*)`.as('n'),
    won: sql<number>`total(${isWon})`.as('wins'),
  },
  (select) =>
    select
      .from(deals)
      .where(
        sql`${alive(deals)} and ${deals.resolvedPartnerId} is not null and ${deals.createdAt} <= ${given('asOfMs')} and ${deals.createdAt} > ${given('fromMs')}`,
      )
      .groupBy(sql`partner, quarter`),
);
/** Deals that partners got in each of the last quarters of 91 days, and wins among them. */
export const exposures = async (
  store: Store,
  connectionId: string,
  { asOfMs, quarters }: { asOfMs: number; quarters: number },
): Promise<Exposure[]> =>
  await exposed(store, { connectionId, asOfMs, fromMs: asOfMs - quarters * QUARTER_MS });

const certificates = preparedRead(
  { partnerId: certifications.partnerId, name: certifications.name },
  (select) =>
    select
      .from(certifications)
      .where(
        sql`${alive(certifications)} and ${certifications.issuedOn} <= ${given('day')} and coalesce(${certifications.expiresOn}, '9999') >= ${given('day')}`,
      )
      .orderBy(asc(certifications.name), asc(certifications.id)),
);
/** Names of the certificates in force on a day, by what the CRM names as their partner. */
export async function certificatesInForce(
  store: Store,
  connectionId: string,
  day: string,
): Promise<Map<string, string[]>> {
  const found = await certificates(store, { connectionId, day });
  return new Map(
    [...Map.groupBy(found, (row) => row.partnerId)].map(([id, own]) => [
      id,
      [...new Set(own.map(({ name }) => name))],
    ]),
  );
}

const named = preparedRead(
  {
    id: deals.id,
    name: deals.name,
    accountId: deals.accountId,
    partnerId: deals.resolvedPartnerId,
    product: deals.product,
    stage: deals.stage,
    company: ofCustomer('name'),
    domain: ofCustomer('domain'),
    industry: ofCustomer('industry'),
    region: ofCustomer('country'),
    closed: sql<number>`${isClosed}`,
  },
  (select) =>
    select
      .from(deals)
      .where(and(alive(deals), sql`${deals.id} in ${inGiven('ids')}`))
      .orderBy(asc(deals.id))
      .limit(1),
);
/** A deal and its customer, by any of these spellings of its id; null = there is none. */
export const dealToRoute = async (store: Store, connectionId: string, ids: string[]) =>
  (await named(store, { connectionId, ids }))[0] ?? null;
