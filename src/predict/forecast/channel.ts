import { addExact, exactSum, exactValue, type ExactSum } from '../math/exact-sum.ts';
import { sellingDays } from '../math/selling-days.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Distribution, Forecast } from '../../model/score.ts';
import { exp, log } from '../../model/real-math.ts';
import { MODEL_VERSION } from '../tuning.ts';
import { winSizes } from './arrival-rate.ts';
import {
  amountMass,
  summary,
  type AmountMass,
  type Arrivals,
  type ForecastItem,
} from './distribution.ts';
import type { Coming } from './levelled.ts';
import type { ForecastPart } from './part.ts';
import type { PoolModel } from '../win/pool-model.ts';

export const itemsFrom = (part: ForecastPart): ForecastItem[] => {
  const items: ForecastItem[] = [];
  for (let i = 0; i < part.items.length; i += 2)
    items.push({ amount: part.items[i]!, probability: part.items[i + 1]! });
  return items;
};

const total = (sums: Iterable<ExactSum>): number => {
  const sum: ExactSum = [];
  for (const part of sums) for (const x of part) addExact(sum, x);
  return exactValue(sum);
};

/** Streams as one: means add, and the extra variance of unknown rates is kept. */
function asOne(streams: readonly Coming[], sizes: readonly number[]): Arrivals {
  const mean = exactSum(streams.map((a) => a.mean));
  const extra = exactSum(streams.map((a) => (a.mean * a.mean) / a.shape));
  return { mean, shape: extra > 0 ? (mean * mean) / extra : 1, sizes };
}

/** Streams of the same sizes as one, since each stream costs a convolution. */
export const mergedArrivals = (streams: readonly Arrivals[]): Arrivals[] =>
  [...Map.groupBy(streams, ({ sizes }) => sizes.join()).values()].map((own) =>
    asOne(own, own[0]!.sizes),
  );

/** Arrivals of all partners as one stream. */
export const partnerArrivals = (parts: readonly ForecastPart[], pool: PoolModel): Arrivals =>
  asOne(
    parts.map((p) => p.arrivals),
    winSizes(pool),
  );

/**
 * Deals without a partner that are not created yet: their own rate and mean size,
 * the pool's spread of sizes.
 */
export function directArrivals(pool: PoolModel, endMs: number): Arrivals {
  const { wins, value, days } = pool.direct;
  const ahead = Math.max(0, daysBetween(pool.asOfMs, endMs));
  const share = pool.level.fresh * curveAt(pool.freshShare, ahead / 7);
  const selling = sellingDays(pool.quarter, pool.asOfMs, endMs);
  const mean = days > 0 ? (wins / days) * selling * share : 0;
  return {
    mean,
    shape: wins + 1,
    sizes: pool.amounts.bins.map((b) => (wins > 0 ? (b * value) / wins : 0)),
  };
}

/** By how much all deals of the period move together, the doubt about their level included. */
export const commonSd = ({ level }: PoolModel): number =>
  Math.sqrt(level.sd * level.sd + level.levelSd * level.levelSd);

/** What one partner's current period may come to, as mass on amounts in the reporting currency. */
export const partnerMass = (part: ForecastPart, pool: PoolModel): AmountMass =>
  amountMass(
    exactValue(part.won),
    itemsFrom(part),
    [{ ...part.arrivals, sizes: winSizes(pool) }],
    commonSd(pool),
  );

/** Forecast of one partner for the current period, reporting currency. */
export const partnerForecast = (part: ForecastPart, pool: PoolModel): Distribution =>
  summary(partnerMass(part, pool));

const standingsOf = (parts: readonly ForecastPart[]): Forecast['standings'] => {
  const sum = (of: (p: ForecastPart) => number): number => parts.reduce((n, p) => n + of(p), 0);
  return {
    proven: sum((p) => p.standings.proven),
    half: sum((p) => p.standings.half),
    unproven: sum((p) => p.standings.unproven),
    silent: sum((p) => p.standings.silent),
  };
};
/** The interval of what is still to come, widened or narrowed about its median on the log scale. */
export function widened(total: Distribution, won: number, width: number): Distribution {
  const median = total.p50 - won;
  const end = (amount: number): number => {
    const ahead = amount - won;
    return ahead > 0 && median > 0 ? won + median * exp(width * log(ahead / median)) : amount;
  };
  return { ...total, p10: end(total.p10), p90: end(total.p90) };
}

/**
 * Forecast of the current period for the whole organisation: won to date, open
 * deals, deals not created yet.
 * Its mean is the sum of the partners' means and the direct deals'. The same parts in any order and
 * paging give the same bytes.
 */
export function channelTotals(
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): Omit<Forecast, 'breakdown'> {
  const items = parts.flatMap(itemsFrom);
  const arrivals = [partnerArrivals(parts, pool), directArrivals(pool, context.period.endMs)];
  const won = total(parts.map((p) => p.won));
  const distribution = widened(
    summary(amountMass(won, items, arrivals, commonSd(pool))),
    won,
    pool.level.width,
  );
  return {
    period: context.period,
    asOfMs: context.asOfMs,
    modelVersion: MODEL_VERSION,
    currency: context.reportingCurrency,
    wonToDate: won,
    total: distribution,
    openMean: exactSum(items.map((i) => i.amount * i.probability)),
    newMean: exactSum(arrivals.map((a) => (a.mean * exactSum(a.sizes)) / a.sizes.length)),
    crmWeighted: total(parts.map((p) => p.crm)),
    openDeals: parts.reduce((sum, p) => sum + p.openDeals, 0),
    standings: standingsOf(parts),
    multiplier: pool.amounts.multiplier,
    trackRecord: null,
  };
}
