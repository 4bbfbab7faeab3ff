import { and, eq, sql } from 'drizzle-orm';
import type { EntityName } from '../model/entities.ts';
import { markRedirectsWhere } from './link-marks.ts';
import { given, inGiven, preparedWrite } from './prepared.ts';
import { crmRows, ENTITY_TABLES, redirects } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** A loser that was taken back out of the bin stands for itself again. */
export function dropRestored(store: Store, connectionId: string): Statement[] {
  return [markRestored(store, { connectionId }), restore(store, { connectionId })];
}

const restored = and(
  eq(redirects.connectionId, given('connectionId')),
  sql`exists (select 1 from ${crmRows}
  where ${crmRows.connectionId} = ${redirects.connectionId} and ${crmRows.object} = ${redirects.object} and ${crmRows.id} = ${redirects.fromId} and ${crmRows.deleted} = 0 and ${crmRows.mergedIntoId} is null)`,
)!;
const markRestored = markRedirectsWhere(restored);
const restore = preparedWrite((db) => db.delete(redirects).where(restored));

/**
 * Merges in a row (A into B, B into C) point straight at the last survivor; two links are shortened
 * at a time, and longer chains in the runs that follow.
 */
export function shortenRedirects(store: Store, connectionId: string): Statement[] {
  return [markChained(store, { connectionId }), shorten(store, { connectionId })];
}

const next = sql`(select later.to_id from redirects later where later.connection_id = ${given('connectionId')} and later.object = ${redirects.object} and later.from_id = ${redirects.toId})`;
const chained = and(
  eq(redirects.connectionId, given('connectionId')),
  sql`${next} is not null`,
  sql`${next} <> ${redirects.fromId}`,
)!;
const markChained = markRedirectsWhere(chained);
const shorten = preparedWrite((db) => db.update(redirects).set({ toId: next }).where(chained));

/**
 * Model rows of objects that the mapping no longer feeds into their entity: an edit of the mapping
 * must not leave ghosts.
 */
export function retireUnfed(
  store: Store,
  connectionId: string,
  feeds: (entity: EntityName) => string[],
): Statement[] {
  return retirings.map(({ entity, retire }) =>
    retire(store, { connectionId, feeds: feeds(entity) }),
  );
}

const retirings = (Object.keys(ENTITY_TABLES) as EntityName[]).map((entity) => {
  const table = ENTITY_TABLES[entity];
  return {
    entity,
    retire: preparedWrite((db) =>
      db
        .update(table)
        .set({ deleted: 1 })
        .where(
          and(
            eq(table.connectionId, given('connectionId')),
            eq(table.deleted, 0),
            sql`${table.object} not in ${inGiven('feeds')}`,
          ),
        ),
    ),
  };
});
