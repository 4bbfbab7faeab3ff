import { and, eq, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { ENTITY_NAMES, entityShape, type EntityName } from '../model/entities.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { crmRows, ENTITY_TABLES, partners, redirects } from './schema.ts';
import type { Store } from './store.ts';

/** A field whose references lead to no record that is there. */
export interface LostReferences {
  object: string;
  entity: EntityName;
  field: string;
  rows: number;
  /** The ids are those of queues, which own records and are nobody. */
  queue: boolean;
  /** Ids that lead nowhere, and a row that holds the first of them. */
  examples: string[];
  row: string;
}

/**
 * One query a field: which of its values name neither a record, nor a partner's account, nor a
 * loser of a merge.
 */
const lookups = ENTITY_NAMES.flatMap((entity) =>
  Object.entries(entityShape(entity).fields).flatMap(([field, { to }]) =>
    to === undefined || to.length === 0
      ? []
      : [{ entity, field, to: to as EntityName[], find: lookup(entity, field) }],
  ),
);

function lookup(entity: EntityName, field: string) {
  const table = ENTITY_TABLES[entity];
  const column = (table as unknown as Record<string, AnySQLiteColumn>)[field]!;
  const own = given('connectionId');
  const prefix = given('queues');
  const queue = sql`${prefix} <> '' and substr(${column}, 1, length(${prefix})) = ${prefix}`;
  return preparedRead(
    {
      object: table.object,
      queue: sql<number>`${queue}`,
      rows: sql<number>`count(*)`,
      first: sql<string>`min(${column})`,
      last: sql<string>`max(${column})`,
      row: sql<string>`min(${table.id})`,
    },
    (select) =>
      select
        .from(table)
        .where(
          and(
            eq(table.connectionId, own),
            eq(table.deleted, 0),
            sql`${table.object} in ${inGiven('own')}`,
            sql`${column} is not null`,
            sql`not exists (select 1 from ${crmRows} where ${crmRows.connectionId} = ${own} and ${crmRows.object} in ${inGiven('feeds')} and ${crmRows.id} = ${column} and ${crmRows.deleted} = 0)`,
            sql`not exists (select 1 from ${redirects} where ${redirects.connectionId} = ${own} and ${redirects.fromId} = ${column})`,
            sql`not exists (select 1 from ${partners} as named where named.connection_id = ${own} and named.account_id = ${column} and named.deleted = 0)`,
          ),
        )
        .groupBy(table.object, sql`2`)
        .orderBy(table.object, sql`2`),
  );
}

/**
 * References that lead to nobody, field by field. `ownFeeds`: objects whose rows an entity is made
 * of; `feeds` the same where all of their rows are read, else null: what is not read may well be
 * there, so the field is passed over. `queueIdPrefix`: how ids of queues begin.
 */
export async function lostReferences(
  store: Store,
  connectionId: string,
  ownFeeds: (entity: EntityName) => string[],
  feeds: (entity: EntityName) => string[] | null,
  queueIdPrefix = '',
): Promise<LostReferences[]> {
  const found: LostReferences[] = [];
  for (const { entity, field, to, find } of lookups) {
    const targets = to.map(feeds);
    const own = ownFeeds(entity);
    const objects = [...new Set(targets.flatMap((each) => each ?? []))];
    if (own.length === 0 || targets.includes(null) || objects.length === 0) continue;
    const asked = { connectionId, own, feeds: objects, queues: queueIdPrefix };
    for (const { first, last, queue, ...rest } of await find(store, asked))
      found.push({
        entity,
        field,
        ...rest,
        queue: queue === 1,
        examples: [...new Set([first, last])],
      });
  }
  return found;
}
