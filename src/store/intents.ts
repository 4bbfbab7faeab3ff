import { and, asc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { CrmValue } from '../model/connector.ts';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { ledger, writeIntents } from './schema.ts';
import type { Statement, Store } from './store.ts';

export type IntentState = 'planned' | 'held' | 'sent' | 'done' | 'rejected' | 'superseded';

/** One field that a run wants to change. */
export interface Intent {
  runId: string;
  connectionId: string;
  object: string;
  recordId: string;
  field: string;
  oldValue: CrmValue;
  newValue: CrmValue;
  state: IntentState;
  reason: string | null;
  atMs: number;
}

export interface LedgerEntry {
  recordId: string;
  field: string;
  value: CrmValue;
  runId: string;
  writtenMs: number;
  /** How often in a row we wrote over something else than what we had written. */
  restored: number;
  /**
   * A stamp of the record, the CRM's own, at which the CRM was seen to hold the value, and that no
   * later save can have; null = never seen since it was written.
   */
  stoodMs: number | null;
}

export const saveIntents = (store: Store, intents: Intent[]): Statement[] =>
  upsertRows(
    store,
    writeIntents,
    intents.map((intent) => ({
      ...intent,
      oldValue: JSON.stringify(intent.oldValue),
      newValue: JSON.stringify(intent.newValue),
    })),
  );

/** `restored` by place: see `LedgerEntry`. */
export const saveLedger = (
  store: Store,
  intents: Intent[],
  writtenMs: number,
  restored: ReadonlyMap<Intent, number> = new Map(),
): Statement[] =>
  upsertRows(
    store,
    ledger,
    intents.map((intent) => ({
      connectionId: intent.connectionId,
      object: intent.object,
      recordId: intent.recordId,
      field: intent.field,
      value: JSON.stringify(intent.newValue),
      runId: intent.runId,
      writtenMs,
      restored: restored.get(intent) ?? 0,
    })),
  );

/** Notes at which stamps the values of these entries stood. */
export const saveStood = (
  store: Store,
  connectionId: string,
  object: string,
  entries: LedgerEntry[],
): Statement[] =>
  upsertRows(
    store,
    ledger,
    entries.map((entry) => ({
      ...entry,
      connectionId,
      object,
      value: JSON.stringify(entry.value),
    })),
    { update: ['stoodMs'] },
  );

type StoredIntent = typeof writeIntents.$inferSelect;
const toIntent = (stored: StoredIntent): Intent => ({
  ...stored,
  state: stored.state as IntentState,
  oldValue: JSON.parse(stored.oldValue) as CrmValue,
  newValue: JSON.parse(stored.newValue) as CrmValue,
});

const nextOf = preparedRead(getTableColumns(writeIntents), (select) =>
  select
    .from(writeIntents)
    .where(
      and(
        eq(writeIntents.runId, given('runId')),
        eq(writeIntents.object, given('object')),
        eq(writeIntents.state, given('state')),
        sql`${writeIntents.recordId} in (select distinct record_id from write_intents where run_id = ${given('runId')} and object = ${given('object')} and state = ${given('state')} order by record_id limit ${given('records')})`,
      ),
    )
    .orderBy(asc(writeIntents.recordId), asc(writeIntents.field)),
);
const unsettled = preparedRead(getTableColumns(writeIntents), (select) =>
  select
    .from(writeIntents)
    .where(
      and(
        eq(writeIntents.connectionId, given('connectionId')),
        sql`${writeIntents.state} = 'sent'`,
      ),
    )
    .orderBy(
      asc(writeIntents.runId),
      asc(writeIntents.object),
      asc(writeIntents.recordId),
      asc(writeIntents.field),
    )
    .limit(given('limit')),
);
const ledgerByIds = preparedRead(getTableColumns(ledger), (select) =>
  select
    .from(ledger)
    .where(
      and(
        eq(ledger.connectionId, given('connectionId')),
        eq(ledger.object, given('object')),
        sql`${ledger.recordId} in ${inGiven('ids')}`,
      ),
    ),
);

/**
 * Intents of whole records, so that a record's fields travel together: the next `records`
 * records of the run in that state.
 */
export async function nextIntents(
  store: Store,
  runId: string,
  object: string,
  state: IntentState,
  records: number,
): Promise<Intent[]> {
  const found = await nextOf(store, { runId, object, state, records });
  return found.map(toIntent);
}

/** Writes of earlier runs whose outcome nobody knows: sent, and never settled. */
export async function unsettledIntents(
  store: Store,
  connectionId: string,
  limit: number,
): Promise<Intent[]> {
  const found = await unsettled(store, { connectionId, limit });
  return found.map(toIntent);
}

export async function listIntents(store: Store, runId: string, limit: number): Promise<Intent[]> {
  const found = await store.db
    .select()
    .from(writeIntents)
    .where(eq(writeIntents.runId, runId))
    .orderBy(asc(writeIntents.object), asc(writeIntents.recordId), asc(writeIntents.field))
    .limit(limit);
  return found.map(toIntent);
}

/** Place of an intent in its run, for paging. */
export interface IntentPlace {
  object: string;
  recordId: string;
  field: string;
}

export const placeOf = ({ object, recordId, field }: Intent): IntentPlace => ({
  object,
  recordId,
  field,
});

/**
 * Intents of a run in one state (null = in any), ordered by object, record and field; `after` =
 * the place of the last one, null = from the beginning. `wanted`: more that must hold of them.
 */
export async function intentPage(
  store: Store,
  runId: string,
  state: IntentState | null,
  after: IntentPlace | null,
  limit: number,
  wanted: SQL[] = [],
): Promise<Intent[]> {
  // Compared as a row, so that the primary key finds the place; joined to one text it would be
  // computed for every intent of the run.
  const behind =
    after === null
      ? undefined
      : sql`(${writeIntents.object}, ${writeIntents.recordId}, ${writeIntents.field}) > (${after.object}, ${after.recordId}, ${after.field})`;
  const found = await store.db
    .select()
    .from(writeIntents)
    .where(
      and(
        eq(writeIntents.runId, runId),
        state === null ? undefined : eq(writeIntents.state, state),
        behind,
        ...wanted,
      ),
    )
    .orderBy(asc(writeIntents.object), asc(writeIntents.recordId), asc(writeIntents.field))
    .limit(limit);
  return found.map(toIntent);
}

export interface IntentCount {
  object: string;
  state: IntentState;
  reason: string | null;
  fields: number;
  records: number;
}

export async function countIntents(store: Store, runId: string): Promise<IntentCount[]> {
  const found = await store.db
    .select({
      object: writeIntents.object,
      state: writeIntents.state,
      reason: writeIntents.reason,
      fields: sql<number>`count(*)`,
      records: sql<number>`count(distinct ${writeIntents.recordId})`,
    })
    .from(writeIntents)
    .where(eq(writeIntents.runId, runId))
    .groupBy(writeIntents.object, writeIntents.state, writeIntents.reason)
    .orderBy(writeIntents.object, writeIntents.state, writeIntents.reason);
  return found.map((row) => ({ ...row, state: row.state as IntentState }));
}

export async function ledgerOf(
  store: Store,
  connectionId: string,
  object: string,
  recordIds: string[],
): Promise<Map<string, LedgerEntry>> {
  const found = await ledgerByIds(store, { connectionId, object, ids: recordIds });
  return new Map(
    found.map((row) => [
      `${row.recordId}/${row.field}`,
      {
        recordId: row.recordId,
        field: row.field,
        value: JSON.parse(row.value) as CrmValue,
        runId: row.runId,
        writtenMs: row.writtenMs,
        restored: row.restored,
        stoodMs: row.stoodMs,
      },
    ]),
  );
}
