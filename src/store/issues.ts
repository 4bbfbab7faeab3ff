import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { EntityName, MapReject } from '../model/entities.ts';
import { inJson, upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { crmRows, issues } from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * Quarantine: rows that the mapping refused, and fields that the CRM refused, in words,
 * until their input changes.
 */

/** Characters of a refused value that are kept: a text field may hold megabytes. */
const SHOWN_INPUT = 1_000;
/** Nobody reads more of them; where so many are refused, they are refused for one reason. */
const MOST_REFUSED = 10_000;

export interface Issue {
  object: string;
  id: string;
  entity: string;
  field: string;
  kind: string;
  code: string;
  message: string;
  input: string | null;
  firstMs: number;
  lastMs: number;
}

export async function listIssues(
  store: Store,
  connectionId: string,
  limit: number,
): Promise<Issue[]> {
  return await store.db
    .select({
      object: issues.object,
      id: issues.id,
      entity: issues.entity,
      field: issues.field,
      kind: issues.kind,
      code: issues.code,
      message: issues.message,
      input: issues.input,
      firstMs: issues.firstMs,
      lastMs: issues.lastMs,
    })
    .from(issues)
    .where(eq(issues.connectionId, connectionId))
    .orderBy(desc(issues.lastMs), issues.object, issues.id, issues.field)
    .limit(limit);
}

const ofObject = (kind: 'mapping' | 'write') =>
  and(
    eq(issues.connectionId, given('connectionId')),
    eq(issues.object, given('object')),
    eq(issues.kind, kind),
  );
const ofRecords = (kind: 'mapping' | 'write') =>
  and(ofObject(kind), sql`${issues.id} in ${inGiven('ids')}`);
const dropRejects = preparedWrite((db) => db.delete(issues).where(ofRecords('mapping')));
const dropRefusals = preparedWrite((db) => db.delete(issues).where(ofRecords('write')));
const dropRefusedFields = preparedWrite((db) =>
  db
    .delete(issues)
    .where(
      and(ofObject('write'), sql`${issues.id} || '/' || ${issues.field} in ${inGiven('fields')}`),
    ),
);
const refusalsOf = preparedRead(getTableColumns(issues), (select) =>
  select.from(issues).where(ofRecords('write')),
);

const refusedEntities = preparedRead(getTableColumns(issues), (select) =>
  select
    .from(issues)
    .where(
      and(
        eq(issues.connectionId, given('connectionId')),
        eq(issues.kind, 'mapping'),
        sql`${issues.entity} in ${inGiven('entities')}`,
      ),
    )
    .orderBy(issues.object, issues.id, issues.field)
    .limit(MOST_REFUSED),
);

/** Rows of these entities that the mapping refused, the first ten thousand by object and id. */
export const refusedRowsOf = async (
  store: Store,
  connectionId: string,
  entities: readonly EntityName[],
): Promise<Pick<Issue, 'object' | 'id' | 'message'>[]> =>
  await refusedEntities(store, { connectionId, entities: [...entities] });

/** Quarantine of mapping refusals, and the release of rows that map again. */
export function saveRejects(
  store: Store,
  connectionId: string,
  mappedIds: { object: string; id: string }[],
  rejects: MapReject[],
  runId: string,
  nowMs: number,
): Statement[] {
  const statements: Statement[] = [];
  const byObject = Map.groupBy(mappedIds, (row) => row.object);
  for (const [object, rows] of byObject) {
    statements.push(dropRejects(store, { connectionId, object, ids: rows.map((row) => row.id) }));
  }
  statements.push(
    ...upsertRows(
      store,
      issues,
      rejects.map((reject) => ({
        connectionId,
        object: reject.object,
        id: reject.id,
        entity: reject.entity,
        field: reject.field,
        kind: 'mapping',
        code: reject.code,
        message: reject.message,
        input: reject.input?.slice(0, SHOWN_INPUT) ?? null,
        runId,
        firstMs: nowMs,
        lastMs: nowMs,
      })),
      { update: ['code', 'message', 'input', 'runId', 'lastMs'] },
    ),
  );
  return statements;
}

export interface WriteRefusal {
  object: string;
  id: string;
  field: string;
  code: string;
  message: string;
  input: string;
}

/** Quarantine of writes that the CRM refused. */
export const saveWriteRefusals = (
  store: Store,
  connectionId: string,
  refusals: WriteRefusal[],
  runId: string,
  nowMs: number,
): Statement[] =>
  upsertRows(
    store,
    issues,
    refusals.map((refusal) => ({
      connectionId,
      entity: 'write',
      kind: 'write',
      ...refusal,
      runId,
      firstMs: nowMs,
      lastMs: nowMs,
    })),
    { update: ['code', 'message', 'input', 'runId', 'lastMs'] },
  );

/** Fields that the CRM took are refused no more. */
export const releaseWrites = (
  store: Store,
  connectionId: string,
  object: string,
  written: { id: string; field: string }[],
): Statement[] =>
  written.length === 0
    ? []
    : [
        dropRefusedFields(store, {
          connectionId,
          object,
          fields: written.map((one) => `${one.id}/${one.field}`),
        }),
      ];

/**
 * A refusal is of the record as it was: once the record changed in the CRM,
 * the same write may try again.
 */
export const releaseRecords = (
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Statement[] => (ids.length === 0 ? [] : [dropRefusals(store, { connectionId, object, ids })]);

/**
 * A refusal of a record that is gone, of an object that is no longer read or of a field that is no
 * longer written has nobody left to put it right.
 */
export const retireIssues = (
  store: Store,
  connectionId: string,
  read: string[],
  written: { object: string; field: string }[],
): Statement[] => {
  const alive = sql`exists (select 1 from ${crmRows} where ${crmRows.connectionId} = ${connectionId} and ${crmRows.object} = ${issues.object} and ${crmRows.id} = ${issues.id} and ${crmRows.deleted} = 0)`;
  return [
    store.db
      .delete(issues)
      .where(
        and(
          eq(issues.connectionId, connectionId),
          eq(issues.kind, 'mapping'),
          sql`not (${issues.object} in ${inJson(read)} and ${alive})`,
        ),
      ),
    store.db
      .delete(issues)
      .where(
        and(
          eq(issues.connectionId, connectionId),
          eq(issues.kind, 'write'),
          sql`not (${issues.object} || '/' || ${issues.field} in ${inJson(written.map(({ object, field }) => `${object}/${field}`))} and ${alive})`,
        ),
      ),
  ];
};

/** What the CRM refused on these records at `sinceMs` or later, by `id/field`. */
export async function writeRefusals(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
  sinceMs: number,
): Promise<Map<string, { input: string | null; message: string }>> {
  const found = await refusalsOf(store, { connectionId, object, ids });
  return new Map(
    found
      .filter((row) => row.lastMs >= sinceMs)
      .map((row) => [`${row.id}/${row.field}`, { input: row.input, message: row.message }]),
  );
}

/**
 * Lets quarantined rows try again in the next run: refused writes are forgotten, refused
 * rows count as not mapped yet.
 * `id` null = all of the connection. Returns how many rows there were.
 */
export async function retryIssues(
  store: Store,
  connectionId: string,
  id: string | null,
): Promise<number> {
  const own = and(
    eq(issues.connectionId, connectionId),
    id === null ? undefined : eq(issues.id, id),
  );
  const found = await store.db
    .select({ object: issues.object, id: issues.id, kind: issues.kind })
    .from(issues)
    .where(and(own, sql`${issues.kind} in ('mapping', 'write')`));
  const unmapped = found
    .filter((issue) => issue.kind === 'mapping')
    .map((issue) => [issue.object, issue.id]);
  await store.batch([
    store.db
      .update(crmRows)
      .set({ mapping: '' })
      .where(
        and(
          eq(crmRows.connectionId, connectionId),
          sql`(${crmRows.object}, ${crmRows.id}) in (select value->>0, value->>1 from json_each(${JSON.stringify(unmapped)}))`,
        ),
      ),
    store.db.delete(issues).where(and(own, eq(issues.kind, 'write'))),
  ]);
  return new Set(found.map((issue) => `${issue.object}/${issue.id}`)).size;
}
