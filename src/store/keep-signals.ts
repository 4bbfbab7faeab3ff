import { and, asc, eq, getTableColumns, gt, ne, sql } from 'drizzle-orm';
import { OWN_SIGNALS, TWO_OF_A_KEY } from '../model/signals.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { upsertRows } from './json-batch.ts';
import { issues, signals } from './schema.ts';
import type { Store } from './store.ts';

/** A signal to be kept here, beside those of the CRM. */
export interface KeptSignal {
  /** Of the source and its key. */
  id: string;
  partnerId: string;
  kind: string;
  atMs: number;
  value: number;
}

/** A signal that was refused, in words, with what was sent. */
export interface SignalRefusal {
  id: string;
  field: string;
  code: string;
  message: string;
  input: string;
}

const keptOf = preparedRead(getTableColumns(signals), (select) =>
  select
    .from(signals)
    .where(
      and(
        eq(signals.connectionId, given('connectionId')),
        eq(signals.object, OWN_SIGNALS),
        sql`${signals.id} in ${inGiven('ids')}`,
      ),
    ),
);
const ownRefusals = and(
  eq(issues.connectionId, given('connectionId')),
  eq(issues.object, OWN_SIGNALS),
  eq(issues.kind, 'signal'),
);
const refusalsOf = preparedRead(
  { id: issues.id, field: issues.field, message: issues.message, input: issues.input },
  (select) => select.from(issues).where(and(ownRefusals, sql`${issues.id} in ${inGiven('ids')}`)),
);
const dropRefusals = preparedWrite((db) =>
  db.delete(issues).where(and(ownRefusals, sql`${issues.id} in ${inGiven('ids')}`)),
);
const allRefusals = preparedRead({ id: issues.id, input: issues.input }, (select) =>
  select
    .from(issues)
    .where(and(ownRefusals, ne(issues.code, TWO_OF_A_KEY), gt(issues.id, given('after'))))
    .orderBy(asc(issues.id))
    .limit(given('limit')),
);

/** How a batch of signals came out. */
export interface KeptSignals {
  kept: number;
  /** Known under the same key, with another content: the later one stands. */
  corrected: number;
  /** Known already, to the letter. */
  same: number;
}

/**
 * Keeps a batch, and refuses what is refused, in one transaction. What is known already is not
 * touched: when it was first seen stays. `history` = these were known when they happened.
 */
export async function keepSignals(
  store: Store,
  connectionId: string,
  batch: { kept: readonly KeptSignal[]; refused: readonly SignalRefusal[]; history: boolean },
  nowMs: number,
): Promise<KeptSignals> {
  const ids = [...batch.kept, ...batch.refused].map((one) => one.id);
  const own = { connectionId, ids };
  const before = new Map((await keptOf(store, own)).map((row) => [row.id, row]));
  const refusedBefore = new Map((await refusalsOf(store, own)).map((row) => [row.id, row]));
  const done: KeptSignals = { kept: 0, corrected: 0, same: 0 };
  const fresh = batch.kept.filter((one) => {
    const row = before.get(one.id);
    const known =
      row !== undefined &&
      row.partnerId === one.partnerId &&
      row.kind === one.kind &&
      row.at === one.atMs &&
      row.value === one.value;
    done[known ? 'same' : row === undefined ? 'kept' : 'corrected']++;
    return !known;
  });
  const changed = batch.refused.filter((one) => {
    const row = refusedBefore.get(one.id);
    return row?.message !== one.message || row.input !== one.input;
  });
  const solved = [...batch.kept, ...changed].filter((one) => refusedBefore.has(one.id));
  await store.batch([
    ...upsertRows(
      store,
      signals,
      fresh.map((one) => ({
        connectionId,
        object: OWN_SIGNALS,
        id: one.id,
        partnerId: one.partnerId,
        kind: one.kind,
        at: one.atMs,
        value: one.value,
        stampMs: batch.history && !before.has(one.id) ? Math.min(one.atMs, nowMs) : nowMs,
        seenMs: nowMs,
        deleted: 0,
      })),
    ),
    ...(solved.length === 0
      ? []
      : [dropRefusals(store, { connectionId, ids: solved.map((one) => one.id) })]),
    ...upsertRows(
      store,
      issues,
      changed.map((one) => ({
        ...one,
        connectionId,
        object: OWN_SIGNALS,
        entity: 'signal',
        kind: 'signal',
        runId: '',
        firstMs: nowMs,
        lastMs: nowMs,
      })),
    ),
  ]);
  return done;
}

/**
 * Refused signals as they were sent, in the order of their ids. Of several under one key only one
 * is held, which must not be kept for all of them: they are sent again put right.
 */
export async function refusedSignals(
  store: Store,
  connectionId: string,
  after: string,
  limit: number,
): Promise<{ id: string; input: string | null }[]> {
  return await allRefusals(store, { connectionId, after, limit });
}

const countsOf = preparedRead(
  {
    kind: signals.kind,
    signals: sql<number>`count(*)`,
    partners: sql<number>`count(distinct ${signals.partnerId})`,
    firstMs: sql<number>`min(${signals.at})`,
    lastMs: sql<number>`max(${signals.at})`,
    receivedMs: sql<number>`max(${signals.seenMs})`,
  },
  (select) =>
    select
      .from(signals)
      .where(and(eq(signals.connectionId, given('connectionId')), eq(signals.deleted, 0)))
      .groupBy(signals.kind)
      .orderBy(asc(signals.kind)),
);
const refusedCount = preparedRead({ refused: sql<number>`count(*)` }, (select) =>
  select.from(issues).where(ownRefusals),
);

/** What has arrived, by kind, from the CRM and from elsewhere. */
export async function signalCounts(store: Store, connectionId: string) {
  const [{ refused = 0 } = {}] = await refusedCount(store, { connectionId });
  return { kinds: await countsOf(store, { connectionId }), refused };
}
