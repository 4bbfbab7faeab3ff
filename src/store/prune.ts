import { and, eq, lt, sql, type SQL } from 'drizzle-orm';
import { dropOldFits } from './fits.ts';
import { inJson } from './json-batch.ts';
import { keptRuns, quietRun } from './kept-runs.ts';
import { pruneAlerts } from './prune-alerts.ts';
import { pruneDocuments } from './prune-documents.ts';
import { EVERY_RUN_MS, QUIET_RUNS_MS, QUIET_STEPS_MS, RUNS_MS, STEPS_MS } from './retention.ts';
import {
  forecasts,
  models,
  partnerScores,
  runs,
  runSteps,
  scratch,
  windows,
  writeIntents,
} from './schema.ts';
import type { Store } from './store.ts';

/** Runs that one call takes: a first call on an old database must not hold it for minutes. */
const RUNS_PER_CALL = 100;

interface Prunable {
  /** Their scores and forecasts go. */
  scored: { id: string }[];
  /** Their steps go, and what they laid aside between steps. */
  stepped: { id: string }[];
  /** All that is left of them goes. */
  old: { id: string }[];
}

/** Longer ago than all runs stay, or than quiet ones do. */
const over = (nowMs: number, anyMs: number, quietMs: number): SQL =>
  sql`${runs.startedMs} < ${nowMs - quietMs} and (${runs.startedMs} < ${nowMs - anyMs} or ${quietRun})`;

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
      over(nowMs, STEPS_MS, QUIET_STEPS_MS),
      sql`(exists (select 1 from ${runSteps} where ${runSteps.runId} = ${runs.id}) or exists (select 1 from ${scratch} where ${scratch.runId} = ${runs.id}))`,
    ),
    // A write whose outcome is open must be settled first, however old it is.
    old: await oldest(
      over(nowMs, RUNS_MS, QUIET_RUNS_MS),
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
    store.db.delete(scratch).where(sql`${scratch.runId} in ${ids(stepped)}`),
    store.db.delete(writeIntents).where(sql`${writeIntents.runId} in ${ids(old)}`),
    store.db.delete(windows).where(sql`${windows.runId} in ${ids(old)}`),
    store.db.delete(runs).where(sql`${runs.id} in ${ids(old)}`),
    ...pruneDocuments(store, connectionId, nowMs),
    ...pruneAlerts(store, connectionId, nowMs),
  ]);
  return { runs: new Set([...scored, ...stepped, ...old].map((run) => run.id)).size };
}
