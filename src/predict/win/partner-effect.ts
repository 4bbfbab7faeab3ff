import { isWin, lifespanDays, type DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import { inner, expit, logit, trigamma } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import { BAND_Z, MIN_LIFESPAN_DAYS } from '../tuning.ts';
import { casesOf } from '../deal/cases.ts';
import type { PoolModel } from './pool-model.ts';

/** How a partner's deals convert beside the pool's. */
export interface PartnerEffect {
  /**
   * Wins within the horizon, and deals in matured equivalents (a fresh deal counts by the share
   * of wins that come so early).
   */
  won: number;
  exposure: number;
  /** Posterior mean of the win rate within the horizon, with its 80% band. */
  rate: number;
  low: number;
  high: number;
  /** Shift of the log odds against the pool, and its standard deviation. */
  effect: number;
  sd: number;
  /** Deals known to be won or lost. */
  resolved: number;
}

/**
 * Wins and exposure of a partner; a deal in a case of k counts 1/k. A win sooner than the
 * shortest lifespan counts nowhere.
 */
function conversion(
  states: readonly DealState[],
  pool: PoolModel,
): { won: number; exposure: number } {
  const won: number[] = [];
  const exposure: number[] = [];
  for (const members of casesOf(states)) {
    for (const state of members) {
      const lifespan = lifespanDays(state);
      if (lifespan !== null && lifespan < MIN_LIFESPAN_DAYS) continue;
      const followed = Math.min(pool.horizonDays, daysBetween(state.createdMs, pool.asOfMs));
      exposure.push(
        Math.min(1, curveAt(pool.cohort.win, followed / 7) / pool.cohort.rate) / members.length,
      );
      if (isWin(state) && state.ageDays <= pool.horizonDays) won.push(1 / members.length);
    }
  }
  const wins = exactSum(won);
  return { won: wins, exposure: Math.max(wins, exactSum(exposure)) };
}

/**
 * Empirical Bayes: Beta(M g, M (1 - g)) of the pool, updated by the partner's own wins and
 * exposure. No deals = the pool itself, with its widest band.
 */
export function partnerEffect(states: readonly DealState[], pool: PoolModel): PartnerEffect {
  const { won, exposure } = conversion(states, pool);
  const g = pool.cohort.rate;
  const a = pool.priorDeals * g + won;
  const b = pool.priorDeals * (1 - g) + exposure - won;
  const rate = inner(a / (a + b));
  const sd = Math.sqrt(trigamma(a) + trigamma(b));
  return {
    won,
    exposure,
    rate,
    low: expit(logit(rate) - BAND_Z * sd),
    high: expit(logit(rate) + BAND_Z * sd),
    effect: exposure === 0 ? 0 : logit(rate) - logit(g),
    sd,
    resolved: casesOf(states.filter((s) => s.outcome === 'lost' || isWin(s))).length,
  };
}
