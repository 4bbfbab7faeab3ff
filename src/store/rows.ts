import { and, asc, count, eq, getTableColumns, gt, gte, lt, ne, sql } from 'drizzle-orm';
import type { EntityName, MappedRow } from '../model/entities.ts';
import type { CrmRow } from '../model/connector.ts';
import { inJson, upsertRows, type UpsertOptions } from './json-batch.ts';
import { linkMarks, markRedirects } from './link-marks.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { crmRows, ENTITY_TABLES, redirects } from './schema.ts';
import { saveSeveral } from './several-links.ts';
import type { Statement, Store } from './store.ts';

const ofObject = and(
  eq(crmRows.connectionId, given('connectionId')),
  eq(crmRows.object, given('object')),
);
const ofIds = and(ofObject, sql`${crmRows.id} in ${inGiven('ids')}`);
const stampedWithin = and(
  ofObject,
  gte(crmRows.stampMs, given('fromMs')),
  lt(crmRows.stampMs, given('untilMs')),
);
const rowsOf = getTableColumns(crmRows);
const hashesOf = preparedRead(
  { id: crmRows.id, hash: crmRows.hash, mapping: crmRows.mapping, stampMs: crmRows.stampMs },
  (select) => select.from(crmRows).where(ofIds),
);
const byIds = preparedRead(rowsOf, (select) => select.from(crmRows).where(ofIds));
const page = preparedRead(rowsOf, (select) =>
  select
    .from(crmRows)
    .where(and(ofObject, gt(crmRows.id, given('afterId'))))
    .orderBy(asc(crmRows.id))
    .limit(given('limit')),
);
const stalePage = preparedRead(rowsOf, (select) =>
  select
    .from(crmRows)
    .where(and(ofObject, gt(crmRows.id, given('afterId')), ne(crmRows.mapping, given('mapping'))))
    .orderBy(asc(crmRows.id))
    .limit(given('limit')),
);
const countWithin = preparedRead({ n: count() }, (select) =>
  select.from(crmRows).where(stampedWithin),
);
const idsWithin = preparedRead({ id: crmRows.id }, (select) =>
  select.from(crmRows).where(stampedWithin).orderBy(asc(crmRows.id)),
);
const seenLast = preparedRead({ ms: sql<number | null>`max(${crmRows.seenMs})` }, (select) =>
  select.from(crmRows).where(ofObject),
);
const forget = preparedWrite((db) => db.delete(crmRows).where(ofIds));
const seen = preparedWrite((db) =>
  db
    .update(crmRows)
    .set({ seenMs: sql`${given('seenMs')}` })
    .where(ofIds),
);

export interface LocalRow {
  row: CrmRow;
  hash: string;
  mapping: string;
}

/** Hash of what we hold, by id. */
export async function rowHashes(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Promise<Map<string, { hash: string; mapping: string; stampMs: number }>> {
  const found = await hashesOf(store, { connectionId, object, ids });
  return new Map(found.map((row) => [row.id, row]));
}

/** Rows of the local copy by id; missing ones are left out. */
export async function localRows(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Promise<Map<string, CrmRow>> {
  const found = await byIds(store, { connectionId, object, ids });
  return new Map(found.map((stored) => [stored.id, toCrmRow(stored)]));
}

/**
 * A page of the local copy in id order, for re-mapping; `staleFor` keeps only rows that this
 * mapping version hasn't mapped.
 */
export async function localPage(
  store: Store,
  connectionId: string,
  object: string,
  afterId: string,
  limit: number,
  staleFor?: string,
): Promise<LocalRow[]> {
  const found =
    staleFor === undefined
      ? await page(store, { connectionId, object, afterId, limit })
      : await stalePage(store, { connectionId, object, afterId, limit, mapping: staleFor });
  return found.map((stored) => ({
    row: toCrmRow(stored),
    hash: stored.hash,
    mapping: stored.mapping,
  }));
}

/** Distinct rows we hold with a stamp in [fromMs, untilMs), deleted ones too. */
export async function countLocal(
  store: Store,
  connectionId: string,
  object: string,
  fromMs: number,
  untilMs: number,
): Promise<number> {
  const [found] = await countWithin(store, { connectionId, object, fromMs, untilMs });
  return found?.n ?? 0;
}

/** Of the rows stamped before a moment, those that are not deleted. */
export async function countAlive(
  store: Store,
  connectionId: string,
  object: string,
  untilMs: number,
): Promise<number> {
  const [found] = await store.db
    .select({ n: count() })
    .from(crmRows)
    .where(
      and(
        eq(crmRows.connectionId, connectionId),
        eq(crmRows.object, object),
        eq(crmRows.deleted, 0),
        lt(crmRows.stampMs, untilMs),
      ),
    );
  return found?.n ?? 0;
}

/** Ids of the rows that `countLocal` counts. */
export async function localIds(
  store: Store,
  connectionId: string,
  object: string,
  fromMs: number,
  untilMs: number,
): Promise<string[]> {
  const found = await idsWithin(store, { connectionId, object, fromMs, untilMs });
  return found.map((row) => row.id);
}

/**
 * A stamp that parts the rows of [fromMs, untilMs) into two halves that are both smaller;
 * null = they cannot be parted.
 */
export async function middleStamp(
  store: Store,
  connectionId: string,
  object: string,
  fromMs: number,
  untilMs: number,
): Promise<number | null> {
  const window = and(
    eq(crmRows.connectionId, connectionId),
    eq(crmRows.object, object),
    gte(crmRows.stampMs, fromMs),
    lt(crmRows.stampMs, untilMs),
  );
  const rows = await countLocal(store, connectionId, object, fromMs, untilMs);
  const [found] = await store.db
    .select({ stampMs: crmRows.stampMs })
    .from(crmRows)
    .where(window)
    .orderBy(asc(crmRows.stampMs))
    .limit(1)
    .offset(Math.floor(rows / 2));
  return found === undefined || found.stampMs <= fromMs ? null : found.stampMs;
}

/** The latest sight of any row of the object, by the clock of whoever saw it; 0 = none. */
export async function newestSeen(
  store: Store,
  connectionId: string,
  object: string,
): Promise<number> {
  const [found] = await seenLast(store, { connectionId, object });
  return found?.ms ?? 0;
}

export interface CommitRow {
  row: CrmRow;
  hash: string;
}

const NOT_OLDER: UpsertOptions = { only: { column: 'stamp_ms', is: '>=' } };

/** Upsert of the local copy. An older stamp never overwrites a newer one. */
export function saveLocal(
  store: Store,
  connectionId: string,
  rows: CommitRow[],
  mapping: string,
  seenMs: number,
): Statement[] {
  return upsertRows(
    store,
    crmRows,
    rows.map(({ row, hash }) => ({
      connectionId,
      object: row.object,
      id: row.id,
      fields: JSON.stringify({
        fields: row.fields,
        links: row.links,
        history: row.history,
        unread: row.unread,
        spelt: row.spelt,
      }),
      hash,
      mergedIntoId: row.mergedIntoId,
      mapping,
      stampMs: row.stampMs,
      seenMs,
      deleted: row.deleted ? 1 : 0,
    })),
    NOT_OLDER,
  );
}

/**
 * Upserts of the model, with tombstones for rows that are gone, and the redirects of merges.
 * `goneMs`: as of when what is gone counts as gone.
 */
export function saveMapped(
  store: Store,
  connectionId: string,
  rows: MappedRow[],
  seenMs: number,
  goneMs = seenMs,
): Statement[] {
  const statements: Statement[] = [];
  for (const [entity, table] of Object.entries(ENTITY_TABLES)) {
    const own = rows.filter((row) => row.entity === entity);
    if (own.length === 0) continue;
    const facts = (row: MappedRow) => ({
      connectionId,
      object: row.object,
      id: row.id,
      stampMs: row.stampMs,
      seenMs,
    });
    const marks = linkMarks(store, connectionId, entity as EntityName, own);
    statements.push(
      ...marks.before,
      ...upsertRows(
        store,
        table,
        own
          .filter((row) => !row.deleted)
          .map((row) => ({ ...row.values, ...facts(row), deleted: 0 })),
        entity === 'deal' ? { ...NOT_OLDER, update: DEAL_COLUMNS } : NOT_OLDER,
      ),
    );
    // A tombstone keeps the values that it had: an undelete, and every score of
    // the past, still needs them. Its names go after a time (`forgetDeleted`).
    const gone = own.filter((row) => row.deleted);
    if (gone.length > 0) {
      statements.push(
        store.db
          .update(table)
          .set({ deleted: 1, seenMs: goneMs })
          .where(
            and(
              eq(table.connectionId, connectionId),
              eq(table.object, gone[0]!.object),
              // When it was first seen to be gone stays: a replay asks what was there.
              eq(table.deleted, 0),
              sql`${table.id} in ${inJson(gone.map((row) => row.id))}`,
            ),
          ),
      );
    }
    statements.push(...saveSeveral(store, connectionId, entity as EntityName, own), ...marks.after);
  }
  const merged = new Map(
    rows.filter((row) => row.mergedIntoId !== null).map((row) => [`${row.object}/${row.id}`, row]),
  );
  statements.push(
    ...(merged.size === 0 ? [] : [markRedirects(store, connectionId)]),
    ...upsertRows(
      store,
      redirects,
      [...merged.values()].map((row) => ({
        connectionId,
        object: row.object,
        fromId: row.id,
        toId: row.mergedIntoId,
        seenMs,
      })),
    ),
  );
  return statements;
}

/**
 * Everything but what the link step works out; that the row is not `linked` any more is of the row.
 */
const DEAL_COLUMNS = Object.keys(ENTITY_TABLES.deal).filter(
  (name) => !['resolvedPartnerId', 'resolvedVia', 'rate', 'rateOn'].includes(name),
);

interface StoredRow {
  object: string;
  id: string;
  fields: string;
  stampMs: number;
  deleted: number;
  mergedIntoId: string | null;
}

function toCrmRow(stored: StoredRow): CrmRow {
  const body = JSON.parse(stored.fields) as Pick<
    CrmRow,
    'fields' | 'links' | 'history' | 'unread' | 'spelt'
  >;
  return {
    object: stored.object,
    id: stored.id,
    ...body,
    stampMs: stored.stampMs,
    deleted: stored.deleted === 1,
    mergedIntoId: stored.mergedIntoId,
  };
}

/** Takes rows out of the local copy: the CRM has destroyed them. */
export const forgetLocal = (
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Statement[] => (ids.length === 0 ? [] : [forget(store, { connectionId, object, ids })]);

/** Marks rows as present in an enumeration of the CRM. */
export const markSeen = (
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
  seenMs: number,
): Statement[] => [seen(store, { connectionId, object, ids, seenMs })];

/**
 * How many rows we hold as alive, and the ids of those that an enumeration begun at
 * `sinceMs` did not come across.
 */
export async function unseenSince(
  store: Store,
  connectionId: string,
  object: string,
  sinceMs: number,
): Promise<{ held: number; ids: string[] }> {
  const own = and(
    eq(crmRows.connectionId, connectionId),
    eq(crmRows.object, object),
    eq(crmRows.deleted, 0),
  );
  const [all] = await store.db.select({ n: count() }).from(crmRows).where(own);
  const unseen = await store.db
    .select({ id: crmRows.id })
    .from(crmRows)
    .where(and(own, lt(crmRows.seenMs, sinceMs)))
    .orderBy(asc(crmRows.id));
  return { held: all?.n ?? 0, ids: unseen.map((row) => row.id) };
}
