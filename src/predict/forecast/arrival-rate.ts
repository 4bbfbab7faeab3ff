import { isWin, type DealState } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { curveAt } from '../math/survival.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import { ARRIVAL_HALF_LIFE_DAYS, ARRIVAL_LOOKBACK_DAYS, MIN_EXPOSURE_DAYS } from '../tuning.ts';
import type { Arrivals } from './distribution.ts';
import { exposureDays } from '../win/pool-finish.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { exp } from '../../model/real-math.ts';

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
export const pooledRate = (pool: PoolModel): ArrivalRate => ({
  perDay: pool.arrivals.shape / pool.arrivals.days,
  shape: pool.arrivals.shape,
});

/**
 * Since when a partner could have won: its first deal, or its signing or onboarding when earlier;
 * unknown = for as long as we look back.
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
  ].filter((ms): ms is number => ms !== null && ms <= context.asOfMs);
  return days.length > 0
    ? days.reduce((a, b) => Math.min(a, b))
    : context.asOfMs - ARRIVAL_LOOKBACK_DAYS * DAY_MS;
}

/**
 * Gamma-Poisson rate of a partner's wins, in value: its won amount over the pool's mean size counts
 * as wins, halved every half-life, as is the time watched.
 * Registrations and open deals are not read, so that no number of them can move it.
 */
export function arrivalRate(
  states: readonly DealState[],
  sinceMs: number,
  pool: PoolModel,
  asOfMs: number = pool.asOfMs,
): ArrivalRate {
  const decay = Math.LN2 / ARRIVAL_HALF_LIFE_DAYS;
  const won = states
    .filter((s) => isWin(s) && s.closedMs !== null && s.closedMs <= asOfMs)
    .map(
      (s) =>
        Math.max(0, s.amount ?? pool.amounts.mean) * exp(-decay * daysBetween(s.closedMs!, asOfMs)),
    );
  const wins = pool.amounts.mean > 0 ? exactSum(won) / pool.amounts.mean : 0;
  const watched = Math.max(MIN_EXPOSURE_DAYS, exposureDays(sinceMs, asOfMs));
  const shape = pool.arrivals.shape + wins;
  return { perDay: shape / (pool.arrivals.days + (1 - exp(-decay * watched)) / decay), shape };
}

/**
 * Wins by `endMs` from deals that are not there yet; `share` is a table of the pool by weeks,
 * null = all wins whatever their deals' state.
 */
export function arrivalsUntil(
  rate: ArrivalRate,
  pool: PoolModel,
  endMs: number,
  share: readonly number[] | null,
): Arrivals {
  const days = Math.max(0, daysBetween(pool.asOfMs, endMs));
  return {
    mean: rate.perDay * days * (share ? curveAt(share, days / 7) : 1),
    shape: rate.shape,
    sizes: winSizes(pool),
  };
}
