import { isWin, lifespanDays, type DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import { exp, log } from '../../model/real-math.ts';
import { clamp, inner, expit, logit, trigamma } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import {
  BAND_Z,
  CUT_PSEUDO_WINS,
  CUT_TOLERANCE,
  MIN_LIFESPAN_DAYS,
  SIZE_REACH,
} from '../tuning.ts';
import { casesOf, sameSale } from '../deal/cases.ts';
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

/** The largest amount that a deal was ever said to have: what is lost is not made small by it. */
const largestSaid = (state: DealState): number =>
  state.deal.events.reduce((most, { amount }) => Math.max(most, amount ?? 0), state.amount ?? 0);

/** Something is shown of it, or it went somewhere: what was lost, too, were it opened again. */
const hasLife = (state: DealState): boolean =>
  state.verifiedMs !== null ||
  state.deal.events.some(({ stage }) => stage !== state.deal.events[0]!.stage);

/** Geometric, so that no single deal decides; far outliers, and sums typed in jest, at a bound. */
function middleSize(amounts: readonly number[], pool: PoolModel): number | null {
  const known = amounts.filter((amount) => amount > 0);
  if (known.length === 0) return null;
  const bound = log(SIZE_REACH);
  const logs = known.map((amount) => clamp(log(amount / pool.amounts.mean), -bound, bound));
  return exp(exactSum(logs) / known.length);
}

/**
 * Wins much smaller than the partner's other deals are parts of wins: a share of each. What the
 * sizes of few wins say is chance, so they take little.
 */
function wholeShare(states: readonly DealState[], wins: number, pool: PoolModel): number {
  const sales = casesOf(states, sameSale);
  const sizes = (which: (s: DealState) => boolean, size: (s: DealState) => number): number[] =>
    sales.map((members) => exactSum(members.filter(which).map(size)));
  const won = middleSize(
    sizes(isWin, (s) => s.amount ?? 0),
    pool,
  );
  const other = middleSize(
    sizes((s) => !isWin(s) && hasLife(s), largestSaid),
    pool,
  );
  if (won === null || other === null) return 1;
  const ratio = (won / other) * CUT_TOLERANCE;
  return ratio >= 1 ? 1 : ratio ** (wins / (wins + CUT_PSEUDO_WINS));
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
  const cut = wins * (1 - wholeShare(states, wins, pool));
  return { won: wins - cut, exposure: Math.max(wins, exactSum(exposure)) - cut };
}

/**
 * Empirical Bayes: Beta(M g, M (1 - g)) of the pool, updated by the partner's own wins and
 * exposure. No deals = the pool itself, with its widest band. `g` = a narrower rate to lean on.
 */
export function partnerEffect(
  states: readonly DealState[],
  pool: PoolModel,
  g: number = pool.cohort.rate,
): PartnerEffect {
  const { won, exposure } = conversion(states, pool);
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
