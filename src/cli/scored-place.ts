import { HeadwaterError } from '../model/error.ts';
import { speechOf } from '../predict/index.ts';
import { latestForecast } from '../store/results.ts';
import type { Store } from '../store/store.ts';
import { spokenSettings } from '../sync/measure/spoken.ts';
import { placeOf, soleConnection } from './command.ts';

/**
 * The last results at a place, their moment, and in whose words they are said. Errors: `config`
 * where nothing has been scored yet.
 */
export async function lastScored(
  store: Store,
  connectionId: string,
  { rowsId, resultsId }: { rowsId: string; resultsId: string },
) {
  const latest = await latestForecast(store, resultsId);
  if (latest === null)
    throw new HeadwaterError('config', 'no real run has scored anybody yet', {
      cure: 'Run `headwater sync run`; what a dry run found is shown by --what-if.',
    });
  const { asOfMs, currency } = latest.forecast;
  return {
    place: { connectionId, rowsId, resultsId, runId: latest.runId },
    asOfMs,
    currency,
    speech: speechOf({ ...(await spokenSettings(store, connectionId)), asOfMs }),
  };
}

export type ScoredPlace = Awaited<ReturnType<typeof lastScored>>['place'];

/** The same where the options of a command say which connection, and whether of a dry run. */
export async function scoredPlace(
  store: Store,
  options: { connectionId?: string; whatIf?: boolean },
) {
  const connectionId = await soleConnection(store, options.connectionId);
  const place = await placeOf(store, connectionId, options.whatIf === true);
  return await lastScored(store, connectionId, place);
}
