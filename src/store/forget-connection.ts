import { getTableColumns, is, sql } from 'drizzle-orm';
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core';
import * as schema from './schema.ts';
import type { Store } from './store.ts';
import { clearWhatIf } from './what-if.ts';

/**
 * Rows that one statement deletes: a database in the cloud must not hold its breath for minutes.
 */
const ROWS_PER_STATEMENT = 20_000;

const TABLES: SQLiteTable[] = Object.values(schema).filter((one) => is(one, SQLiteTable));

/** The condition by which rows of a table are the connection's; null = it holds rows of nobody. */
function ownRows(table: SQLiteTable, connectionId: string) {
  const columns = getTableColumns(table);
  const { name } = getTableConfig(table);
  if ('connectionId' in columns) return sql`connection_id = ${connectionId}`;
  if (name === 'connections') return sql`id = ${connectionId}`;
  if ('runId' in columns)
    return sql`run_id in (select id from runs where connection_id = ${connectionId})`;
  return null;
}

/**
 * Deletes everything of a connection: rows, results, ledger, documents, sealed secrets, the lease.
 * Gives back how many rows went. Tables that are found by the connection's runs go before those.
 */
export async function forgetConnection(store: Store, connectionId: string): Promise<number> {
  const parts = TABLES.flatMap((table) => {
    const own = ownRows(table, connectionId);
    const { name } = getTableConfig(table);
    return own === null
      ? []
      : [{ table, name, own, byRun: !('connectionId' in getTableColumns(table)) }];
  }).toSorted((a, b) => Number(b.byRun) - Number(a.byRun));
  // What a dry run left stands beside the connection, under a name of its own.
  await clearWhatIf(store, connectionId);
  let gone = 0;
  for (const { table, name, own } of parts) {
    const rows = sql.identifier(name);
    for (;;) {
      const [found] = await store.db.all<{ n: number }>(
        sql`select count(*) as n from (select 1 from ${rows} where ${own} limit ${ROWS_PER_STATEMENT})`,
      );
      const n = found?.n ?? 0;
      if (n === 0) break;
      await store.batch([
        store.db
          .delete(table)
          .where(
            sql`rowid in (select rowid from ${rows} where ${own} limit ${ROWS_PER_STATEMENT})`,
          ),
      ]);
      gone += n;
    }
  }
  return gone;
}
