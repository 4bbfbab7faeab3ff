import type { ChangeReport } from '../../model/change.ts';
import { keptRuns } from '../../store/past-results.ts';
import type { RunContext } from '../run/context.ts';
import { CHANGE_PARTNERS, PARTNER_PAGES_PER_STEP } from '../run/limits.ts';
import { momentOf, type ChangePlace } from './change-place.ts';
import { changePage, type ChangePages } from './changes.ts';
import { fittedPool } from './fit.ts';
import { measureContext } from './measure-context.ts';
import { syncedMapping } from './plan-import.ts';

/** What changed since the run before, as a run's summary keeps it. */
export type RunChanges = Pick<
  ChangeReport,
  'fromRun' | 'fromMs' | 'currency' | 'turned' | 'forecast' | 'partners'
>;

export interface ChangeStep {
  pages: ChangePages | null;
  from: { runId: string; asOfMs: number } | null;
  done: boolean;
}

/** Partners that a run's summary names: those whose score moved most. */
const NAMED = 10;
const NOTHING: ChangeStep = { pages: null, from: null, done: true };

async function placeOf(context: RunContext, runId: string | null): Promise<ChangePlace | null> {
  const { store, servedId, connectionId, mapping, asOfMs } = context;
  const earlier = await keptRuns(store, servedId);
  const from = runId === null ? earlier.at(-1) : earlier.find((one) => one.runId === runId);
  const then =
    from && (await momentOf(store, servedId, await syncedMapping(store, servedId), from));
  if (!from || !then) return null;
  const [pool, now] = [await fittedPool(context), await measureContext(context)];
  return {
    ...{ store, connectionId, currency: mapping.settings.reportingCurrency, from },
    to: { runId: context.runId, asOfMs, model: '' },
    then: { ...then, context: { ...then.context, feeds: now.feeds! } },
    now: { pool, context: now },
  };
}

/**
 * A few pages of what changed since the run before. A dry run changes nothing that is served, and a
 * company with many partners asks when it wants to know.
 */
export async function changesOfRun(
  context: RunContext,
  partners: number,
  previous: ChangeStep | null,
): Promise<ChangeStep> {
  if (context.resultsId !== context.servedId || partners > CHANGE_PARTNERS) return NOTHING;
  const place = await placeOf(context, previous?.from?.runId ?? null);
  if (place === null) return NOTHING;
  let pages = previous?.pages ?? null;
  for (let n = 0; n < PARTNER_PAGES_PER_STEP && pages?.done !== true; n++)
    pages = await changePage(place, pages, NAMED);
  const { runId, asOfMs } = place.from;
  return { pages, from: { runId, asOfMs }, done: pages?.done === true };
}

/** The last step as a run's summary keeps it; null = there was no run to compare with. */
export function runChanges(
  step: ChangeStep | undefined,
  currency: string,
  quarterStartMs: number,
): RunChanges | null {
  if (!step?.pages || !step.from) return null;
  const { forecast, partners } = step.pages;
  const { runId, asOfMs } = step.from;
  return {
    ...{ fromRun: runId, fromMs: asOfMs, currency, turned: asOfMs < quarterStartMs },
    ...{ forecast, partners },
  };
}
