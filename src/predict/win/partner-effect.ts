import { isWin, lifespanDays, type DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import { exp, log } from '../../model/real-math.ts';
import { inner, expit, logit, trigamma } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import { BAND_Z, LARGEST_WORTH, LEAST_WORTH, MIN_LIFESPAN_DAYS, SIZE_REACH } from '../tuning.ts';
import { casesOf } from '../deal/cases.ts';
import type { PoolModel } from './pool-model.ts';
import { largestSaid, middleOfMoney } from './worth.ts';

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

/** Something is shown of it, or it went somewhere: what was lost, too, were it opened again. */
const hasLife = (state: DealState): boolean =>
  state.verifiedMs !== null ||
  state.deal.events.some(({ stage }) => stage !== state.deal.events[0]!.stage);

/** Size of a deal beside the pool's mean win; null = not known, or nothing shows that it is real. */
function sizeOf(state: DealState, { mean, bins }: PoolModel['amounts']): number | null {
  const amount = isWin(state) ? state.amount : (hasLife(state) && largestSaid(state)) || null;
  const most = isWin(state) ? SIZE_REACH : LARGEST_WORTH * middleOfMoney(bins);
  return amount === null ? null : Math.min(most, Math.max(0, amount) / (mean > 0 ? mean : 1));
}

/** Nobody changes what counts as one by what is only said. */
const isSure = (state: DealState): boolean => isWin(state) || state.provenMs !== null;

/**
 * The size that counts as one: the deal in which the middle unit of money stands, of the partner's
 * own ones as far as partners differ in size, else of the pool's wins.
 */
function unitOf(sizes: readonly number[], { amounts, pace }: PoolModel): number {
  const known = sizes.filter((size) => size > 0);
  const pooled = middleOfMoney(amounts.bins);
  const heard = known.length * pace.sizeShare;
  const own = heard / (heard + 1 - pace.sizeShare);
  return known.length === 0 ? pooled : pooled * exp(own * log(middleOfMoney(known) / pooled));
}

/**
 * What each deal of a case weighs by its size, so that parts weigh together as the whole would.
 * What is not won weighs no less than a share of a usual deal, were it entered at next to nothing.
 */
function weightsOf(
  members: readonly DealState[],
  size: (state: DealState) => number | null,
  unit: number,
  usual: number,
): (state: DealState) => number {
  const others = members.filter((state) => !isWin(state));
  const known = others.flatMap((state) => size(state) ?? []);
  const together = known.length === 0 ? usual : Math.max(LEAST_WORTH * usual, exactSum(known));
  return (state) => (isWin(state) ? (size(state) ?? usual) : together / others.length) / unit;
}

/**
 * Wins and exposure of a partner, each deal by its size. A win sooner than the shortest lifespan
 * counts nowhere.
 */
function conversion(
  states: readonly DealState[],
  pool: PoolModel,
): { won: number; exposure: number } {
  const won: number[] = [];
  const exposure: number[] = [];
  const sizes = new Map(states.map((state) => [state, sizeOf(state, pool.amounts)]));
  const size = (state: DealState): number | null => sizes.get(state) ?? null;
  const cases = casesOf(states);
  const together = (members: readonly DealState[]): number =>
    exactSum(members.map((state) => (isSure(state) ? (size(state) ?? 0) : 0)));
  const unit = unitOf(cases.map(together), pool);
  // Of such deals as its own a usual one is as much smaller as the pool's usual win is.
  const usual = unit / middleOfMoney(pool.amounts.bins);
  for (const members of cases) {
    const weight = weightsOf(members, size, unit, usual);
    for (const state of members) {
      const lifespan = lifespanDays(state);
      if (lifespan !== null && lifespan < MIN_LIFESPAN_DAYS) continue;
      const followed = Math.min(pool.horizonDays, daysBetween(state.createdMs, pool.asOfMs));
      exposure.push(
        weight(state) * Math.min(1, curveAt(pool.cohort.win, followed / 7) / pool.cohort.rate),
      );
      if (isWin(state) && state.ageDays <= pool.horizonDays) won.push(weight(state));
    }
  }
  const wins = exactSum(won);
  return { won: wins, exposure: Math.max(wins, exactSum(exposure)) };
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
