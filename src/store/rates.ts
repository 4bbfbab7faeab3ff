import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { costs, deals, rates, registrations } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** What money is told in, and the moment beyond which no rate is known yet. */
export interface Money { reportingCurrency: string; asOfMs: number }

/** The last day whose rates count. A rate of the future is a plan, not a rate. */
const today = (money: Money): string => new Date(money.asOfMs).toISOString().slice(0, 10);

/** The rates that were in force on a day (SQL text `YYYY-MM-DD…`; null = today), for one currency. */
function inForce(connectionId: string, currency: AnySQLiteColumn, day: SQL | AnySQLiteColumn, money: Money): SQL | undefined {
  return and(eq(rates.connectionId, connectionId), sql`${rates.code} = ${currency}`, eq(rates.deleted, 0), sql`coalesce(${rates.startOn}, '') <= min(coalesce(substr(${day}, 1, 10), '9999'), ${today(money)})`);
}

/** The currency rate of each deal: the newest that was in force on its close date, or today if that lies ahead; 1 in the reporting currency, null = no rate known. */
export function rateDeals(store: Store, connectionId: string, money: Money): Statement[] {
  const pick = (column: SQL): SQL => sql`(select ${column} from ${rates} where ${inForce(connectionId, deals.currency, deals.closeDate, money)} order by coalesce(${rates.startOn}, '') desc limit 1)`;
  const isReporting = sql`${deals.currency} is null or ${deals.currency} = ${money.reportingCurrency}`;
  const rate = sql`case when ${isReporting} then 1 else ${pick(sql`${rates.perReporting}`)} end`;
  return [store.db.update(deals).set({ rate, rateOn: sql`case when ${isReporting} then null else ${pick(sql`${rates.startOn}`)} end` })
    .where(and(eq(deals.connectionId, connectionId), sql`${deals.rate} is not ${rate}`))];
}

/** Deals whose amount cannot be told in the reporting currency. */
export async function dealsWithoutRate(store: Store, connectionId: string): Promise<{ currency: string; deals: number }[]> {
  const found = await store.db.select({ currency: deals.currency, deals: sql<number>`count(*)` }).from(deals)
    .where(and(eq(deals.connectionId, connectionId), eq(deals.deleted, 0), sql`${deals.rate} is null`)).groupBy(deals.currency).orderBy(deals.currency);
  return found.map((row) => ({ currency: row.currency ?? '', deals: row.deals }));
}

/** Costs and registrations whose amount cannot be told in the reporting currency. */
export async function otherMoneyWithoutRate(store: Store, connectionId: string, money: Money): Promise<{ entity: 'cost' | 'registration'; currency: string; rows: number }[]> {
  const lacking = async (entity: 'cost' | 'registration', table: typeof costs | typeof registrations, day: SQL) => {
    const found = await store.db.select({ currency: table.currency, rows: sql<number>`count(*)` }).from(table)
      .where(and(eq(table.connectionId, connectionId), eq(table.deleted, 0), sql`${table.amount} is not null`, sql`${table.currency} <> ${money.reportingCurrency}`, sql`not exists (select 1 from ${rates} where ${inForce(connectionId, table.currency, day, money)})`))
      .groupBy(table.currency).orderBy(table.currency);
    return found.map((row) => ({ entity, currency: row.currency ?? '', rows: row.rows }));
  };
  return [...await lacking('cost', costs, sql`${costs.at}`), ...await lacking('registration', registrations, submittedDay)];
}

const submittedDay = sql`strftime('%Y-%m-%d', ${registrations.submittedAt} / 1000, 'unixepoch')`;

export type Convert = (amount: number | null, currency: string | null, day: string) => number | null;

/** Money that carries no rate of its own, in the reporting currency by the rate of its day (`YYYY-MM-DD…`); null = unknown, which is not zero and not one to one. */
export async function converter(store: Store, connectionId: string, money: Money): Promise<Convert> {
  const found = await store.db.select({ code: rates.code, per: rates.perReporting, startOn: rates.startOn }).from(rates).where(and(eq(rates.connectionId, connectionId), eq(rates.deleted, 0))).orderBy(sql`coalesce(${rates.startOn}, '') desc`);
  const newestFirst = Map.groupBy(found, (rate) => rate.code);
  const last = today(money);
  return (amount, currency, day) => {
    if (amount === null || currency === null || currency === money.reportingCurrency) return amount;
    const known = day.slice(0, 10) < last ? day.slice(0, 10) : last;
    const rate = newestFirst.get(currency)?.find(({ startOn }) => (startOn ?? '') <= known);
    return rate === undefined ? null : amount / rate.per;
  };
}
