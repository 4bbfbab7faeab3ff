import { canonicalJson, contentHash } from '../../model/canonical.ts';
import type { MeasureContext } from '../../model/facts.ts';
import {
  addDeal,
  addPastInputs,
  addWinDeal,
  finishPool,
  finishWinFit,
  startPastInputs,
  startPool,
  startWeek,
  winKey,
  winMoment,
  withLevel,
  type PastInputs,
  type PoolFit,
  type PoolModel,
  type WinFit,
  type WinModel,
} from '../../predict/index.ts';
import { countDeals, dealPage } from '../../store/facts.ts';
import { readFit, saveFit, type FitName } from '../../store/fits.ts';
import { saveModel } from '../../store/results.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import { DEAL_PAGE, FIT_PAGES_PER_STEP } from '../run/limits.ts';
import { INPUTS, pastOrigins } from './replay.ts';
import { measureContext } from './measure-context.ts';

export interface FitStep {
  n: number;
  after: string;
  deals: number;
  version: string | null;
  done: boolean;
}

/** Numbered, so that a step that dies behind its own save begins from what it began with. */
const fitName = (n: number): string => `fit ${n}`;
const inputsName = (n: number): string => `inputs ${n}`;
/** The deals of one step that the win model will learn from. */
const winName = (n: number): string => `win ${n}`;
const POOL = 'pool';

/**
 * Adds a few pages of deals to the pool fit, which waits in the store between steps; the
 * last step finishes the model. The win model in it is that of the week: it is fitted anew only
 * where no earlier run has fitted the same deals.
 */
export async function fitPool(context: RunContext, previous: FitStep | null): Promise<FitStep> {
  const { store, connectionId, resultsId, runId } = context;
  const measure = await measureContext(context);
  const week = winMoment(measure);
  const before = async (name: (n: number) => string): Promise<unknown> =>
    revive(await readScratch(store, runId, name(previous!.n)));
  const fit = previous === null ? startPool(measure) : ((await before(fitName)) as PoolFit);
  const inputs =
    previous === null ? startPastInputs(measure) : ((await before(inputsName)) as PastInputs);
  const result: FitStep = {
    n: (previous?.n ?? 0) + 1,
    after: previous?.after ?? '',
    deals: previous?.deals ?? 0,
    version: null,
    done: false,
  };
  const deals = await countDeals(store, connectionId);
  const win = startWeek(measure, deals);
  for (let n = 0; n < FIT_PAGES_PER_STEP && !result.done; n++) {
    const page = await dealPage(store, connectionId, result.after, DEAL_PAGE, false);
    for (const deal of page) {
      addDeal(fit, deal);
      addWinDeal(win, deal, measure);
      addPastInputs(inputs, deal, measure.stages);
    }
    result.deals += page.length;
    result.after = page.at(-1)?.id ?? result.after;
    result.done = page.length < DEAL_PAGE;
  }
  if (!result.done) {
    await store.batch([
      ...saveScratch(store, runId, fitName(result.n), preserve(fit)),
      ...saveScratch(store, runId, inputsName(result.n), inputs),
      ...saveScratch(store, runId, winName(result.n), { seen: win.seen, held: win.held }),
    ]);
    return result;
  }
  for (let n = 1; n < result.n; n++) {
    const earlier = (await readScratch(store, runId, winName(n))) as Pick<WinFit, 'held' | 'seen'>;
    win.held.push(...earlier.held);
    win.seen += earlier.seen;
  }
  const pool = finishPool(fit, await winModel(context, win, week));
  // The fit is part of the version: two runs of one model learned from different pasts.
  const version = `${pool.modelVersion}-${contentHash(canonicalJson(pool)).slice(0, 8)}`;
  await store.batch([
    ...saveModel(store, resultsId, version, context.asOfMs, pool),
    ...saveScratch(store, runId, POOL, pool),
    ...saveScratch(store, runId, INPUTS, inputs),
  ]);
  return { ...result, version };
}

/**
 * The model of these deals: an earlier run's of the same ones, else a new one, put to this run's
 * moment.
 */
async function winModel(
  { store, servedId, asOfMs }: RunContext,
  fit: WinFit,
  week: MeasureContext,
): Promise<WinModel> {
  const name: FitName = { kind: 'win', atMs: week.asOfMs, hash: winKey(fit, week) };
  const known = (await readFit(store, servedId, name)) as WinModel | undefined;
  if (known !== undefined) return { ...known, asOfMs };
  const made = finishWinFit(fit, week);
  await store.batch(saveFit(store, servedId, name, asOfMs, made));
  return { ...made, asOfMs };
}

/** The model of this run, at the level that its past forecasts teach. */
export async function fittedPool(context: RunContext): Promise<PoolModel> {
  const pool = (await readScratch(context.store, context.runId, POOL)) as PoolModel;
  return withLevel(pool, await pastOrigins(context), await measureContext(context));
}

/** Maps survive JSON as tagged lists of entries. */
const preserve = (value: unknown): unknown =>
  value instanceof Map
    ? { $map: [...value].map(([key, inner]) => [key, preserve(inner)]) }
    : Array.isArray(value)
      ? value.map(preserve)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, preserve(inner)]))
        : value;

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  if ('$map' in value)
    return new Map(
      (value.$map as [unknown, unknown][]).map(([key, inner]) => [key, revive(inner)]),
    );
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
