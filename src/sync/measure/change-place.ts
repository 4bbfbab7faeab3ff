import type { ChangeSince } from '../../model/change.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { fiscalQuarter, MODEL_VERSION, type Moment, type PoolModel } from '../../predict/index.ts';
import { forecastOfRun, keptRuns, readModel, type PastRun } from '../../store/past-results.ts';
import type { Store } from '../../store/store.ts';
import { contextOutsideRun } from './measure-context.ts';
import { syncedMapping } from './plan-import.ts';
import { WEEK_MS } from '../../model/time.ts';

/** Two runs of a connection, and what each was fitted to. */
export interface ChangePlace {
  store: Store;
  connectionId: string;
  currency: string;
  from: PastRun;
  to: PastRun;
  then: Moment;
  now: Moment;
}

/** The run to compare with: the newest that is old enough, else the oldest that is kept. */
function runSince(
  since: ChangeSince,
  earlier: readonly PastRun[],
  toMs: number,
  quarterStartMs: number,
): PastRun | null {
  const before = since === 'run' ? Infinity : since === 'week' ? toMs - WEEK_MS : quarterStartMs;
  return earlier.findLast(({ asOfMs }) => asOfMs <= before) ?? earlier[0] ?? null;
}

/** What a run was fitted to, at the level that it used; null = it is kept no longer. */
export async function momentOf(
  store: Store,
  connectionId: string,
  { settings, entities }: Pick<MappingDocument, 'settings' | 'entities'>,
  { runId, model, asOfMs }: PastRun,
): Promise<Moment | null> {
  const pool = (await readModel(store, connectionId, model)) as PoolModel | null;
  const level = (await forecastOfRun(store, connectionId, runId))?.level;
  // Runs of an older version did not keep their level, or learned by other rules than today's.
  if (pool?.modelVersion !== MODEL_VERSION || level === undefined) return null;
  const context = await contextOutsideRun(store, connectionId, settings, asOfMs);
  return {
    pool: { ...pool, level },
    context: { ...context, feeds: new Set(Object.keys(entities)) },
  };
}

/** Errors: `config` when there are not two runs to compare. */
export async function changePlace(
  store: Store,
  connectionId: string,
  since: ChangeSince,
): Promise<ChangePlace> {
  const mapping = await syncedMapping(store, connectionId);
  const { settings } = mapping;
  const runs = await keptRuns(store, connectionId);
  const to = runs.at(-1);
  const { startMs } = fiscalQuarter(
    to?.asOfMs ?? 0,
    settings.timeZone,
    settings.fiscalYearStartMonth,
  );
  const from = to && runSince(since, runs.slice(0, -1), to.asOfMs, startMs);
  const moments =
    to && from
      ? [
          await momentOf(store, connectionId, mapping, from),
          await momentOf(store, connectionId, mapping, to),
        ]
      : [];
  const [then, now] = moments;
  if (!to || !from || !then || !now)
    throw new HeadwaterError('config', 'there is no earlier run to compare with', {
      code: 'NO_EARLIER_RUN',
      cure: 'Two real runs are needed: what changed is said from the second `headwater sync run` on.',
    });
  return { store, connectionId, currency: settings.reportingCurrency, from, to, then, now };
}
