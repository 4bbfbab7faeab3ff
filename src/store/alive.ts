import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { given, inGiven } from './prepared.ts';
import type { Store } from './store.ts';

interface Owned {
  connectionId: AnySQLiteColumn;
  deleted: AnySQLiteColumn;
}
interface Seen extends Owned {
  seenMs: AnySQLiteColumn;
}
/** Rows of the connection that are there. */
export const alive = (table: Owned): SQL | undefined =>
  and(eq(table.connectionId, given('connectionId')), eq(table.deleted, 0));

/**
 * Rows that were there at the store's moment: those that are, and those whose deletion we saw
 * later. Elsewhere than in a replay the moment is now, and nothing is deleted later than that.
 */
export const thereAt = ({ deleted, seenMs }: Omit<Seen, 'connectionId'>): SQL =>
  sql`(${deleted} = 0 or ${seenMs} > ${given('thenMs')})`;
export const there = (table: Seen): SQL | undefined =>
  and(eq(table.connectionId, given('connectionId')), thereAt(table));
/** Rows that name one of the given partners, deals or plans. */
export const thereOf = (table: Seen, column: AnySQLiteColumn): SQL | undefined =>
  and(there(table), sql`${column} in ${inGiven('ids')}`);

/** The same store, whose facts hold what was deleted since the moment. */
export const storeThen = (store: Store, thenMs: number): Store => ({ ...store, thenMs });
