import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { given, preparedRead } from './prepared.ts';
import { costs, deals, rates, registrations } from './schema.ts';
import type { Store } from './store.ts';

/** What money is stated in, and the moment beyond which no rate is known yet. */
export interface Money {
  reportingCurrency: string;
  asOfMs: number;
}

/** The last day whose rates count. A rate of the future is a plan, not a rate. */
export const today = (money: Money): string => new Date(money.asOfMs).toISOString().slice(0, 10);

/**
 * The rates that were in force on a day (SQL text `YYYY-MM-DD…`; null = today), for one currency.
 */
function inForce(currency: AnySQLiteColumn, day: SQL | AnySQLiteColumn): SQL | undefined {
  return and(
    eq(rates.connectionId, given('connectionId')),
    sql`${rates.code} = ${currency}`,
    eq(rates.deleted, 0),
    sql`coalesce(${rates.startOn}, '') <= min(coalesce(substr(${day}, 1, 10), '9999'), ${given('today')})`,
  );
}

const ofMoney = (connectionId: string, money: Money) => ({
  connectionId,
  reportingCurrency: money.reportingCurrency,
  today: today(money),
});

/**
 * The currency rate of a deal: the newest that was in force on its close date, or today if that
 * lies ahead; 1 in the reporting currency, null = no rate known. `join` finds the row of the rate,
 * once for both columns.
 */
export function rateOfDeal(): { join: SQL; rate: SQL; rateOn: SQL } {
  const isReporting = sql`(${deals.currency} is null or ${deals.currency} = ${given('reportingCurrency')})`;
  const picked = sql`(select ${rates}.rowid from ${rates} where ${inForce(deals.currency, deals.closeDate)} order by coalesce(${rates.startOn}, '') desc limit 1)`;
  return {
    join: sql`left join ${rates} as in_force on in_force.rowid = case when not ${isReporting} then ${picked} end`,
    rate: sql`case when ${isReporting} then 1 else in_force.per_reporting end`,
    rateOn: sql`in_force.start_on`,
  };
}

const effective = preparedRead({ n: sql<number>`count(*)` }, (select) =>
  select
    .from(rates)
    .where(
      and(
        eq(rates.connectionId, given('connectionId')),
        eq(rates.deleted, 0),
        sql`${rates.startOn} > ${given('afterDay')} and ${rates.startOn} <= ${given('today')}`,
      ),
    ),
);

/**
 * Whether a rate came into force after a day (`YYYY-MM-DD`): deals that close later count by it
 * from then on.
 */
export async function ratesBegun(
  store: Store,
  connectionId: string,
  afterDay: string,
  money: Money,
): Promise<boolean> {
  const [found] = await effective(store, { connectionId, afterDay, today: today(money) });
  return (found?.n ?? 0) > 0;
}

const dealsLacking = preparedRead(
  { currency: deals.currency, deals: sql<number>`count(*)` },
  (select) =>
    select
      .from(deals)
      .where(
        and(
          eq(deals.connectionId, given('connectionId')),
          eq(deals.deleted, 0),
          sql`${deals.rate} is null`,
        ),
      )
      .groupBy(deals.currency)
      .orderBy(deals.currency),
);

/** Deals whose amount cannot be told in the reporting currency. */
export async function dealsWithoutRate(
  store: Store,
  connectionId: string,
): Promise<{ currency: string; deals: number }[]> {
  const found = await dealsLacking(store, { connectionId });
  return found.map((row) => ({ currency: row.currency ?? '', deals: row.deals }));
}

/** Costs and registrations whose amount cannot be told in the reporting currency. */
export async function otherMoneyWithoutRate(
  store: Store,
  connectionId: string,
  money: Money,
): Promise<{ entity: 'cost' | 'registration'; currency: string; rows: number }[]> {
  const own = ofMoney(connectionId, money);
  return [
    ...(await costsLacking(store, own)).map((row) => ({
      entity: 'cost' as const,
      currency: row.currency ?? '',
      rows: row.rows,
    })),
    ...(await registrationsLacking(store, own)).map((row) => ({
      entity: 'registration' as const,
      currency: row.currency ?? '',
      rows: row.rows,
    })),
  ];
}

const lacking = (table: typeof costs | typeof registrations, day: SQL) =>
  preparedRead({ currency: table.currency, rows: sql<number>`count(*)` }, (select) =>
    select
      .from(table)
      .where(
        and(
          eq(table.connectionId, given('connectionId')),
          eq(table.deleted, 0),
          sql`${table.amount} is not null`,
          sql`${table.currency} <> ${given('reportingCurrency')}`,
          sql`not exists (select 1 from ${rates} where ${inForce(table.currency, day)})`,
        ),
      )
      .groupBy(table.currency)
      .orderBy(table.currency),
  );
const costsLacking = lacking(costs, sql`${costs.at}`);
const registrationsLacking = lacking(
  registrations,
  sql`strftime('%Y-%m-%d', ${registrations.submittedAt} / 1000, 'unixepoch')`,
);

const newestRates = preparedRead(
  { code: rates.code, per: rates.perReporting, startOn: rates.startOn },
  (select) =>
    select
      .from(rates)
      .where(and(eq(rates.connectionId, given('connectionId')), eq(rates.deleted, 0)))
      .orderBy(sql`coalesce(${rates.startOn}, '') desc`),
);

export type Convert = (
  amount: number | null,
  currency: string | null,
  day: string,
) => number | null;

/**
 * Money that carries no rate of its own, in the reporting currency by the rate of its day
 * (`YYYY-MM-DD…`); null = unknown, which is not zero and not one to one.
 */
export async function converter(
  store: Store,
  connectionId: string,
  money: Money,
): Promise<Convert> {
  const found = await newestRates(store, { connectionId });
  const newestFirst = Map.groupBy(found, (rate) => rate.code);
  const last = today(money);
  return (amount, currency, day) => {
    if (amount === null || currency === null || currency === money.reportingCurrency) return amount;
    const known = day.slice(0, 10) < last ? day.slice(0, 10) : last;
    const rate = newestFirst.get(currency)?.find(({ startOn }) => (startOn ?? '') <= known);
    return rate === undefined ? null : amount / rate.per;
  };
}
