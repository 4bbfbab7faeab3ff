import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Statement, Store } from './store.ts';

/**
 * D1 refuses values over 2,000,000 bytes, and a UTF-16 unit takes up to three of them:
 * this many never get there.
 */
const MAX_JSON_CHARS = 650_000;

type Cell = string | number | boolean | null;
export type JsonRow = Record<string, Cell | undefined>;

export interface UpsertOptions {
  /** Leave existing rows alone. */
  ignore?: boolean;
  /** Only these columns are overwritten; all that are not in the key when left out. */
  update?: string[];
  /**
   * Overwrite only where the new value of a column, named as in the database, compares so
   * with the one that is there.
   */
  only?: { column: string; is: '>=' | '>' | '=' };
}

/**
 * Upserts of any number of rows with one bound parameter a statement (D1 allows 100): the rows
 * travel as JSON through `json_each`.
 * Rows are keyed by the table's property names; missing ones become null.
 */
export function upsertRows(
  store: Store,
  table: SQLiteTable,
  rows: JsonRow[],
  options: UpsertOptions = {},
): Statement[] {
  if (rows.length === 0) return [];
  const { sql: text, names } = upsertOf(store, table, options);
  return chunks(rows.map((row) => JSON.stringify(names.map((name) => row[name] ?? null)))).map(
    (json) => ({ toSQL: () => ({ sql: text, params: [json] }) }),
  );
}

interface Upsert {
  sql: string;
  names: string[];
}
/**
 * Texts by table and options: the same few are wanted again and again, and making one
 * costs more than running it.
 */
const upserts = new WeakMap<SQLiteTable, Map<string, Upsert>>();

function upsertOf(store: Store, table: SQLiteTable, options: UpsertOptions): Upsert {
  let ofTable = upserts.get(table);
  if (ofTable === undefined) upserts.set(table, (ofTable = new Map()));
  const key = `${options.ignore === true}|${options.only?.column} ${options.only?.is}|${options.update?.join()}`;
  let upsert = ofTable.get(key);
  if (upsert === undefined) ofTable.set(key, (upsert = newUpsert(store, table, options)));
  return upsert;
}

function newUpsert(store: Store, table: SQLiteTable, options: UpsertOptions): Upsert {
  const columns = Object.entries(getTableColumns(table));
  const config = getTableConfig(table);
  const keyNames = new Set(
    config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)),
  );
  for (const [, column] of columns) if (column.primary) keyNames.add(column.name);
  const target = columns
    .filter(([, column]) => keyNames.has(column.name))
    .map(([, column]) => column);
  const changed = columns.filter(
    ([name, column]) =>
      !keyNames.has(column.name) && (options.update === undefined || options.update.includes(name)),
  );
  const set = Object.fromEntries(
    changed.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]),
  );
  const picks = sql.raw(columns.map((_, i) => `value->>${i}`).join(', '));
  const insert = store.db
    .insert(table)
    .select(sql`select ${picks} from json_each(${''}) where true`);
  const { only } = options;
  const built =
    options.ignore === true || changed.length === 0
      ? insert.onConflictDoNothing()
      : insert.onConflictDoUpdate({
          target,
          set,
          ...(only === undefined
            ? {}
            : {
                setWhere: sql.raw(
                  `excluded."${only.column}" ${only.is} "${config.name}"."${only.column}"`,
                ),
              }),
        });
  return { sql: built.toSQL().sql, names: columns.map(([name]) => name) };
}

/** `in (…)` of any length as one parameter. */
export const inJson = (values: (string | number)[]): SQL =>
  sql`(select value from json_each(${JSON.stringify(values)}))`;

function chunks(items: string[]): string[] {
  const out: string[] = [];
  let current: string[] = [];
  let size = 0;
  for (const item of items) {
    if (current.length > 0 && size + item.length > MAX_JSON_CHARS) {
      out.push(`[${current.join(',')}]`);
      current = [];
      size = 0;
    }
    current.push(item);
    size += item.length + 1;
  }
  if (current.length > 0) out.push(`[${current.join(',')}]`);
  return out;
}
