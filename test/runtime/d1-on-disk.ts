import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import Sqlite from 'better-sqlite3';
import { openNodeStore } from '../../src/store/node.ts';
import { MIGRATIONS } from '../store/open.ts';

/**
 * A D1 binding over a SQLite file in this process: what goes over it is what goes to D1, so that
 * statements, values and calls can be counted next to a heap that is capped. Not for what D1 itself
 * refuses; that is tried in workerd (test/store/d1.test.ts).
 */
export function openD1OnDisk(file: string): { binding: D1Database; close: () => void } {
  openNodeStore(file, MIGRATIONS).close();
  const raw = new Sqlite(file);
  raw.pragma('synchronous = OFF');
  const known = new Map<string, Sqlite.Statement>();
  const compiled = (text: string): Sqlite.Statement => {
    let statement = known.get(text);
    if (statement === undefined) known.set(text, (statement = raw.prepare(text)));
    return statement;
  };
  const answer = (results: unknown[], changes: number) =>
    ({
      success: true,
      results,
      meta: { rows_read: 0, rows_written: changes },
    }) as unknown as D1Result;
  const perform = (text: string, values: unknown[]): D1Result => {
    const statement = compiled(text);
    return statement.reader
      ? answer(statement.raw(false).all(...values), 0)
      : answer([], statement.run(...values).changes);
  };
  interface Bound {
    text: string;
    values: unknown[];
  }
  const prepare = (text: string, values: unknown[] = []): D1PreparedStatement =>
    ({
      text,
      values,
      bind: (...given: unknown[]) => prepare(text, given),
      run: async () => perform(text, values),
      all: async () => perform(text, values),
      first: async () => perform(text, values).results[0] ?? null,
      raw: async () =>
        compiled(text)
          .raw(true)
          .all(...values),
    }) as unknown as D1PreparedStatement;
  const all = raw.transaction((statements: Bound[]) =>
    statements.map((one) => perform(one.text, one.values)),
  );
  return {
    binding: {
      prepare: (text: string) => prepare(text),
      batch: async (statements: D1PreparedStatement[]) => all(statements as unknown as Bound[]),
    } as unknown as D1Database,
    close: () => raw.close(),
  };
}
