import { Column, is, Param, Placeholder, sql, type SQL } from 'drizzle-orm';
import { QueryBuilder, type SelectedFields, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import type { Database, Sentence, Statement, Store } from './store.ts';

/**
 * Queries whose text is made once in the life of a process. Building the text of a query takes
 * drizzle longer than SQLite takes to run it, and on Workers that time is paid for;
 * the text is the same on both drivers, so it is kept outside of any store.
 */

/** Later than anything was seen. */
const NOW = Number.MAX_SAFE_INTEGER;

type Value = string | number | null;
/** Lists are bound as one JSON value, see `inGiven`. */
export type Given = Readonly<Record<string, Value | readonly (string | number)[]>>;
interface Builder {
  toSQL(): Sentence;
}

/** Stands for a value that is given with each use. */
export const given = (name: string): Placeholder => sql.placeholder(name);

/** `in (…)` of a list of any length that is given with each use, as one parameter. */
export const inGiven = (name: string): SQL => sql`(select value from json_each(${given(name)}))`;

/** A text, and for each of its parameters the name of a given value or the value itself. */
interface Prepared {
  sql: string;
  slots: ({ name: string } | { value: unknown })[];
}

function prepare(builder: Builder): Prepared {
  const { sql: text, params } = builder.toSQL();
  return {
    sql: text,
    slots: params.map((param) => {
      const inner = is(param, Param) ? param.value : param;
      return is(inner, Placeholder) ? { name: inner.name } : { value: inner };
    }),
  };
}

function filled({ sql: text, slots }: Prepared, values: Given): Sentence {
  return {
    sql: text,
    params: slots.map((slot) => {
      if ('value' in slot) return slot.value;
      const value = values[slot.name];
      if (value === undefined)
        throw new TypeError(`a prepared query wants a value for ${slot.name}`);
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    }),
  };
}

/**
 * A read of these fields; `rest` says from where, which and in what order, with
 * `given` for what each use gives.
 * Fields are plain columns of text, integer or real, or expressions whose value
 * is as the database gives it.
 */
export function preparedRead<F extends SelectedFields>(
  fields: F,
  rest: (select: ReturnType<typeof selecting<F>>) => Builder,
): (store: Store, values: Given) => Promise<SelectResultFields<F>[]> {
  const names = Object.keys(fields);
  let prepared: Prepared | null = null;
  const first = (): Prepared => {
    for (const field of Object.values(fields))
      if (is(field, Column) && field.dataType !== 'string' && field.dataType !== 'number')
        throw new TypeError(
          `column ${field.name} has values of its own kind, and prepared reads decode none`,
        );
    return prepare(rest(selecting(fields)));
  };
  return async (store, values) => {
    prepared ??= first();
    const found = await store.read(filled(prepared, { thenMs: store.thenMs ?? NOW, ...values }));
    return found.map((cells) => {
      const row: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) row[names[i]!] = cells[i];
      return row as SelectResultFields<F>;
    });
  };
}

const selecting = <F extends SelectedFields>(fields: F) => new QueryBuilder().select(fields);

/** A write with `given` for what each use gives. */
export function preparedWrite(
  build: (db: Database) => Builder,
): (store: Store, values: Given) => Statement {
  let prepared: Prepared | null = null;
  return (store, values) => {
    const known = (prepared ??= prepare(build(store.db)));
    return { toSQL: () => filled(known, values) };
  };
}

/** A write that drizzle has no builder for, as text with `given` for what each use gives. */
export function preparedSql(text: SQL): (values: Given) => Statement {
  const prepared = prepare({ toSQL: () => new SQLiteSyncDialect().sqlToQuery(text) });
  return (values) => ({ toSQL: () => filled(prepared, values) });
}
