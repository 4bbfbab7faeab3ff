import type { EngineMeasure, Measured } from '../../model/alert.ts';
import { listRuns } from '../../store/runs.ts';
import { conflictList } from '../measure/conflict-list.ts';
import { listConnections, statusOf } from '../../store/status.ts';
import type { Store } from '../../store/store.ts';
import { HOUR_MS } from '../../model/time.ts';

/** Runs that are looked back at for those that failed one after the other. */
const LOOKED_AT = 20;

export const ENGINE = 'engine';

/**
 * Numbers of the engine itself. `quarantinedBefore` = how many rows stood in quarantine at the look
 * before; null = there was none.
 */
export async function measuredOfEngine(
  store: Store,
  connectionId: string,
  nowMs: number,
  quarantinedBefore: number | null,
): Promise<{ measured: Measured[]; quarantined: number }> {
  const connection = (await listConnections(store)).find(({ id }) => id === connectionId);
  if (connection === undefined) return { measured: [], quarantined: 0 };
  const status = await statusOf(store, connection);
  const runs = (await listRuns(store, LOOKED_AT, connectionId)).filter(
    ({ kind, dryRun, state }) => kind === 'sync' && !dryRun && state !== 'running',
  );
  const good = runs.findIndex(({ state }) => state === 'done');
  const failed = runs.slice(0, good === -1 ? runs.length : good);
  const { verifiedThroughMs, quarantined } = status;
  const { conflicts } = await conflictList(store, connectionId, nowMs);
  const values: Record<EngineMeasure, number> = {
    'engine.failedRuns': failed.filter(({ state }) => state === 'failed').length,
    'engine.quotaPauses': failed.filter(({ state }) => state === 'paused-budget').length,
    'engine.pausedObjects': status.paused.length,
    'engine.staleHours':
      verifiedThroughMs === null ? 0 : Math.max(0, (nowMs - verifiedThroughMs) / HOUR_MS),
    'engine.overdueConflicts': conflicts.filter(({ overdue }) => overdue).length,
    'engine.quarantineGrowth':
      quarantinedBefore === null ? 0 : Math.max(0, quarantined - quarantinedBefore),
  };
  return {
    measured: Object.entries(values).map(([on, value]) => ({
      ...{ on, value, subject: ENGINE, ownerId: null },
    })),
    quarantined,
  };
}
