import { and, eq, getTableColumns } from 'drizzle-orm';
import type { StatementSource, TrackRecord } from '../model/record.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { shadowGates, trackRecords } from './schema.ts';
import type { Statement, Store } from './store.ts';

const recordOf = preparedRead(getTableColumns(trackRecords), (select) =>
  select
    .from(trackRecords)
    .where(
      and(
        eq(trackRecords.connectionId, given('connectionId')),
        eq(trackRecords.source, given('source')),
      ),
    ),
);
const gateOf = preparedRead(getTableColumns(shadowGates), (select) =>
  select.from(shadowGates).where(eq(shadowGates.connectionId, given('connectionId'))),
);

/** The record as it was last counted; null = never. Statements due by `settledMs` are settled. */
export async function readTrackRecord(
  store: Store,
  connectionId: string,
  source: StatementSource,
): Promise<{ settledMs: number; record: TrackRecord } | null> {
  const [found] = await recordOf(store, { connectionId, source });
  if (found === undefined) return null;
  return { settledMs: found.settledMs, record: JSON.parse(found.body) as TrackRecord };
}

export const saveTrackRecord = (
  store: Store,
  connectionId: string,
  settledMs: number,
  record: TrackRecord,
): Statement[] =>
  upsertRows(store, trackRecords, [
    { connectionId, source: record.source, settledMs, body: JSON.stringify(record) },
  ]);

/** When and why `shadow: until-skill` opened; null = it has not. */
export async function readShadowGate(
  store: Store,
  connectionId: string,
): Promise<{ openedMs: number; runId: string; why: string } | null> {
  const [found] = await gateOf(store, { connectionId });
  return found ?? null;
}

/** Opens it for good: what opened it first stays. */
export const openShadowGate = (
  store: Store,
  connectionId: string,
  opened: { openedMs: number; runId: string; why: string },
): Statement[] => upsertRows(store, shadowGates, [{ connectionId, ...opened }], { ignore: true });
