import { and, eq, lt, sql, type SQL } from 'drizzle-orm';
import { dropOldFits } from './fits.ts';
import { inJson } from './json-batch.ts';
import {
  forecasts,
  models,
  partnerScores,
  runs,
  runSteps,
  windows,
  writeIntents,
} from './schema.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;

/**
 * How long history is kept. A run every quarter of an hour scores every partner a hundred times a
 * day, and the track record needs one of them:
 * scores, models and forecasts stay of every run for two days, then of the last run of a day, and
 * after a quarter of the last run of a month, for good. The last run of a forecast's period stays
 * for good, whatever the month of UTC it fell in: a period that has closed is kept as it stood.
 */
const EVERY_RUN_MS = 2 * DAY_MS;
const DAILY_MS = 92 * DAY_MS;
/** Steps tell how a run went; nobody asks after a month. */
const STEPS_MS = 31 * DAY_MS;
/**
 * A run can be shown and undone for half a year; then its intents and receipts go, and the ledger
 * alone says what we wrote last.
 */
const RUNS_MS = 183 * DAY_MS;

/** Runs that one call takes: a first call on an old database must not hold it for minutes. */
const RUNS_PER_CALL = 100;

/**
 * Of the runs whose results stay, longer ago ever fewer: every one, one a day, one a month, one a
 * period.
 */
function keptRuns(connectionId: string, nowMs: number): SQL {
  // SQLite gives the other columns of the row that has the maximum
  // (https://www.sqlite.org/lang_select.html#bareagg).
  const lastOf = (format: string) =>
    sql`select id from (select id, max(started_ms) from runs where connection_id = ${connectionId} and kind = 'sync' and state = 'done' group by strftime(${format}, started_ms / 1000, 'unixepoch'))`;
  const lastOfPeriods = sql`select id from (select runs.id as id, max(forecasts.as_of_ms) from forecasts join runs on runs.id = forecasts.run_id where forecasts.connection_id = ${connectionId} and runs.kind = 'sync' and runs.state = 'done' group by forecasts.period)`;
  return sql`(${runs.startedMs} >= ${nowMs - EVERY_RUN_MS} or ${runs.id} in (${lastOfPeriods}) or (${runs.startedMs} >= ${nowMs - DAILY_MS} and ${runs.id} in (${lastOf('%Y-%m-%d')})) or ${runs.id} in (${lastOf('%Y-%m')}))`;
}

interface Prunable {
  /** Their scores and forecasts go. */
  scored: { id: string }[];
  /** Their steps go. */
  stepped: { id: string }[];
  /** All that is left of them goes. */
  old: { id: string }[];
}

async function prunable(store: Store, connectionId: string, nowMs: number): Promise<Prunable> {
  const kept = keptRuns(connectionId, nowMs);
  const oldest = async (...conditions: SQL[]): Promise<{ id: string }[]> =>
    await store.db
      .select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.connectionId, connectionId), ...conditions))
      .orderBy(runs.startedMs)
      .limit(RUNS_PER_CALL);
  return {
    scored: await oldest(
      sql`not ${kept}`,
      sql`(exists (select 1 from ${partnerScores} where ${partnerScores.connectionId} = ${connectionId} and ${partnerScores.runId} = ${runs.id}) or exists (select 1 from ${forecasts} where ${forecasts.connectionId} = ${connectionId} and ${forecasts.runId} = ${runs.id}))`,
    ),
    stepped: await oldest(
      lt(runs.startedMs, nowMs - STEPS_MS),
      sql`exists (select 1 from ${runSteps} where ${runSteps.runId} = ${runs.id})`,
    ),
    // A write whose outcome is open must be settled first, however old it is.
    old: await oldest(
      lt(runs.startedMs, nowMs - RUNS_MS),
      sql`not ${kept}`,
      sql`not exists (select 1 from ${writeIntents} where ${writeIntents.runId} = ${runs.id} and ${writeIntents.state} = 'sent')`,
    ),
  };
}

/**
 * Drops history beyond its time, a bounded part of it; what is left over goes with the runs that
 * follow. `nowMs` must not run ahead.
 */
export async function pruneHistory(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<{ runs: number }> {
  const own = eq(runs.connectionId, connectionId);
  const kept = keptRuns(connectionId, nowMs);
  const { scored, stepped, old } = await prunable(store, connectionId, nowMs);
  const ids = (found: { id: string }[]) => inJson(found.map((run) => run.id));
  await store.batch([
    store.db
      .delete(partnerScores)
      .where(
        and(
          eq(partnerScores.connectionId, connectionId),
          sql`${partnerScores.runId} in ${ids(scored)}`,
        ),
      ),
    store.db
      .delete(forecasts)
      .where(
        and(eq(forecasts.connectionId, connectionId), sql`${forecasts.runId} in ${ids(scored)}`),
      ),
    store.db
      .delete(models)
      .where(
        and(
          eq(models.connectionId, connectionId),
          lt(models.fittedMs, nowMs - EVERY_RUN_MS),
          sql`${models.version} not in (select ${runs.model} from ${runs} where ${own} and ${runs.model} is not null and ${kept})`,
        ),
      ),
    ...dropOldFits(store, connectionId, nowMs),
    store.db.delete(runSteps).where(sql`${runSteps.runId} in ${ids(stepped)}`),
    store.db.delete(writeIntents).where(sql`${writeIntents.runId} in ${ids(old)}`),
    store.db.delete(windows).where(sql`${windows.runId} in ${ids(old)}`),
    store.db.delete(runs).where(sql`${runs.id} in ${ids(old)}`),
  ]);
  return { runs: new Set([...scored, ...stepped, ...old].map((run) => run.id)).size };
}
