import { eq, getTableColumns } from 'drizzle-orm';
import type { BacktestReport, JudgedStatement } from '../model/record.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { backtests } from './schema.ts';
import { dropReplayed, saveOutcomes, saveStatements, slotOf } from './statements.ts';
import type { Store } from './store.ts';
import { saveTrackRecord } from './track-record.ts';

const lastOf = preparedRead(getTableColumns(backtests), (select) =>
  select.from(backtests).where(eq(backtests.connectionId, given('connectionId'))),
);

const askedOf = preparedRead({ connectionId: backtests.connectionId }, (select) =>
  select.from(backtests).where(eq(backtests.connectionId, given('connectionId'))),
);

/** Whether a backtest of the connection was ever run; its report may be large. */
export const wasBacktested = async (store: Store, connectionId: string): Promise<boolean> =>
  (await askedOf(store, { connectionId })).length > 0;

/** The last backtest of a connection; null = none was run. */
export async function readBacktest(
  store: Store,
  connectionId: string,
): Promise<BacktestReport | null> {
  const [found] = await lastOf(store, { connectionId });
  return found === undefined ? null : (JSON.parse(found.body) as BacktestReport);
}

/**
 * Keeps the report. What it made again takes the place of what the one before did, marked as
 * replayed; other horizons than the live ones make no record.
 */
export async function keepBacktest(
  store: Store,
  connectionId: string,
  report: BacktestReport,
  judged: JudgedStatement[],
): Promise<void> {
  const place = { connectionId, source: 'replayed', runId: 'backtest' } as const;
  const body = JSON.stringify(report);
  await store.batch([
    ...upsertRows(store, backtests, [{ connectionId, asOfMs: report.asOfMs, body }]),
    ...(report.horizon === 'quarter'
      ? [
          ...dropReplayed(connectionId),
          ...saveStatements(store, place, judged),
          ...saveOutcomes(
            store,
            place,
            judged.map((one) => ({ ...one, slot: slotOf(one.saidMs) })),
          ),
          ...saveTrackRecord(store, connectionId, report.asOfMs, report.record),
        ]
      : []),
  ]);
}
