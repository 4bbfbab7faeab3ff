import { exactSum } from '../math/exact-sum.ts';
import type { Distribution } from '../../model/score.ts';
import { EXACT_ITEMS, GRID_CELLS, GRID_SDS, PRIOR_COMMON_SD } from '../tuning.ts';
import { conditional, nodesFor, rateShift, type Nodes } from '../math/factor.ts';
import {
  addChance,
  compoundOf,
  convolve,
  massOf,
  massOfMoments,
  type Compound,
  type Mass,
} from '../math/grid.ts';

/** An open deal: amount >= 0 in the reporting currency, chance 0..1. */
export interface ForecastItem {
  amount: number;
  probability: number;
}

/**
 * Wins of deals not created yet: their number has this mean and gamma shape (spread of the unknown
 * rate), their sizes are equally likely.
 */
export interface Arrivals {
  mean: number;
  shape: number;
  sizes: readonly number[];
}

/** Total won amount as mass on `fixed` + i x `step`; `mean` is exact, not read off the grid. */
export interface AmountMass {
  fixed: number;
  step: number;
  mass: Mass;
  mean: number;
}

/**
 * Above this many expected arrivals their sum is taken by its moments: Panjer's
 * first term would underflow.
 */
const MANY_ARRIVALS = 60;
/**
 * Own relative sd that a chance to reach a goal is judged with, whatever the deals: their states of
 * the factor must not change with a deal, or a better one could lower the chance by a hair.
 */
const FEW_DEALS_SD = 0.35;

const meanSize = (a: Arrivals): number =>
  a.sizes.length === 0 ? 0 : exactSum(a.sizes) / a.sizes.length;
const meanSquare = (a: Arrivals): number =>
  a.sizes.length === 0 ? 0 : exactSum(a.sizes.map((s) => s * s)) / a.sizes.length;
/** Variance of a compound negative binomial with the given mean count. */
const arrivalVariance = (a: Arrivals, mean: number): number =>
  mean * meanSquare(a) + ((mean * mean) / a.shape) * meanSize(a) ** 2;

/** Variance of what the deals and arrivals bring when nothing moves them together. */
export const ownVariance = (
  items: readonly ForecastItem[],
  arrivals: readonly Arrivals[],
): number =>
  exactSum([
    ...items.map((i) => i.amount * i.amount * i.probability * (1 - i.probability)),
    ...arrivals.map((a) => arrivalVariance(a, a.mean)),
  ]);

const meanOf = (items: readonly ForecastItem[], arrivals: readonly Arrivals[]): number =>
  exactSum([
    ...items.map((i) => Math.max(0, i.amount) * Math.max(0, i.probability)),
    ...arrivals.map((a) => a.mean * meanSize(a)),
  ]);

interface Parts {
  items: { amount: number; at: number[] }[];
  rest: { mean: number[]; variance: number[] };
  arrivals: Arrivals[];
}

/**
 * Larger deals one by one; the many small ones by their conditional moments. Sorted, so that the
 * order given cannot matter.
 */
function divide(
  items: readonly ForecastItem[],
  arrivals: readonly Arrivals[],
  shift: readonly number[],
  nodes: Nodes,
): Parts {
  const known = items
    .filter((i) => i.amount > 0 && i.probability > 0)
    .sort(
      (a, b) =>
        b.amount * b.amount * b.probability - a.amount * a.amount * a.probability ||
        b.amount - a.amount,
    );
  const cache = new Map<number, number[]>();
  const at = (p: number): number[] => {
    let found = cache.get(p);
    if (!found) cache.set(p, (found = conditional(p, shift, nodes)));
    return found;
  };
  const all = known.map(({ amount, probability }) => ({ amount, at: at(probability) }));
  const small = all.slice(EXACT_ITEMS);
  return {
    items: all.slice(0, EXACT_ITEMS),
    arrivals: arrivals.filter((a) => a.mean > 0 && meanSize(a) > 0),
    rest: {
      mean: nodes.at.map((_, k) => exactSum(small.map((i) => i.amount * i.at[k]!))),
      variance: nodes.at.map((_, k) =>
        exactSum(small.map((i) => i.amount * i.amount * i.at[k]! * (1 - i.at[k]!))),
      ),
    },
  };
}

/**
 * Highest amount worth a cell: what is possible, or far above what is likely in
 * the best state of the factor.
 */
function reachOf(parts: Parts, shift: readonly number[]): number {
  const possible =
    parts.arrivals.length > 0 || parts.rest.mean.some((m) => m > 0)
      ? Infinity
      : exactSum(parts.items.map((i) => i.amount));
  const likely = shift.map((more, k) => {
    let mean = parts.rest.mean[k]!;
    let variance = parts.rest.variance[k]!;
    for (const item of parts.items) {
      mean += item.amount * item.at[k]!;
      variance += item.amount ** 2 * item.at[k]! * (1 - item.at[k]!);
    }
    for (const a of parts.arrivals) {
      const count = a.mean * more;
      mean += count * meanSize(a);
      variance += arrivalVariance(a, count);
    }
    const arrival = Math.max(0, ...parts.arrivals.map((a) => Math.max(...a.sizes)));
    const largest = Math.max(parts.items[0]?.amount ?? 0, arrival);
    // Two arrivals at once, where even one is rare, lie beyond any number of standard deviations.
    return mean + GRID_SDS * Math.sqrt(variance) + largest + arrival;
  });
  return Math.min(possible, Math.max(...likely));
}

function arrivalMass(a: Arrivals, compound: Compound, count: number, step: number): Mass {
  return count > MANY_ARRIVALS
    ? massOfMoments(count * meanSize(a), arrivalVariance(a, count), step, GRID_CELLS)
    : compound(count, a.shape);
}

const compoundsOf = ({ arrivals }: Parts, step: number): Compound[] =>
  arrivals.map(({ sizes }) => compoundOf(massOf(sizes, step, GRID_CELLS)));

/** Mass given one state of the factor: arrivals first, since deals are then added in place. */
function massAt(
  parts: Parts,
  compounds: readonly Compound[],
  k: number,
  shift: number,
  step: number,
): Mass {
  const streams = parts.arrivals.map((a, i) => arrivalMass(a, compounds[i]!, a.mean * shift, step));
  if (parts.rest.mean[k]! > 0)
    streams.push(massOfMoments(parts.rest.mean[k]!, parts.rest.variance[k]!, step, GRID_CELLS));
  const [first, ...others] = streams;
  let mass: Mass = first ?? new Float64Array(GRID_CELLS);
  if (!first) mass[0] = 1;
  for (const other of others) mass = convolve(mass, other);
  let used = first ? GRID_CELLS : 1;
  for (const item of parts.items) used = addChance(mass, used, item.amount, item.at[k]!, step);
  return mass;
}

/**
 * Distribution of `fixed` + open deals + arrivals, by convolution on a grid of amounts, given each
 * state of one common factor (relative sd `sd` of all rates), then averaged.
 * No sampling: the same input gives the same bytes. Cost is bounded: the largest deals (by
 * variance) are convolved one by one, the rest by conditional moments.
 */
export function amountMass(
  fixed: number,
  items: readonly ForecastItem[],
  arrivals: readonly Arrivals[],
  sd: number = PRIOR_COMMON_SD,
): AmountMass {
  const ahead = meanOf(items, arrivals);
  const nodes = nodesFor(sd, ahead > 0 ? Math.sqrt(ownVariance(items, arrivals)) / ahead : 1);
  const shift = rateShift(sd, nodes);
  const parts = divide(items, arrivals, shift, nodes);
  const reach = reachOf(parts, shift);
  const mean = fixed + ahead;
  if (!(reach > 0) || !Number.isFinite(reach))
    return { fixed, step: 0, mass: new Float64Array([1]), mean };
  const step = reach / (GRID_CELLS - 1);
  const mass = new Float64Array(GRID_CELLS);
  const compounds = compoundsOf(parts, step);
  nodes.weight.forEach((weight, k) => {
    const given = massAt(parts, compounds, k, shift[k]!, step);
    for (let i = 0; i < GRID_CELLS; i++) mass[i]! += weight * given[i]!;
  });
  return { fixed, step, mass, mean };
}

/**
 * Chance that `won` + open deals + arrivals come to `goal`. The grid runs from 0 to the goal,
 * whose last cell takes all that reaches it, so that the same deals are always judged on the
 * same grid: a better chance of any deal, or its win, can only raise the result. Totals
 * within 0.2% below the goal (two cells) count, since an amount is split between cells and an
 * exact hit must not be halved.
 * A goal that is itself an estimate is a span, `about` it on either side as a share of it: the mean
 * of the chances of all goals in the span, each of which a win can only raise.
 */
export function chanceToReach(
  won: number,
  items: readonly ForecastItem[],
  arrivals: readonly Arrivals[],
  goal: number,
  sd: number = PRIOR_COMMON_SD,
  about = 0,
): number {
  const most = goal * (1 + about);
  if (won >= most) return 1;
  const step = most / (GRID_CELLS + 1);
  const nodes = nodesFor(sd, FEW_DEALS_SD);
  const shift = rateShift(sd, nodes);
  const parts = divide(items, arrivals, shift, nodes);
  const compounds = compoundsOf(parts, step);
  let reached = 0;
  nodes.weight.forEach((weight, k) => {
    const mass = massAt(parts, compounds, k, shift[k]!, step);
    addChance(mass, GRID_CELLS, won, 1, step);
    reached += weight * reachedBy(mass, step, goal, about);
  });
  return Math.min(1, reached);
}

/** Mass at the goal or beyond it; short of the end of its span by how many goals in it are reached. */
function reachedBy(mass: Mass, step: number, goal: number, about: number): number {
  const last = GRID_CELLS - 1;
  let reached = mass[last]!;
  const least = goal * (1 - about);
  for (let i = last - 1; about > 0 && i * step > least; i--)
    reached += (mass[i]! * (i * step - least)) / (2 * about * goal);
  return reached;
}

/**
 * Amount below which a share `q` of the mass lies: the first cell whose cumulated mass reaches it
 * (1e-12 of slack against rounding).
 */
export function quantile(total: AmountMass, q: number): number {
  let reached = 0;
  for (let i = 0; i < total.mass.length; i++) {
    reached += total.mass[i]!;
    if (reached >= q - 1e-12) return total.fixed + i * total.step;
  }
  return total.fixed + (total.mass.length - 1) * total.step;
}

/** Mean and P10, P50, P90 of a total. */
export const summary = (total: AmountMass): Distribution => ({
  mean: total.mean,
  p10: quantile(total, 0.1),
  p50: quantile(total, 0.5),
  p90: quantile(total, 0.9),
});

/** Mean and quantiles of open deals and arrivals; see `amountMass`. */
export const forecastDistribution = (
  items: readonly ForecastItem[],
  arrivals: readonly Arrivals[],
  sd: number = PRIOR_COMMON_SD,
): Distribution => summary(amountMass(0, items, arrivals, sd));
