import { speechOf } from '../../predict/index.ts';
import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import { spokenSettings } from './spoken.ts';

/**
 * Where the last results stand, their moment, and in whose words they are said; null = nothing has
 * been scored yet. `rowsId` and `resultsId` differ where a dry run left results beside the real ones.
 */
export async function lastScored(
  store: Store,
  connectionId: string,
  { rowsId, resultsId }: { rowsId: string; resultsId: string },
) {
  const latest = await latestForecast(store, resultsId);
  if (latest === null) return null;
  const { asOfMs, currency } = latest.forecast;
  return {
    place: { connectionId, rowsId, resultsId, runId: latest.runId },
    asOfMs,
    currency,
    speech: speechOf({ ...(await spokenSettings(store, connectionId)), asOfMs }),
  };
}

export type ScoredPlace = NonNullable<Awaited<ReturnType<typeof lastScored>>>['place'];
