import { and, eq, sql } from 'drizzle-orm';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { crmRows, issues } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Rows in quarantine because the CRM would not give what they hold. */
const ofObject = () =>
  and(
    eq(issues.connectionId, given('connectionId')),
    eq(issues.object, given('object')),
    eq(issues.kind, 'mapping'),
  );
const heldBack = sql`exists (select 1 from ${crmRows} where ${crmRows.connectionId} = ${issues.connectionId} and ${crmRows.object} = ${issues.object} and ${crmRows.id} = ${issues.id} and ${crmRows.deleted} = 0 and json_extract(${crmRows.fields}, '$.unread') is not null)`;

const unread = preparedRead({ id: issues.id }, (select) =>
  select
    .from(issues)
    .where(and(ofObject(), sql`${issues.lastMs} <= ${given('triedByMs')}`, heldBack))
    .groupBy(issues.id)
    .limit(given('limit')),
);
const touch = preparedWrite((db) =>
  db
    .update(issues)
    .set({ lastMs: sql`${given('nowMs')}` })
    .where(and(ofObject(), sql`${issues.id} in ${inGiven('ids')}`)),
);

/** Ids of rows that nobody has tried to read since `triedByMs`. */
export async function unreadIds(
  store: Store,
  connectionId: string,
  object: string,
  triedByMs: number,
  limit: number,
): Promise<string[]> {
  return (await unread(store, { connectionId, object, triedByMs, limit })).map(({ id }) => id);
}

/** Notes that the rows are tried now. */
export const noteTried = (
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
  nowMs: number,
): Statement[] => [touch(store, { connectionId, object, ids, nowMs })];
