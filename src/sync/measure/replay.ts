import type { MeasureContext } from '../../model/facts.ts';
import {
  addDeal,
  addWinDeal,
  finishReplayWin,
  MODEL_VERSION,
  finishReplay,
  newReplay,
  pastKey,
  replayContexts,
  replayDirect,
  replayPartner,
  replayPool,
  startPool,
  startReplayWin,
  type PastInputs,
  type PastOrigin,
  type WinModel,
} from '../../predict/index.ts';
import {
  partnersOfReplay,
  readFit,
  saveFit,
  type FitName,
  type PartnerOfReplay,
} from '../../store/fits.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import { REPLAY_DEALS, REPLAY_PERIODS_PER_STEP } from '../run/limits.ts';
import { eachDealPage, eachPartnerPage } from './backtest-book.ts';
import { moneyOf, secondPartners } from './link.ts';
import { measureContext } from './measure-context.ts';
import { DAY_MS } from '../../model/time.ts';

export interface ReplayStep {
  n: number;
  /** Past forecasts made again. */
  origins: number;
  done: boolean;
}

const pastName = (n: number): string => `past ${n}`;
/** The fit's hashes of what replays read, in scratch. */
export const INPUTS = 'inputs';

/**
 * Makes the forecasts of a few finished periods again, as of then, and holds them against what
 * came. How many periods follows from the deals of the org, so that a run stays a run: each costs
 * two readings of all deals. The same rows give the same origins, whatever ran before, so a period
 * is replayed anew only when something that was known by its end has changed.
 */
export async function replayPast(
  context: RunContext,
  deals: number,
  previous: ReplayStep | null,
): Promise<ReplayStep> {
  const { store, servedId, runId, asOfMs } = context;
  const n = (previous?.n ?? 0) + 1;
  const affordable = affordablePast(await measureContext(context), deals);
  const mine = affordable.slice((n - 1) * REPLAY_PERIODS_PER_STEP, n * REPLAY_PERIODS_PER_STEP);
  const hashes = await keysOf(context, mine, deals);
  const found: PastOrigin[] = [];
  const missing: { name: FitName; origins: MeasureContext[] }[] = [];
  for (const [i, [endMs, origins]] of mine.entries()) {
    const name: FitName = { kind: 'past', atMs: endMs, hash: hashes[i]! };
    const known = (await readFit(store, servedId, name)) as PastOrigin[] | undefined;
    if (known === undefined) missing.push({ name, origins });
    else found.push(...known);
  }
  const made = await replayOrigins(
    context,
    missing.flatMap(({ origins }) => origins),
    deals,
  );
  await store.batch([
    ...missing.flatMap(({ name }) => {
      const own = made.filter((origin) => origin.periodEndMs === name.atMs);
      return saveFit(store, servedId, name, asOfMs, own);
    }),
    ...saveScratch(store, runId, pastName(n), [...found, ...made]),
  ]);
  return {
    n,
    origins: (previous?.origins ?? 0) + found.length + made.length,
    done: n * REPLAY_PERIODS_PER_STEP >= affordable.length,
  };
}

/** Moments of the finished periods that a run with so many deals replays, by the period's end. */
export const affordablePast = (
  context: MeasureContext,
  deals: number,
): (readonly [endMs: number, origins: MeasureContext[]])[] =>
  [...Map.groupBy(replayContexts(context), ({ period }) => period.endMs)].slice(
    0,
    Math.floor(REPLAY_DEALS / Math.max(1, deals)),
  );

/** What a replay of each period follows from, as hashes. */
async function keysOf(
  context: RunContext,
  periods: readonly (readonly [number, MeasureContext[]])[],
  deals: number,
): Promise<string[]> {
  const { store, connectionId, runId } = context;
  const inputs = (await readScratch(store, runId, INPUTS)) as PastInputs;
  const partners = await partnersOfReplay(store, connectionId);
  const second = [...(await secondPartners(context))].sort();
  return periods.map(([endMs, origins]) => {
    const [first] = origins;
    const { stages, feeds: _, asOfMs: __, period, ...settings } = first!;
    const { share, horizonDays, limits } = startReplayWin(first!, deals);
    const fit = [MODEL_VERSION, share, horizonDays, limits];
    const moments = origins.map((origin) => origin.asOfMs);
    const view = [period.startMs, settings, [...stages]];
    const known = partners.filter(knownBy(endMs));
    return pastKey(inputs, endMs, [fit, moments, view, known, second]);
  });
}

/** Partners that stand for another account, or that began before the day after a moment. */
const knownBy = (endMs: number): ((partner: PartnerOfReplay) => boolean) => {
  const day = new Date(endMs + DAY_MS).toISOString().slice(0, 10);
  return ({ id, accountId, signedOn, onboardedOn }) =>
    (accountId !== null && accountId !== id) ||
    (signedOn !== null && signedOn < day) ||
    (onboardedOn !== null && onboardedOn < day);
};

/** Replays origins together: the deals are read once for all fits, then once for what they say. */
export async function replayOrigins(
  context: RunContext,
  contexts: readonly MeasureContext[],
  deals: number,
): Promise<PastOrigin[]> {
  if (contexts.length === 0) return [];
  const { store, connectionId } = context;
  const fits = contexts.map(startPool);
  const wins = new Map(
    contexts.map((origin) => [
      origin.period.endMs,
      { origin, fit: startReplayWin(origin, deals), model: null as WinModel | null },
    ]),
  );
  await eachDealPage(context, false, (page) => {
    for (const deal of page) {
      for (const fit of fits) addDeal(fit, deal);
      for (const { fit, origin } of wins.values()) addWinDeal(fit, deal, origin);
    }
  });
  for (const win of wins.values()) {
    win.model = finishReplayWin(win.fit, win.origin);
  }
  const origins = contexts.map((origin, i) => ({
    origin,
    pool: replayPool(fits[i]!, wins.get(origin.period.endMs)!.model, origin),
    sums: newReplay(),
  }));
  // The account's deals come with the first of its partners.
  const second = await secondPartners(context);
  await eachPartnerPage(store, connectionId, moneyOf(context), (page) => {
    for (const partner of page)
      if (!second.has(partner.id))
        for (const { sums, pool, origin } of origins) replayPartner(sums, partner, pool, origin);
  });
  await eachDealPage(context, true, (page) => {
    for (const { sums, pool, origin } of origins) replayDirect(sums, page, pool, origin);
  });
  return origins.flatMap(({ sums, pool, origin }) => finishReplay(sums, pool, origin) ?? []);
}

/** All past origins that the run replayed. */
export async function pastOrigins(context: RunContext): Promise<PastOrigin[]> {
  const found: PastOrigin[] = [];
  for (let n = 1; ; n++) {
    const part = await readScratch(context.store, context.runId, pastName(n));
    if (part === undefined) return found;
    found.push(...(part as PastOrigin[]));
  }
}
