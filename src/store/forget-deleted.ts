import { and, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import { eraseRecords, ERASED_FIELDS, PERSONAL_ENTITIES, stillPersonal } from './erase.ts';
import { crmRows, ENTITY_TABLES, issues, runs, runSteps } from './schema.ts';
import type { Store } from './store.ts';
import { whatIfOf } from './what-if.ts';

/** Records that one go erases of an entity: their texts are read and written one by one. */
const RECORDS_PER_GO = 1_000;

interface Due {
  object: string;
  id: string;
}

/**
 * Erases what the CRM deleted before `beforeMs`: rows of the model by when we heard of it, the
 * local copy by the CRM's own stamp. A bounded number of records in one go; `done`: none was left
 * behind.
 */
export async function forgetDeleted(
  store: Store,
  connectionId: string,
  beforeMs: number,
): Promise<{ records: number; done: boolean }> {
  const found: Due[][] = [];
  // A dry run may have read deleted rows anew, names included.
  const places = [connectionId, whatIfOf(connectionId)];
  for (const entity of PERSONAL_ENTITIES) {
    const table = ENTITY_TABLES[entity];
    found.push(
      await store.db
        .select({ object: table.object, id: table.id })
        .from(table)
        .where(
          and(
            inArray(table.connectionId, places),
            sql`deleted = 1`,
            lt(table.seenMs, beforeMs),
            sql`(${stillPersonal(entity)})`,
          ),
        )
        .limit(RECORDS_PER_GO),
    );
  }
  found.push(
    await store.db
      .select({ object: crmRows.object, id: crmRows.id })
      .from(crmRows)
      .where(
        and(
          inArray(crmRows.connectionId, places),
          sql`deleted = 1`,
          lt(crmRows.stampMs, beforeMs),
          ne(crmRows.fields, ERASED_FIELDS),
        ),
      )
      .limit(RECORDS_PER_GO),
  );
  // Less than a whole page of each is all that there was.
  const done = found.every((page) => page.length < RECORDS_PER_GO);
  const due = found.flat();
  const byObject = Map.groupBy(due, ({ object }) => object);
  for (const [object, records] of byObject)
    await eraseRecords(store, connectionId, object, [...new Set(records.map(({ id }) => id))]);
  return {
    records: new Set(due.map(({ object, id }) => `${object}/${id}`)).size,
    done,
  };
}

/**
 * Summaries and steps of older runs name partners and deals; a run that is at work keeps its own.
 * What moved the forecast names nobody and stays, so that a quarter can still be told.
 */
export async function forgetWords(
  store: Store,
  connectionId: string,
  beforeMs: number,
): Promise<void> {
  const older = and(
    eq(runs.connectionId, connectionId),
    lt(runs.startedMs, beforeMs),
    isNotNull(runs.endedMs),
  );
  await store.batch([
    store.db
      .update(runs)
      .set({ summary: sql`json_set(summary, '$.changes.partners', json('[]'))` })
      .where(and(older, sql`json_array_length(summary, '$.changes.partners') > 0`)),
    store.db
      .delete(runSteps)
      .where(inArray(runSteps.runId, store.db.select({ id: runs.id }).from(runs).where(older))),
  ]);
}

/**
 * Refused signals say whose they were, often by a mail address: what nobody has put right in all
 * that time goes.
 */
export const forgetRefused = async (
  store: Store,
  connectionId: string,
  beforeMs: number,
): Promise<void> =>
  await store.batch([
    store.db
      .delete(issues)
      .where(
        and(
          eq(issues.connectionId, connectionId),
          eq(issues.kind, 'signal'),
          lt(issues.lastMs, beforeMs),
        ),
      ),
  ]);
