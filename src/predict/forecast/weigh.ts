import { isWin, type DealState } from '../deal/deal-at.ts';
import { unmarked } from '../deal/unmarked.ts';
import { exactSum } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Standing } from '../../model/score.ts';
import { LOST_HOLDS_DAYS, YOUNG_DAYS } from '../tuning.ts';
import { freshness, isPhantom } from '../win/phantom.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { winChance } from '../win/win-chance.ts';
import { sharesOf, type Claimant } from './allowance.ts';
import { arrivalsUntil, type ArrivalRate } from './arrival-rate.ts';
import { atLevel } from './levelled.ts';
import type { Weighed } from './weighed.ts';

/** By what shows a deal to be real, whether it is still heard of or not. */
function shownBy(state: DealState): Standing {
  if (state.provenMs !== null) return 'proven';
  return state.verifiedMs === null ? 'unproven' : 'half';
}

/**
 * The largest amount that counts before it is won: the partner's own, or what one win in a hundred
 * exceeds.
 */
const largestCounted = (states: readonly DealState[], pool: PoolModel): number =>
  pool.amounts.largest === null
    ? Infinity
    : states.reduce(
        (most, s) => (isWin(s) ? Math.max(most, s.amount ?? 0) : most),
        pool.amounts.largest,
      );

function weighedAlone(
  state: DealState,
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  largest: number,
  fading = false,
): Weighed {
  const silent = !fading && isPhantom(state, pool, context);
  const amount = Math.max(0, state.amount ?? pool.amounts.mean);
  const heard = freshness(state, pool, context);
  return {
    state,
    standing: silent ? 'silent' : shownBy(state),
    shown: shownBy(state),
    chance: winChance(state, pool, endMs, effect),
    stated: Math.max(0, state.stated.amount ?? pool.amounts.mean),
    counted: Math.min(amount, largest),
    share: 1,
    level: pool.level.open,
    heard,
    quiet: fading ? 0 : 1 - heard,
  };
}

/** Deals of our own staff: nobody is paid by them, so each counts in full, alone. */
export const weighDirect = (
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
): Weighed[] =>
  states
    .filter((s) => s.outcome === 'open')
    .map((s) => weighedAlone(s, pool, context, endMs, 0, Infinity));

/**
 * A deal lost lately holds its part of what deals of its standing share, as if nobody had marked
 * it, and then hands it on bit by bit: else a loss would raise what is left.
 */
function lostLately(
  states: readonly DealState[],
  context: MeasureContext,
  alone: (state: DealState) => Weighed,
): Claimant[] {
  return states.flatMap((state) => {
    if (state.outcome !== 'lost' || state.closedMs === null) return [];
    const days = daysBetween(state.closedMs, context.asOfMs);
    const holds = clamp(2 - days / LOST_HOLDS_DAYS, 0, 1);
    const open = holds > 0 ? unmarked(state, context.asOfMs, context) : null;
    return open === null ? [] : [{ weighed: alone(open), holds }];
  });
}

/**
 * A partner's open deals and what each counts for by `endMs`, within what the record allows. As far
 * as a deal has gone quiet, it counts for a score (`fading`) by the partner's record alone, and for
 * a forecast as one of which nothing is shown.
 */
export function weigh(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  rate: ArrivalRate,
  fading = false,
): Weighed[] {
  const largest = largestCounted(states, pool);
  const alone = (state: DealState): Weighed =>
    weighedAlone(state, pool, context, endMs, effect, largest, fading);
  const open = states.filter((s) => s.outcome === 'open').map(alone);
  if (open.length === 0) return [];
  const worthBy = (ms: number): number => {
    const { mean, sizes } = arrivalsUntil(rate, pool, ms, null);
    return mean * (exactSum(sizes) / sizes.length);
  };
  const worth = worthBy(endMs);
  const quarter = worthBy(Math.max(endMs, context.asOfMs + YOUNG_DAYS * DAY_MS));
  const claimants = [
    ...open.map((weighed) => ({ weighed, holds: 1 })),
    ...lostLately(states, context, alone),
  ];
  const share = sharesOf(claimants, { worth, quarter }, pool, context);
  return open.map((w) => ({ ...w, share: share(w) }));
}

/**
 * The probability as it is shown and stored: to the tenth of a percent, what does not count taken
 * off, at the level of past forecasts. The forecast adds up these and nothing else.
 */
export function storedProbability(
  { chance, share, stated, counted, level }: Weighed,
  of: number = chance.chance,
): number {
  const weight = stated > counted ? (share * counted) / stated : share;
  const permille = 1000 * atLevel(of * weight, level);
  // Cut where something is taken off, else many deals of next to nothing would be rounded up to
  // more than their cap.
  return (weight < 1 ? Math.floor(permille) : Math.round(permille)) / 1000;
}
