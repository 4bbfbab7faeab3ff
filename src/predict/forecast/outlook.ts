import type { DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { EVIDENCE_CAP } from '../tuning.ts';
import { arrivalsUntil, type ArrivalRate } from './arrival-rate.ts';
import { casesOf } from '../deal/cases.ts';
import type { Arrivals, ForecastItem } from './distribution.ts';
import { liveDeals } from '../win/phantom.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { winChance } from '../win/win-chance.ts';

/** What may still be won by a moment. */
export interface Outlook {
  items: ForecastItem[];
  arrivals: Arrivals;
}

/**
 * Amount on the record of an open deal; an unknown amount is the pool's
 * mean, a negative one nothing.
 */
const expectedAmount = (state: DealState, pool: PoolModel): number =>
  Math.max(0, state.amount ?? pool.amounts.mean);

/**
 * One item a case: parts sold together are won together. Their mean is kept. `multiplier` is what
 * wins bring per amount on the record.
 */
export function itemsOf(
  states: readonly DealState[],
  pool: PoolModel,
  endMs: number,
  effect: number,
  multiplier = pool.amounts.multiplier,
): ForecastItem[] {
  return casesOf(states).map((members) => {
    const parts = members.map((s) => ({
      amount: expectedAmount(s, pool) * multiplier,
      chance: winChance(s, pool, endMs, effect).chance,
    }));
    const amount = exactSum(parts.map((p) => p.amount));
    return {
      amount,
      probability:
        amount > 0 ? Math.min(1, exactSum(parts.map((p) => p.amount * p.chance)) / amount) : 0,
    };
  });
}

export const itemsMean = (items: readonly ForecastItem[]): number =>
  exactSum(items.map((i) => i.amount * i.probability));

/**
 * For a score: verified open deals one by one; deals that are unverified or not created yet only as
 * the partner's record of wins would bring them.
 * Of a partner without a single deal no pipeline is known, so all wins of a
 * usual partner stand for it.
 * So a registration nobody has moved changes nothing. Growth of amounts beyond the record is
 * believed when it is booked, else a win could lower a score.
 */
export function scoreOutlook(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  rate: ArrivalRate,
): Outlook {
  const verified = liveDeals(states, pool, context).filter((s) => s.verifiedMs !== null);
  return {
    items: itemsOf(verified, pool, endMs, effect, Math.min(1, pool.amounts.multiplier)),
    arrivals: arrivalsUntil(rate, pool, endMs, states.length === 0 ? null : pool.unverifiedShare),
  };
}

/**
 * For a forecast: every live open deal one by one, where unverified ones together may bring at most
 * (EVIDENCE_CAP - 1) of what the record of wins brings by then; plus deals not created yet.
 */
export function forecastOutlook(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  rate: ArrivalRate,
): Outlook {
  const live = liveDeals(states, pool, context);
  const verified = itemsOf(
    live.filter((s) => s.verifiedMs !== null),
    pool,
    endMs,
    effect,
  );
  const unverified = itemsOf(
    live.filter((s) => s.verifiedMs === null),
    pool,
    endMs,
    effect,
  );
  const record = arrivalsUntil(rate, pool, endMs, null);
  const cap = (EVIDENCE_CAP - 1) * record.mean * (exactSum(record.sizes) / record.sizes.length);
  const mean = itemsMean(unverified);
  const share = mean > cap ? cap / mean : 1;
  return {
    items: [
      ...verified,
      ...unverified.map((i) => ({ amount: i.amount, probability: i.probability * share })),
    ],
    arrivals: arrivalsUntil(rate, pool, endMs, pool.freshShare),
  };
}
