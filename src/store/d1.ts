import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import { drizzle } from 'drizzle-orm/d1';
import { HeadwaterError } from '../model/error.ts';
import { d1Error } from './d1-errors.ts';
import * as schema from './schema.ts';
import type { Database, Statement, Store } from './store.ts';

/**
 * D1's limit on a string, blob or row (https://developers.cloudflare.com/d1/platform/limits/). The
 * local runtime takes more, so it is checked here.
 */
export const D1_VALUE_BYTES = 2_000_000;
/** D1's limit on bound parameters of one query (same page). */
export const D1_PARAMETERS = 100;
/** D1's limit on the text of one statement (same page). */
export const D1_SQL_BYTES = 100_000;

/**
 * What was asked of D1 so far. `calls`: round trips, of which a batch is one; `queries`:
 * statements. Rows are D1's billing units, counted where it tells them.
 */
export interface D1Meter {
  calls: number;
  queries: number;
  parametersMax: number;
  valueBytesMax: number;
  sqlBytesMax: number;
  bytes: number;
  rowsRead: number;
  rowsWritten: number;
}
export const newMeter = (): D1Meter => ({
  calls: 0,
  queries: 0,
  parametersMax: 0,
  valueBytesMax: 0,
  sqlBytesMax: 0,
  bytes: 0,
  rowsRead: 0,
  rowsWritten: 0,
});

/**
 * The store in a D1 database; migrations are applied by
 * `wrangler d1 migrations apply`, never at run time.
 * Errors are HeadwaterErrors without bound values: `transient` for a busy or lost database,
 * `config` for a missing migration or a full one.
 */
export function openD1Store(binding: D1Database, meter: D1Meter = newMeter()): Store {
  const checked = guarded(binding, meter);
  return {
    db: drizzle(checked, { schema }) as unknown as Database,
    read: async ({ sql, params }) =>
      await checked
        .prepare(sql)
        .bind(...params)
        .raw(),
    async batch(statements: Statement[]) {
      if (statements.length === 0) return;
      await checked.batch(
        statements.map((statement) => {
          const { sql, params } = statement.toSQL();
          return checked.prepare(sql).bind(...params);
        }),
      );
    },
    close: () => {},
  };
}

/** The binding with its limits checked, its use counted and its errors told apart. */
function guarded(binding: D1Database, meter: D1Meter): D1Database {
  const raws = new WeakMap<object, D1PreparedStatement>();
  const statement = (raw: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => {
        checkValues(values, meter);
        return statement(raw.bind(...values));
      },
      run: () => counted(meter, 1, () => raw.run()),
      all: () => counted(meter, 1, () => raw.all()),
      raw: () => counted(meter, 1, () => raw.raw()),
      first: () => counted(meter, 1, () => raw.first()),
    } as unknown as D1PreparedStatement;
    raws.set(wrapped, raw);
    return wrapped;
  };
  return {
    prepare: (query: string) => {
      checkText(query, meter);
      return statement(binding.prepare(query));
    },
    batch: (statements: D1PreparedStatement[]) =>
      counted(meter, statements.length, () =>
        binding.batch(statements.map((each) => raws.get(each) ?? each)),
      ),
  } as unknown as D1Database;
}

async function counted<T>(meter: D1Meter, queries: number, work: () => Promise<T>): Promise<T> {
  meter.calls++;
  meter.queries += queries;
  try {
    const answer = await work();
    for (const result of Array.isArray(answer) ? answer : [answer])
      addRows(meter, result as Partial<D1Result>);
    return answer;
  } catch (error) {
    throw d1Error(error);
  }
}

function addRows(meter: D1Meter, result: Partial<D1Result> | null): void {
  if (typeof result !== 'object' || result === null || result.meta === undefined) return;
  meter.rowsRead += result.meta.rows_read ?? 0;
  meter.rowsWritten += result.meta.rows_written ?? 0;
}

function checkText(query: string, meter: D1Meter): void {
  const bytes = byteLength(query);
  meter.sqlBytesMax = Math.max(meter.sqlBytesMax, bytes);
  meter.bytes += bytes;
  if (bytes > D1_SQL_BYTES)
    throw new HeadwaterError('bug', `a statement of ${bytes} bytes is over D1's ${D1_SQL_BYTES}`, {
      code: 'D1_LIMIT',
    });
}

function checkValues(values: unknown[], meter: D1Meter): void {
  meter.parametersMax = Math.max(meter.parametersMax, values.length);
  if (values.length > D1_PARAMETERS)
    throw new HeadwaterError('bug', `${values.length} parameters are over D1's ${D1_PARAMETERS}`, {
      code: 'D1_LIMIT',
    });
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const bytes = byteLength(value);
    meter.valueBytesMax = Math.max(meter.valueBytesMax, bytes);
    meter.bytes += bytes;
    if (bytes > D1_VALUE_BYTES)
      throw new HeadwaterError('bug', `a value of ${bytes} bytes is over D1's ${D1_VALUE_BYTES}`, {
        code: 'D1_LIMIT',
      });
  }
}

/** UTF-8 bytes; short texts, which are far from every limit, count as one byte a character. */
const byteLength = (text: string): number =>
  text.length < SHORT_TEXT ? text.length : new TextEncoder().encode(text).length;
const SHORT_TEXT = 10_000;
