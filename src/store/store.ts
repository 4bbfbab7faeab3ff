import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema.ts';

export type Database = BaseSQLiteDatabase<'sync' | 'async', unknown, typeof schema>;

/** A write that has not run yet. `await`ing reads works on both drivers; writes go through `batch`. */
export interface Statement { run(): unknown }

/** One store over two drivers (`node.ts`, `d1.ts`). Statements are built once, against `db`. */
export interface Store {
  db: Database;
  /** All or nothing, with no reads in between: D1 has no interactive transactions. */
  batch(statements: Statement[]): Promise<void>;
  close(): void;
}
