import type { MeasureContext } from '../../model/facts.ts';
import type { BreakdownRow, Distribution, Forecast, ForecastBreakdown } from '../../model/score.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BREAKDOWN_ROWS } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import {
  channelTotals,
  commonSd,
  directArrivals,
  itemsFrom,
  mergedArrivals,
  partnerArrivals,
  widened,
} from './channel.ts';
import { periodsAhead, type ForecastLine } from './detail.ts';
import { amountMass, summary, type Arrivals, type ForecastItem } from './distribution.ts';
import type { ForecastPart } from './part.ts';

/** What stands under one key: money won, open deals, wins of deals not created yet. */
interface Segment {
  won: number[];
  items: ForecastItem[];
  arrivals: Arrivals[];
}

/** Deals that are not there yet have neither product nor owner. */
const NOT_CREATED = 'deals not created yet';
const NONE = 'none';
const OTHERS = 'others';

const segment = (): Segment => ({ won: [], items: [], arrivals: [] });

function under(segments: Map<string, Segment>, key: string | null): Segment {
  const name = key ?? NONE;
  let found = segments.get(name);
  if (!found) segments.set(name, (found = segment()));
  return found;
}

const expected = (s: Segment): number =>
  exactSum([
    ...s.won,
    ...s.items.map((i) => i.amount * i.probability),
    ...s.arrivals.map((a) => (a.mean * exactSum(a.sizes)) / Math.max(1, a.sizes.length)),
  ]);

const distributionOf = (s: Segment, pool: PoolModel): Distribution =>
  summary(amountMass(exactSum(s.won), s.items, s.arrivals, commonSd(pool)));

/** Largest first; what lies beyond the rows that are kept stands together, so that sums hold. */
function rowsOf(segments: Map<string, Segment>, pool: PoolModel): BreakdownRow[] {
  const sorted = [...segments].sort(
    ([a, x], [b, y]) => expected(y) - expected(x) || (a < b ? -1 : 1),
  );
  const kept = sorted.slice(0, BREAKDOWN_ROWS);
  const rest = sorted.slice(BREAKDOWN_ROWS).map(([, s]) => s);
  if (rest.length > 0)
    kept.push([
      OTHERS,
      {
        won: rest.flatMap((s) => s.won),
        items: rest.flatMap((s) => s.items),
        arrivals: mergedArrivals(rest.flatMap((s) => s.arrivals)),
      },
    ]);
  return kept.map(([key, s]) => ({ key, ...distributionOf(s, pool) }));
}

/** By a trait of the partner: its deals and the deals it has not brought yet. */
function byPartner(
  parts: readonly ForecastPart[],
  trait: (part: ForecastPart) => string | null,
  pool: PoolModel,
  direct: Arrivals,
): BreakdownRow[] {
  const segments = new Map<string, Segment>();
  const key = (part: ForecastPart): string | null =>
    part.partnerId === null ? 'no partner' : trait(part);
  for (const [name, own] of Map.groupBy(parts, key)) {
    const into = under(segments, name);
    for (const part of own) {
      into.won.push(...part.won);
      into.items.push(...itemsFrom(part));
    }
    // As one stream, as in the channel's total: a stream for each partner costs a convolution.
    const theirs = own.filter((part) => part.partnerId !== null);
    if (theirs.length > 0) into.arrivals.push(partnerArrivals(theirs, pool));
  }
  if (direct.mean > 0) under(segments, 'no partner').arrivals.push(direct);
  return rowsOf(segments, pool);
}

/** By a trait of the deal; deals not created yet stand by themselves. */
function byDeal(
  parts: readonly ForecastPart[],
  trait: (line: ForecastLine) => string | null,
  pool: PoolModel,
  fresh: readonly Arrivals[],
): BreakdownRow[] {
  const segments = new Map<string, Segment>();
  for (const line of parts.flatMap((part) => part.detail?.lines ?? [])) {
    const into = under(segments, trait(line));
    if (line.won) into.won.push(line.amount);
    else into.items.push({ amount: line.amount, probability: line.chance });
  }
  under(segments, NOT_CREATED).arrivals.push(...fresh);
  return rowsOf(segments, pool);
}

/** The current period and the next ones. */
function periodsOf(
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastBreakdown['periods'] {
  let begun = directArrivals(pool, context.period.endMs).mean;
  return periodsAhead(context).map((period, k) => {
    const ahead = parts.flatMap((part) => {
      const found = part.detail?.ahead[k];
      return found ? [{ ...part, ...found }] : [];
    });
    const until = directArrivals(pool, period.endMs);
    const direct = { ...until, mean: Math.max(0, until.mean - begun) };
    begun = until.mean;
    const arrivals = [partnerArrivals(ahead, pool), direct];
    const total = summary(amountMass(0, ahead.flatMap(itemsFrom), arrivals, commonSd(pool)));
    return { period, total: widened(total, 0, pool.level.width) };
  });
}

/**
 * The forecast by partner's type, tier and region, by product and owner, and of the next periods.
 * The means of each list add up to the channel's. Parts without detail give empty lists.
 */
function breakdownOf(
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastBreakdown {
  const direct = directArrivals(pool, context.period.endMs);
  const fresh = [partnerArrivals(parts, pool), direct];
  return {
    partner: byPartner(parts, (part) => part.partnerId, pool, direct),
    type: byPartner(parts, (part) => part.detail?.type ?? null, pool, direct),
    tier: byPartner(parts, (part) => part.detail?.tier ?? null, pool, direct),
    region: byPartner(parts, (part) => part.detail?.region ?? null, pool, direct),
    product: byDeal(parts, (line) => line.product, pool, fresh),
    owner: byDeal(parts, (line) => line.ownerId, pool, fresh),
    periods: periodsOf(parts, pool, context),
  };
}

/** The forecast of the whole organisation with what it is made of. */
export const channelForecast = (
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): Forecast => ({
  ...channelTotals(parts, pool, context),
  breakdown: breakdownOf(parts, pool, context),
});
