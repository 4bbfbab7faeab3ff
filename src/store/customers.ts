import { sql } from 'drizzle-orm';
import type { Customer } from '../model/customer-value.ts';
import { given, preparedRead } from './prepared.ts';
import { deals, stages } from './schema.ts';
import type { Store } from './store.ts';
import { DAY_MS, YEAR_MS } from '../model/time.ts';

/** A renewal comes a little after the year that it follows. */
const AGAIN_MS = 548 * DAY_MS;

const isWon = sql`(${deals.won} = 1 or exists (select 1 from ${stages} where ${stages.connectionId} = ${deals.connectionId} and ${stages.key} = ${deals.stage} and ${stages.won} = 1 and ${stages.deleted} = 0))`;
const closedAt = sql<number>`coalesce(${deals.closedAt}, unixepoch(${deals.closeDate}) * 1000)`;

const wonDeals = preparedRead(
  {
    accountId: deals.accountId,
    partnerId: deals.resolvedPartnerId,
    amount: sql<number | null>`${deals.amount} / ${deals.rate}`.as('in_reporting'),
    closedAt: closedAt.as('ended_at'),
    // Names of its own: in a select from one table the query layer writes columns without theirs,
    // and these two tables share them.
    industry: sql<
      string | null
    >`(select a.industry from accounts a where a.connection_id = deals.connection_id and a.id = deals.account_id and a.deleted = 0 limit 1)`.as(
      'industry',
    ),
  },
  (select) =>
    select
      .from(deals)
      .where(
        sql`${deals.connectionId} = ${given('connectionId')} and ${deals.deleted} = 0 and ${deals.accountId} is not null and ${isWon} and ${closedAt} <= ${given('asOfMs')}`,
      )
      .orderBy(sql`${deals.accountId}`, sql`ended_at`, sql`${deals.id}`),
);

/** Customers whose first win lies a year back at least, with who was on it. */
export async function customersOf(
  store: Store,
  connectionId: string,
  asOfMs: number,
): Promise<Customer[]> {
  const found = await wonDeals(store, { connectionId, asOfMs });
  return [...Map.groupBy(found, ({ accountId }) => accountId)].flatMap(([, wins]) => {
    const [first] = wins;
    if (first === undefined || first.closedAt > asOfMs - YEAR_MS) return [];
    const within = (ms: number) => wins.filter((one) => one.closedAt < first.closedAt + ms);
    return [
      {
        ...{ partnerId: first.partnerId, industry: first.industry },
        firstYear: within(YEAR_MS).reduce((sum, { amount }) => sum + (amount ?? 0), 0),
        again: within(AGAIN_MS).length > 1,
        unknown: wins.filter(({ amount }) => amount === null).length,
      },
    ];
  });
}
