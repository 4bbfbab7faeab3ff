import { and, eq, sql, type SQL } from 'drizzle-orm';
import {
  ENTITY_NAMES,
  type EntityName,
  type MappedRow,
  type SeveralRule,
} from '../model/entities.ts';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { severalLinks } from './schema.ts';
import type { Statement, Store } from './store.ts';

const forget = preparedWrite((db) =>
  db
    .delete(severalLinks)
    .where(
      and(
        eq(severalLinks.connectionId, given('connectionId')),
        eq(severalLinks.entity, given('entity')),
        eq(severalLinks.object, given('object')),
        sql`${severalLinks.id} in ${inGiven('ids')}`,
      ),
    ),
);

/** What rows of one entity name several of; a row that no longer does is forgotten. */
export function saveSeveral(
  store: Store,
  connectionId: string,
  entity: EntityName,
  rows: MappedRow[],
): Statement[] {
  const byObject = Map.groupBy(rows, (row) => row.object);
  return [
    ...[...byObject].map(([object, own]) =>
      forget(store, { connectionId, object, entity, ids: own.map((row) => row.id) }),
    ),
    ...upsertRows(
      store,
      severalLinks,
      rows.flatMap(({ object, id, several = {} }) =>
        Object.entries(several).map(([field, { rule, ids }]) => ({
          connectionId,
          object,
          id,
          entity,
          field,
          rule,
          ids: JSON.stringify(ids),
        })),
      ),
    ),
  ];
}

/**
 * Everybody whom a reference names, as a table with one `value` a row, to be joined beside the
 * row's own: most name one or nobody.
 */
export const allNamed = (
  own: SQL,
  entity: EntityName,
  field: string,
  row: { object: SQL; id: SQL; value: SQL },
): SQL =>
  sql`json_each(coalesce((select ids from ${severalLinks} where connection_id = ${own} and entity = ${sql.raw(`'${entity}'`)} and object = ${row.object} and id = ${row.id} and field = ${sql.raw(`'${field}'`)}), json_array(${row.value})))`;

const anywhere = preparedRead({ n: sql<number>`1` }, (select) =>
  select
    .from(severalLinks)
    .where(
      and(
        eq(severalLinks.connectionId, given('connectionId')),
        sql`${severalLinks.entity} in ${inGiven('entities')}`,
      ),
    )
    .limit(1),
);

/** Whether any deal names several partners: where none does, nobody needs to look for them. */
export const namesSeveral = async (store: Store, connectionId: string): Promise<boolean> =>
  (await anywhere(store, { connectionId, entities: ['deal', 'dealPartner'] })).length > 0;

/** A field of which some rows name several records, of which one counts or none. */
export interface SeveralLinks {
  object: string;
  entity: EntityName;
  field: string;
  rule: SeveralRule;
  rows: number;
  leftOut: number;
  /** Rows, by their ids. */
  examples: string[];
}

const counted = preparedRead(
  {
    object: severalLinks.object,
    entity: severalLinks.entity,
    field: severalLinks.field,
    rule: severalLinks.rule,
    rows: sql<number>`count(*)`,
    named: sql<number>`sum(json_array_length(${severalLinks.ids}))`,
    first: sql<string>`min(${severalLinks.id})`,
    last: sql<string>`max(${severalLinks.id})`,
  },
  (select) =>
    select
      .from(severalLinks)
      .where(
        and(
          eq(severalLinks.connectionId, given('connectionId')),
          sql`${severalLinks.entity} in ${inGiven('entities')}`,
        ),
      )
      .groupBy(severalLinks.object, severalLinks.entity, severalLinks.field, severalLinks.rule),
);

export const severalLinksOf = async (store: Store, connectionId: string): Promise<SeveralLinks[]> =>
  (await counted(store, { connectionId, entities: ENTITY_NAMES })).map(
    ({ first, last, named, ...found }) => ({
      ...found,
      entity: found.entity as EntityName,
      rule: found.rule as SeveralRule,
      leftOut: named - (found.rule === 'none' ? 0 : found.rows),
      examples: [...new Set([first, last])],
    }),
  );
