import type { Forecast } from '../model/score.ts';
import { latestForecast } from './results.ts';
import { findRun } from './runs.ts';
import type { Store } from './store.ts';

/** What the served numbers rest on, as the run that made them left it. */
export interface ServedEvidence {
  /** Open deals by how far they are shown to be real; null = no forecast was made. */
  standings: Forecast['standings'] | null;
  /** The run's credit, as its summary has it; null = nothing was credited. */
  credit: Record<string, unknown> | null;
}

export async function evidenceOf(
  store: Store,
  connectionId: string,
  runId: string,
): Promise<ServedEvidence> {
  const forecast = await latestForecast(store, connectionId);
  const credit = (await findRun(store, runId))?.summary?.['credit'];
  return {
    standings: forecast?.forecast.standings ?? null,
    credit:
      typeof credit === 'object' && credit !== null ? (credit as Record<string, unknown>) : null,
  };
}
