import { HeadwaterError } from '../../model/error.ts';
import { listRuns } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { BacktestPlace } from './backtest.ts';
import { planSettings } from './plan-import.ts';

/** Runs looked through for the newest that read the rows which are served. */
const LOOKED_THROUGH = 50;

/**
 * Where a backtest reads: the local copy, as of the run that brought it up to date, a dry one too.
 * Errors: `config` when nothing has been read yet.
 */
export async function backtestPlace(store: Store, connectionId: string): Promise<BacktestPlace> {
  const settings = await planSettings(store, connectionId);
  const read = (await listRuns(store, LOOKED_THROUGH, connectionId)).find(
    (run) => run.kind === 'sync' && run.state === 'done' && run.summary?.['copied'] !== true,
  );
  if (read?.asOfMs == null)
    throw new HeadwaterError(
      'config',
      `nothing of connection "${connectionId}" has been read yet`,
      {
        code: 'NO_SYNC',
        cure: 'Run `headwater sync run --dry-run`: it reads, and writes nothing to the CRM.',
      },
    );
  return { store, connectionId, settings, asOfMs: read.asOfMs };
}
