import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import { dealAt, isWin, type DealState } from '../deal/deal-at.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { elapsedShare, quartersBefore } from '../math/calendar.ts';
import { addExact, exactValue, type ExactSum } from '../math/exact-sum.ts';
import { learnLevel, PRIOR_LEVEL, type PastOrigin } from '../math/past-level.ts';
import { REPLAY_PERIODS, REPLAY_SHARES, REPLAY_WIN_LIMITS } from '../tuning.ts';
import { partnerEffect } from '../win/partner-effect.ts';
import { addDeal, startPool } from '../win/pool-fit.ts';
import { finishWinFit, startWinFit, type WinFit } from '../win/model/fit.ts';
import { winHorizons } from '../win/model/horizons.ts';
import type { WinModel } from '../win/model/win-model.ts';
import type { PoolFit } from '../win/pool-counts.ts';
import { finishPool } from '../win/pool-finish.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { arrivalRate, knownSinceMs } from './arrival-rate.ts';
import { directArrivals, itemsFrom, partnerArrivals } from './channel.ts';
import { ownVariance } from './distribution.ts';
import { directPart, partnerPart, type ForecastPart } from './part.ts';
import { weigh, weighDirect } from './weigh.ts';

/**
 * The moments at which past forecasts are made again: the same few points of each finished period,
 * so that a moment once replayed need never be replayed anew. Latest first.
 */
export function replayContexts(context: MeasureContext): MeasureContext[] {
  return quartersBefore(context.period, REPLAY_PERIODS, context.timeZone).flatMap((quarter) =>
    REPLAY_SHARES.map((share) => ({
      ...context,
      asOfMs: Math.round(quarter.startMs + share * (quarter.endMs - quarter.startMs)),
      period: quarter,
    })),
  );
}

/** The start of an origin's period: all origins of a period share the win model as of then. */
const periodStart = (origin: MeasureContext): MeasureContext => ({
  ...origin,
  asOfMs: origin.period.startMs,
});

/** An empty win fit as of the start of the origin's period; `deals` are expected in all. */
export const startReplayWin = (origin: MeasureContext, deals: number): WinFit =>
  startWinFit(origin.period.startMs, winHorizons(periodStart(origin)), REPLAY_WIN_LIMITS, deals);

/** Nobody asks a replayed origin which deals stall, so nothing is learned of it. */
export function finishReplayWin(fit: WinFit, origin: MeasureContext): WinModel {
  const { staleDays: _, ...view } = periodStart(origin);
  return finishWinFit(fit, view);
}

/** The pool as of an origin, with its period's win model put to that moment. */
export const replayPool = (
  fit: PoolFit,
  win: WinModel | null,
  { asOfMs }: MeasureContext,
): PoolModel => finishPool(fit, win && { ...win, asOfMs });

/** What a replayed forecast said and what came of it, added up a page at a time. */
export interface ReplaySums {
  parts: ForecastPart[];
  open: ExactSum;
  fresh: ExactSum;
}
export const newReplay = (): ReplaySums => ({ parts: [], open: [], fresh: [] });

/**
 * What deals brought after the origin and before the end of its period, by whether they were there.
 */
function addActual(sums: ReplaySums, deals: readonly DealFacts[], origin: MeasureContext): void {
  const { asOfMs, period } = origin;
  for (const deal of deals) {
    const end: DealState | null = dealAt(deal, period.endMs - 1, origin);
    if (end === null || !isWin(end) || end.closedMs === null || end.closedMs <= asOfMs) continue;
    addExact(deal.createdMs <= asOfMs ? sums.open : sums.fresh, end.amount ?? 0);
  }
}

const raw = (pool: PoolModel): PoolModel => ({ ...pool, level: PRIOR_LEVEL });

function addDirect(
  sums: ReplaySums,
  states: readonly DealState[],
  pool: PoolModel,
  origin: MeasureContext,
): void {
  if (states.length === 0) return;
  const weighed = weighDirect(states, pool, origin, origin.period.endMs);
  sums.parts.push(directPart(states, weighed, raw(pool), origin));
}

/** Adds one partner to the replay of an origin; `pool` is the fit as of that origin. */
export function replayPartner(
  sums: ReplaySums,
  partner: PartnerFacts,
  pool: PoolModel,
  origin: MeasureContext,
): void {
  const known = dealsAt(partner.deals, origin);
  const states = known.filter((state) => !state.borrowed);
  if (states.length > 0) {
    const { effect } = partnerEffect(states, pool);
    const rate = arrivalRate(states, knownSinceMs(partner, states, origin), pool, effect);
    const weighed = weigh(states, pool, origin, origin.period.endMs, effect, rate);
    sums.parts.push(partnerPart(partner.id, states, weighed, raw(pool), origin, rate));
  }
  addDirect(
    sums,
    known.filter((state) => state.borrowed),
    pool,
    origin,
  );
  addActual(sums, partner.deals, origin);
}

/** The same for a page of deals without a partner. */
export function replayDirect(
  sums: ReplaySums,
  deals: readonly DealFacts[],
  pool: PoolModel,
  origin: MeasureContext,
): void {
  addDirect(sums, dealsAt(deals, origin), pool, origin);
  addActual(sums, deals, origin);
}

export function finishReplay(
  sums: ReplaySums,
  pool: PoolModel,
  origin: MeasureContext,
): PastOrigin | null {
  // Before the first deals there was nothing to forecast from.
  if (pool.deals === 0) return null;
  const { period, asOfMs } = origin;
  const items = sums.parts.flatMap(itemsFrom);
  const fresh = [partnerArrivals(sums.parts, raw(pool)), directArrivals(raw(pool), period.endMs)];
  const mean = (list: readonly { amount: number; probability: number }[]): number =>
    list.reduce((sum, i) => sum + i.amount * i.probability, 0);
  const freshMean = fresh.reduce(
    (sum, a) => sum + (a.mean * a.sizes.reduce((x, y) => x + y, 0)) / Math.max(1, a.sizes.length),
    0,
  );
  return {
    atMs: asOfMs,
    periodEndMs: period.endMs,
    elapsed: elapsedShare(period.startMs, period.endMs, asOfMs),
    open: {
      mean: mean(items),
      variance: ownVariance(items, []),
      actual: exactValue(sums.open),
    },
    fresh: {
      mean: freshMean,
      variance: ownVariance([], fresh),
      actual: exactValue(sums.fresh),
    },
  };
}

/**
 * As-of replay of one past origin: the model is fitted on what was known then, says what it would
 * have said, and is held against what came. Nothing recorded after the origin enters what it says:
 * `win` is the win model as of the start of the origin's period.
 */
export function replayOrigin(
  book: { partners: readonly PartnerFacts[]; direct: readonly DealFacts[] },
  origin: MeasureContext,
  win: WinModel | null,
): PastOrigin | null {
  const fit = startPool(origin);
  for (const partner of book.partners) for (const deal of partner.deals) addDeal(fit, deal);
  for (const deal of book.direct) addDeal(fit, deal);
  const pool = replayPool(fit, win, origin);
  const sums = newReplay();
  for (const partner of book.partners) replayPartner(sums, partner, pool, origin);
  replayDirect(sums, book.direct, pool, origin);
  return finishReplay(sums, pool, origin);
}

/** The pool with what past origins teach about the level and spread of the current period. */
export const withLevel = (
  pool: PoolModel,
  past: readonly PastOrigin[],
  context: MeasureContext,
): PoolModel => ({
  ...pool,
  level: learnLevel(
    past,
    elapsedShare(context.period.startMs, context.period.endMs, context.asOfMs),
  ),
});
