import { addExact, exactSum, exactValue, type ExactSum } from '../math/exact-sum.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Distribution, Forecast } from '../../model/score.ts';
import { MODEL_VERSION } from '../tuning.ts';
import { winSizes } from './arrival-rate.ts';
import {
  amountMass,
  summary,
  type AmountMass,
  type Arrivals,
  type ForecastItem,
} from './distribution.ts';
import type { ForecastPart } from './part.ts';
import type { PoolModel } from '../win/pool-model.ts';

const itemsFrom = (part: ForecastPart): ForecastItem[] => {
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

/**
 * Arrivals of all partners as one stream: means add, and the extra variance of unknown rates is
 * kept.
 */
function partnerArrivals(parts: readonly ForecastPart[], pool: PoolModel): Arrivals {
  const mean = exactSum(parts.map((p) => p.arrivals.mean));
  const extra = exactSum(parts.map((p) => (p.arrivals.mean * p.arrivals.mean) / p.arrivals.shape));
  return { mean, shape: extra > 0 ? (mean * mean) / extra : 1, sizes: winSizes(pool) };
}

/**
 * Deals without a partner that are not created yet: their own rate and mean size,
 * the pool's spread of sizes.
 */
function directArrivals(pool: PoolModel, endMs: number): Arrivals {
  const { wins, value, days } = pool.direct;
  const ahead = Math.max(0, daysBetween(pool.asOfMs, endMs));
  const mean = days > 0 ? (wins / days) * ahead * curveAt(pool.freshShare, ahead / 7) : 0;
  return {
    mean,
    shape: wins + 1,
    sizes: pool.amounts.bins.map((b) => (wins > 0 ? (b * value) / wins : 0)),
  };
}

/** What one partner's current period may come to, as mass on amounts in the reporting currency. */
export const partnerMass = (part: ForecastPart, pool: PoolModel): AmountMass =>
  amountMass(exactValue(part.won), itemsFrom(part), [{ ...part.arrivals, sizes: winSizes(pool) }]);

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

/**
 * Forecast of the current period for the whole organisation: won to date, open
 * deals, deals not created yet.
 * Its mean is the sum of the partners' means and the direct deals'. The same parts in any order and
 * paging give the same bytes.
 */
export function channelForecast(
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): Forecast {
  const items = parts.flatMap(itemsFrom);
  const arrivals = [partnerArrivals(parts, pool), directArrivals(pool, context.period.endMs)];
  const won = total(parts.map((p) => p.won));
  const distribution = summary(amountMass(won, items, arrivals));
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
