import { sql, type SQL } from 'drizzle-orm';
import { DAILY_MS, EVERY_RUN_MS, HOURLY_MS } from './retention.ts';
import { runs, writeIntents } from './schema.ts';

/**
 * Of the runs whose results stay, longer ago ever fewer: every one, one an hour, a day, a month, a
 * period.
 */
export function keptRuns(connectionId: string, nowMs: number): SQL {
  // A dry run leaves its results beside, so it cannot stand for its hour, day or month.
  // SQLite gives the other columns of the row that has the maximum
  // (https://www.sqlite.org/lang_select.html#bareagg).
  const lastOf = (format: string, since = sql``) =>
    sql`select id from (select id, max(started_ms) from runs where connection_id = ${connectionId} and kind = 'sync' and state = 'done' and dry_run = 0${since} group by strftime(${format}, started_ms / 1000, 'unixepoch'))`;
  const lastOfPeriods = sql`select id from (select runs.id as id, max(forecasts.as_of_ms) from forecasts join runs on runs.id = forecasts.run_id where forecasts.connection_id = ${connectionId} and runs.kind = 'sync' and runs.state = 'done' group by forecasts.period)`;
  const hourly = nowMs - HOURLY_MS;
  const lastOfHours = lastOf('%Y-%m-%d %H', sql` and started_ms >= ${hourly - 3_600_000}`);
  return sql`(${runs.startedMs} >= ${nowMs - EVERY_RUN_MS} or ${runs.id} in (${lastOfPeriods}) or (${runs.startedMs} >= ${hourly} and ${runs.id} in (${lastOfHours})) or (${runs.startedMs} >= ${nowMs - DAILY_MS} and ${runs.id} in (${lastOf('%Y-%m-%d')})) or ${runs.id} in (${lastOf('%Y-%m')}))`;
}

/** It ended well and had nothing to write: there is nothing to undo and hardly anything to ask. */
export const quietRun: SQL = sql`(${runs.kind} = 'sync' and ${runs.state} = 'done' and not exists (select 1 from ${writeIntents} where ${writeIntents.runId} = ${runs.id}))`;
