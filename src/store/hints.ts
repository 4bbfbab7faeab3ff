import { and, asc, count, eq, sql, lt } from 'drizzle-orm';
import { inJson, upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { hints } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Marks ids to be read again. */
export const markHints = (
  store: Store,
  connectionId: string,
  marks: { object: string; id: string }[],
  markedMs: number,
): Statement[] =>
  upsertRows(
    store,
    hints,
    marks.map((mark) => ({ connectionId, ...mark, markedMs })),
  );

const hinted = preparedRead({ id: hints.id, markedMs: hints.markedMs }, (select) =>
  select
    .from(hints)
    .where(and(eq(hints.connectionId, given('connectionId')), eq(hints.object, given('object'))))
    .orderBy(asc(hints.id))
    .limit(given('limit')),
);
const drop = preparedWrite((db) =>
  db
    .delete(hints)
    .where(
      and(
        eq(hints.connectionId, given('connectionId')),
        eq(hints.object, given('object')),
        sql`${hints.markedMs} <= ${given('markedByMs')}`,
        sql`${hints.id} in ${inGiven('ids')}`,
      ),
    ),
);

export async function hintedIds(
  store: Store,
  connectionId: string,
  object: string,
  limit: number,
): Promise<{ id: string; markedMs: number }[]> {
  return await hinted(store, { connectionId, object, limit });
}

/** Takes marks away, unless they were set again since they were read. */
export const dropHints = (
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
  markedByMs: number,
): Statement[] => [drop(store, { connectionId, object, ids, markedByMs })];

/**
 * Takes away marks of objects that nobody reads, set before `beforeMs`: a webhook may be set up for
 * more than the mapping has.
 */
export const dropForeignHints = (
  store: Store,
  connectionId: string,
  objects: readonly string[],
  beforeMs: number,
): Statement[] => [
  store.db
    .delete(hints)
    .where(
      and(
        eq(hints.connectionId, connectionId),
        lt(hints.markedMs, beforeMs),
        sql`${hints.object} not in ${inJson([...objects])}`,
      ),
    ),
];

/** Ids that wait to be read again. */
export async function hintCount(store: Store, connectionId: string): Promise<number> {
  const [found] = await store.db
    .select({ n: count() })
    .from(hints)
    .where(eq(hints.connectionId, connectionId));
  return found?.n ?? 0;
}
