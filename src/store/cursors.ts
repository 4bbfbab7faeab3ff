import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { cursors, windows } from './schema.ts';
import type { Statement, Store } from './store.ts';

export interface Cursor {
  object: string;
  /** Fields are as fresh as this. */
  throughMs: number | null;
  verifiedMs: number | null;
  deletesMs: number | null;
  fullMs: number | null;
  associationsMs: number | null;
  calculatedMs: number | null;
  pausedMs: number | null;
  /** The read in progress; null fields = none. */
  passFromMs: number | null;
  passUntilMs: number | null;
  passNext: string | null;
  shape: string;
  fields: string[];
}

const cursorOf = preparedRead(getTableColumns(cursors), (select) =>
  select
    .from(cursors)
    .where(
      and(eq(cursors.connectionId, given('connectionId')), eq(cursors.object, given('object'))),
    ),
);

export async function readCursor(
  store: Store,
  connectionId: string,
  object: string,
): Promise<Cursor> {
  const [found] = await cursorOf(store, { connectionId, object });
  if (!found)
    return {
      object,
      throughMs: null,
      verifiedMs: null,
      deletesMs: null,
      fullMs: null,
      associationsMs: null,
      calculatedMs: null,
      pausedMs: null,
      passFromMs: null,
      passUntilMs: null,
      passNext: null,
      shape: '',
      fields: [],
    };
  const { connectionId: _, fields, ...rest } = found;
  return { ...rest, fields: JSON.parse(fields) as string[] };
}

export async function listCursors(store: Store, connectionId: string): Promise<Cursor[]> {
  const found = await store.db
    .select()
    .from(cursors)
    .where(eq(cursors.connectionId, connectionId))
    .orderBy(cursors.object);
  return found.map(({ connectionId: _, fields, ...rest }) => ({
    ...rest,
    fields: JSON.parse(fields) as string[],
  }));
}

export const saveCursor = (store: Store, connectionId: string, cursor: Cursor): Statement[] =>
  upsertRows(store, cursors, [{ connectionId, ...cursor, fields: JSON.stringify(cursor.fields) }]);

export interface Receipt {
  object: string;
  fromMs: number;
  untilMs: number;
  ourCount: number;
  crmCount: number;
  verified: boolean;
  checkedMs: number;
  runId: string;
}

export const saveReceipt = (store: Store, connectionId: string, receipt: Receipt): Statement[] =>
  upsertRows(store, windows, [{ connectionId, ...receipt, verified: receipt.verified ? 1 : 0 }]);

export async function listReceipts(
  store: Store,
  connectionId: string,
  runId: string,
): Promise<Receipt[]> {
  const found = await store.db
    .select()
    .from(windows)
    .where(and(sql`+${windows.connectionId} = ${connectionId}`, eq(windows.runId, runId)))
    .orderBy(windows.object, windows.fromMs);
  return found.map(({ connectionId: _, verified, ...rest }) => ({
    ...rest,
    verified: verified === 1,
  }));
}
