import { exp, log } from '../../model/real-math.ts';
import { pooledRate, winSizes, type ArrivalRate } from '../forecast/arrival-rate.ts';
import type { Outlook } from '../forecast/outlook.ts';
import { exactSum } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { daysBetween } from '../math/time.ts';
import { ARRIVAL_LOOKBACK_DAYS, GOAL_VARIANCE, OWN_PACE_VARIANCE } from '../tuning.ts';
import { fadedDays } from '../win/pace-fit.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { Goal } from './goal.ts';

/** Factors on how often new deals are won, and on how much each brings. */
export interface GoalPace {
  number: number;
  size: number;
}

const AS_RECORDED: GoalPace = { number: 1, size: 1 };

/**
 * What an agreed target says of the pace. People who know the partner set it near what they expect,
 * so it is a second measurement beside the partner's own record: the log of what comes is the mean
 * of both, each by its precision. The record speaks of how often a win comes, the target of how
 * much each brings, both beside a usual partner: so a win never lowers a chance, and a higher
 * target never raises one. For the same reason nothing of either enters the weight.
 */
export function goalPace(
  { event, goal, startMs, endMs }: Goal,
  rate: ArrivalRate,
  pool: PoolModel,
): GoalPace {
  const usual = pooledRate(pool).perDay;
  if (event.kind !== 'plan-target' || !(usual > 0 && rate.perDay > 0 && goal > 0))
    return AS_RECORDED;
  const sizes = winSizes(pool);
  const expected = (usual * daysBetween(startMs, endMs) * exactSum(sizes)) / sizes.length;
  const own = ownVariance(pool);
  // The target was set when the year began: what has passed of it is in the record.
  const left = clamp(daysBetween(pool.asOfMs, endMs) / daysBetween(startMs, endMs), 0, 1);
  const weight = left * left * (own / (own + GOAL_VARIANCE));
  return {
    number: exp(weight * log(usual / rate.perDay)),
    size: exp(weight * log(goal / expected)),
  };
}

/** Variance of the log of the pace as the record of a usual partner tells it. */
function ownVariance({ pace: { shape, days, drift, halfLifeDays } }: PoolModel): number {
  const moved = (shape / days) * fadedDays(ARRIVAL_LOOKBACK_DAYS, halfLifeDays);
  return 1 / (shape + moved) + drift + OWN_PACE_VARIANCE;
}

/** What may still be won at a pace. */
export const atPace = (outlook: Outlook, { number, size }: GoalPace): Outlook => ({
  ...outlook,
  arrivals: {
    ...outlook.arrivals,
    mean: number * outlook.arrivals.mean,
    sizes: outlook.arrivals.sizes.map((one) => size * one),
  },
});
