import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema.ts';

export type Database = BaseSQLiteDatabase<'sync' | 'async', unknown, typeof schema>;

/** A text of SQL and the values bound to it. */
export interface Sentence {
  sql: string;
  params: unknown[];
}

/**
 * A write that has not run yet: drizzle's builders are such, and so are `prepared.ts`'s. `await`ing
 * reads works on both drivers; writes go through `batch`.
 */
export interface Statement {
  toSQL(): Sentence;
}

/** One store over two drivers (`node.ts`, `d1.ts`). Statements are built once, against `db`. */
export interface Store {
  db: Database;
  /** Rows of one query, as its columns' values in their order. */
  read(query: Sentence): Promise<unknown[][]>;
  /**
   * All or nothing, with no reads in between: D1 has no interactive transactions. `durable`: on the
   * disk itself when it returns, for what exists nowhere else; an ordinary batch may be lost with
   * the power, and a later run makes it good.
   */
  batch(statements: Statement[], durable?: boolean): Promise<void>;
  close(): void;
  /** Facts are of what was there then, see `storeThen`; absent = now. */
  thenMs?: number;
}
