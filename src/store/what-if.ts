import { getTableColumns, sql } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { OWN_PLANS } from '../model/plan.ts';
import { OWN_SIGNALS } from '../model/signals.ts';
import { given, preparedRead, preparedSql } from './prepared.ts';
import { latestForecast } from './results.ts';
import { findRun } from './runs.ts';
import {
  claimKeys,
  claimDecisions,
  claims,
  conflicts,
  creditBook,
  credits,
  crmRows,
  cursors,
  dealLinks,
  dealLooks,
  dealScores,
  ENTITY_TABLES,
  forecasts,
  issues,
  kpiValues,
  linkStates,
  models,
  partnerCredits,
  partnerScores,
  planRevisions,
  redirects,
  runs,
  severalLinks,
  windows,
} from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * What a dry run finds stands beside what is served: under a connection id of its own, which no
 * connection document may have. Where its mapping reads the rows in another way than the last real
 * run's, it has a copy of them as well, so that the ones that everybody uses stay as they are.
 * What stands there is of the last dry run alone.
 */
export const whatIfOf = (connectionId: string): string => `${connectionId}~what-if`;

/** Where results are read from: the last real run's, or those of the dry run that stand beside. */
export interface ResultsPlace {
  rowsId: string;
  resultsId: string;
  whatIf: boolean;
}

/** null = no dry run has left results since the last one that was cleared away. */
export async function resultsPlace(
  store: Store,
  connectionId: string,
  whatIf: boolean,
): Promise<ResultsPlace | null> {
  if (!whatIf) return { rowsId: connectionId, resultsId: connectionId, whatIf };
  const resultsId = whatIfOf(connectionId);
  const found = await latestForecast(store, resultsId);
  if (found === null) return null;
  const copied = (await findRun(store, found.runId))?.summary?.['copied'] === true;
  return { rowsId: copied ? resultsId : connectionId, resultsId, whatIf };
}

/** Rows that one statement copies or deletes. */
const PAGE = 10_000;

/** Everything that a run may leave under a connection's id. */
const LEFT: SQLiteTable[] = [
  ...Object.values(ENTITY_TABLES),
  crmRows,
  cursors,
  redirects,
  severalLinks,
  linkStates,
  windows,
  issues,
  partnerScores,
  dealScores,
  kpiValues,
  forecasts,
  models,
  planRevisions,
  dealLinks,
  dealLooks,
  creditBook,
  credits,
  partnerCredits,
  claimKeys,
  claims,
  claimDecisions,
  conflicts,
];
/** What a copy begins with beside the rows themselves, which are mapped anew. */
const MEMORY: SQLiteTable[] = [
  cursors,
  redirects,
  planRevisions,
  dealLinks,
  dealLooks,
  creditBook,
  claimDecisions,
];
/** Partners and deals stay after the run, so that its scores have names. */
const NAMED = new Set<SQLiteTable>([
  ENTITY_TABLES.partner,
  ENTITY_TABLES.deal,
  partnerScores,
  dealScores,
  kpiValues,
  forecasts,
  models,
  creditBook,
  credits,
  partnerCredits,
  claims,
  conflicts,
]);

const ownOf = (table: SQLiteTable) =>
  sql`${table} where ${sql.raw('connection_id')} = ${given('connectionId')}`;
const clearing = LEFT.map((table) => ({
  table,
  left: preparedRead({ n: sql<number>`1` }, (select) =>
    select
      .from(table)
      .where(sql`connection_id = ${given('connectionId')}`)
      .limit(1),
  ),
  drop: preparedSql(
    sql`delete from ${table} where rowid in (select rowid from ${ownOf(table)} limit ${given('rows')})`,
  ),
}));

/** Takes away what a dry run left; `rowsOnly` leaves its results, with the names that they need. */
export async function clearWhatIf(
  store: Store,
  connectionId: string,
  rowsOnly = false,
): Promise<void> {
  const own = { connectionId: whatIfOf(connectionId), rows: PAGE };
  for (const { table, left, drop } of clearing) {
    if (rowsOnly && NAMED.has(table)) continue;
    while ((await left(store, own)).length > 0) await store.batch([drop(own)]);
  }
}

const columnsOf = (table: SQLiteTable): string =>
  Object.values(getTableColumns(table))
    .map((column) => `"${column.name}"`)
    .filter((name) => name !== '"connection_id"')
    .join(', ');
const copyOf = (table: SQLiteTable, rest = sql``) =>
  preparedSql(
    sql`insert or replace into ${sql.raw(`"${getTableConfig(table).name}"`)} (connection_id, ${sql.raw(columnsOf(table))}) select ${given('copy')}, ${sql.raw(columnsOf(table))} from ${ownOf(table)}${rest}`,
  );
const copyMemory = [
  ...MEMORY.map((table) => copyOf(table)),
  // Plans and signals that are kept here have no rows of the CRM that could be mapped anew.
  ...[ENTITY_TABLES.plan, ENTITY_TABLES.target, ENTITY_TABLES.milestone].map((table) =>
    copyOf(table, sql` and object = ${OWN_PLANS}`),
  ),
  copyOf(ENTITY_TABLES.signal, sql` and object = ${OWN_SIGNALS}`),
];
const behind = sql` and (object, id) > (${given('object')}, ${given('id')})`;
const copyRows = copyOf(crmRows, sql`${behind} order by object, id limit ${given('rows')}`);
const edge = preparedRead({ object: crmRows.object, id: crmRows.id }, (select) =>
  select
    .from(crmRows)
    .where(sql`connection_id = ${given('connectionId')}${behind}`)
    .orderBy(crmRows.object, crmRows.id)
    .limit(1)
    .offset(given('skip')),
);

export interface CopyPlace {
  object: string;
  id: string;
}

/**
 * Copies a page of the local copy, with the first one also where its streams stand. null = that was
 * the last.
 */
export async function copyPage(
  store: Store,
  connectionId: string,
  after: CopyPlace | null,
): Promise<CopyPlace | null> {
  const place = { connectionId, ...(after ?? { object: '', id: '' }) };
  const copy = { ...place, copy: whatIfOf(connectionId), rows: PAGE };
  const [last] = await edge(store, { ...place, skip: PAGE - 1 });
  const statements: Statement[] = after === null ? copyMemory.map((page) => page(copy)) : [];
  await store.batch([...statements, copyRows(copy)]);
  return last ?? null;
}

const realRun = preparedRead({ id: runs.id }, (select) =>
  select
    .from(runs)
    .where(
      sql`${runs.connectionId} = ${given('connectionId')} and ${runs.state} = 'done' and ${runs.kind} = 'sync' and ${runs.dryRun} = 0`,
    )
    .limit(1),
);

/** Whether anything is served yet that a dry run could be taken for. */
export const hasRealRun = async (store: Store, connectionId: string): Promise<boolean> =>
  (await realRun(store, { connectionId })).length > 0;
