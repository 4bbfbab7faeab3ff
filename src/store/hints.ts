import { and, asc, count, eq, sql } from 'drizzle-orm';
import { inJson, upsertRows } from './json-batch.ts';
import { hints } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Marks ids to be read again. */
export const markHints = (store: Store, connectionId: string, marks: { object: string; id: string }[], markedMs: number): Statement[] =>
  upsertRows(store, hints, marks.map((mark) => ({ connectionId, ...mark, markedMs })));

export async function hintedIds(store: Store, connectionId: string, object: string, limit: number): Promise<{ id: string; markedMs: number }[]> {
  return await store.db.select({ id: hints.id, markedMs: hints.markedMs }).from(hints).where(and(eq(hints.connectionId, connectionId), eq(hints.object, object))).orderBy(asc(hints.id)).limit(limit);
}

/** Takes marks away, unless they were set again since they were read. */
export const dropHints = (store: Store, connectionId: string, object: string, ids: string[], markedByMs: number): Statement[] =>
  [store.db.delete(hints).where(and(eq(hints.connectionId, connectionId), eq(hints.object, object), sql`${hints.markedMs} <= ${markedByMs}`, sql`${hints.id} in ${inJson(ids)}`))];

/** Ids that wait to be read again. */
export async function hintCount(store: Store, connectionId: string): Promise<number> {
  const [found] = await store.db.select({ n: count() }).from(hints).where(eq(hints.connectionId, connectionId));
  return found?.n ?? 0;
}
