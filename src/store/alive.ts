import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { given, inGiven } from './prepared.ts';

interface Owned {
  connectionId: AnySQLiteColumn;
  deleted: AnySQLiteColumn;
}
/** Rows of the connection that are there. */
export const alive = (table: Owned): SQL | undefined =>
  and(eq(table.connectionId, given('connectionId')), eq(table.deleted, 0));
/** Rows that name one of the given partners, deals or plans. */
export const aliveOf = (table: Owned, column: AnySQLiteColumn): SQL | undefined =>
  and(alive(table), sql`${column} in ${inGiven('ids')}`);
