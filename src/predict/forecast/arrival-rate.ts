import { isWin, type DealState } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { sellingDays } from '../math/selling-days.ts';
import { curveAt } from '../math/survival.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import { ARRIVAL_HALF_LIFE_DAYS, ARRIVAL_LOOKBACK_DAYS, MIN_EXPOSURE_DAYS } from '../tuning.ts';
import type { Arrivals } from './distribution.ts';
import { casesOf, sameSale } from '../deal/cases.ts';
import { shiftOdds } from '../math/numeric.ts';
import { faded, fadedDays, movedMs } from '../win/pace-fit.ts';
import { exposureDays } from '../win/pool-finish.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { countedAmount, worthBy } from '../win/worth.ts';
import { exp, log } from '../../model/real-math.ts';

/** Wins per day in deals of pool-average size, with the gamma shape of what is known about it. */
export interface ArrivalRate {
  perDay: number;
  shape: number;
}

/**
 * Sizes of one win, reporting currency; an organisation that never won anything gets unit sizes, so
 * that chances stay defined.
 */
export const winSizes = (pool: PoolModel): number[] => {
  const mean = pool.amounts.mean > 0 ? pool.amounts.mean : 1;
  return pool.amounts.bins.map((b) => b * mean);
};

/** The rate of a partner about which nothing is known. */
export const pooledRate = ({ pace }: PoolModel): ArrivalRate => ({
  perDay: (pace.shape / pace.days) * pace.winRate,
  shape: pace.shape,
});

/**
 * Since when a partner could have won: its first deal, or its signing or onboarding when earlier;
 * unknown = for as long as we look back. One that is to sign only later begins now.
 */
export function knownSinceMs(
  partner: PartnerFacts,
  states: readonly DealState[],
  context: MeasureContext,
): number {
  const days = [
    dayStart(partner.signedOn, context.timeZone),
    dayStart(partner.onboardedOn, context.timeZone),
    ...states.map((s) => s.createdMs),
  ].filter((ms) => ms !== null);
  return days.length > 0
    ? days.reduce((a, b) => Math.min(a, b), context.asOfMs)
    : context.asOfMs - ARRIVAL_LOOKBACK_DAYS * DAY_MS;
}

/**
 * Wins per day by the record of wins alone, in value: won amount over the pool's mean size counts
 * as wins, halved every half-life, as is the time watched.
 */
function recordRate(
  states: readonly DealState[],
  watchedDays: number,
  pool: PoolModel,
  asOfMs: number,
): number {
  const won = states
    .filter((s) => isWin(s) && s.closedMs !== null && s.closedMs <= asOfMs)
    .map(
      (s) =>
        Math.max(0, s.amount ?? pool.amounts.mean) *
        faded(daysBetween(s.closedMs!, asOfMs), ARRIVAL_HALF_LIFE_DAYS),
    );
  const wins = pool.amounts.mean > 0 ? exactSum(won) / pool.amounts.mean : 0;
  const { shape, days } = pool.arrivals;
  return (shape + wins) / (days + fadedDays(watchedDays, ARRIVAL_HALF_LIFE_DAYS));
}

/**
 * Deals that moved, for what they are worth and faded by their age: how often a partner sells must
 * not depend on how finely it cuts. Parts of one sale are weighed together.
 */
function movedDeals(states: readonly DealState[], pool: PoolModel, asOfMs: number): number {
  const worth = worthBy(pool.amounts);
  return exactSum(
    casesOf(states, sameSale).map((members) => {
      const moved = members.filter((s) => (movedMs(s) ?? Infinity) <= asOfMs);
      if (moved.length === 0) return 0;
      const firstMs = moved.reduce((ms, s) => Math.min(ms, movedMs(s)!), Infinity);
      const known = moved.flatMap((state) => countedAmount(state) ?? []);
      const whole = worth(known.length > 0 ? exactSum(known) : null);
      return whole * faded(daysBetween(firstMs, asOfMs), pool.pace.halfLifeDays);
    }),
  );
}

/**
 * Gamma-Poisson rate of a partner's wins: how often it brings deals that move, times the chance
 * that one is won at the partner's own odds. Where partners differ in the size of their deals, the
 * record of wins in value takes a part. Registrations nobody moved are not read, so that no number
 * of them can move it.
 */
export function arrivalRate(
  states: readonly DealState[],
  sinceMs: number,
  pool: PoolModel,
  effect: number,
  asOfMs: number = pool.asOfMs,
): ArrivalRate {
  const { pace } = pool;
  const watched = Math.max(MIN_EXPOSURE_DAYS, exposureDays(sinceMs, asOfMs));
  const shape = pace.shape + movedDeals(states, pool, asOfMs) / pace.spread;
  const moved = shape / (pace.days + fadedDays(watched, pace.halfLifeDays) / pace.spread);
  const counted = moved * shiftOdds(pace.winRate, effect);
  const valued = recordRate(states, watched, pool, asOfMs);
  return { perDay: counted + pace.sizeShare * (valued - counted), shape };
}

/** Middle of the half year that the pool's trend was read from, days ago. */
const TREND_AGE_DAYS = 91;

/**
 * Wins by `endMs` from deals that are not there yet; `share` is a table of the pool by weeks,
 * null = all wins whatever their deals' state. The pool's trend goes on from the time that the rate
 * was read from to the middle of the time ahead, and what single partners do meanwhile widens it.
 */
export function arrivalsUntil(
  rate: ArrivalRate,
  pool: PoolModel,
  endMs: number,
  share: readonly number[] | null,
): Arrivals {
  const days = Math.max(0, daysBetween(pool.asOfMs, endMs));
  const { trend, drift, halfLifeDays } = pool.pace;
  const memory = Math.min(halfLifeDays / Math.LN2, ARRIVAL_LOOKBACK_DAYS / 2);
  const reach = (memory + days / 2) / (memory + TREND_AGE_DAYS);
  const selling = sellingDays(pool.quarter, pool.asOfMs, endMs);
  return {
    mean: rate.perDay * selling * (share ? curveAt(share, days / 7) : 1) * exp(reach * log(trend)),
    shape: 1 / (1 / rate.shape + drift * reach),
    sizes: winSizes(pool),
  };
}
