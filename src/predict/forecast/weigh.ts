import { isWin, type DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import { daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Standing } from '../../model/score.ts';
import {
  EVIDENCE_CAP,
  HALF_PROVEN_CAP,
  HALF_PROVEN_KNEE,
  YOUNG_CAP,
  YOUNG_DAYS,
  YOUNG_KNEE,
} from '../tuning.ts';
import { freshness, isPhantom } from '../win/phantom.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { winChance, type WinChance } from '../win/win-chance.ts';
import { arrivalsUntil, type ArrivalRate } from './arrival-rate.ts';
import { atLevel } from './levelled.ts';
import { exp } from '../../model/real-math.ts';

/** An open deal and what it counts for. */
export interface Weighed {
  state: DealState;
  standing: Standing;
  chance: WinChance;
  /** On the record; an unknown amount is the pool's mean, a negative one nothing. */
  stated: number;
  /** What of it counts until it is won. */
  counted: number;
  /** Share of its chance that counts. */
  share: number;
  /** What past forecasts teach about the chances of open deals. */
  level: number;
  /** 1 = heard of lately, 0 = gone quiet: what a score makes of it. */
  fresh: number;
}

function standingOf(state: DealState, pool: PoolModel, context: MeasureContext): Standing {
  if (isPhantom(state, pool, context)) return 'silent';
  if (state.provenMs !== null) return 'proven';
  return state.verifiedMs === null ? 'unproven' : 'half';
}

/** In full up to the knee, then less and less, never above the cap. */
const softly = (x: number, knee: number, cap: number): number =>
  x <= knee || cap <= knee
    ? Math.min(x, cap)
    : knee + (cap - knee) * (1 - exp((knee - x) / (cap - knee)));

/** The largest amount that counts before it is won: the partner's own, or what one win in a hundred exceeds. */
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
): Weighed {
  const amount = Math.max(0, state.amount ?? pool.amounts.mean);
  return {
    state,
    standing: standingOf(state, pool, context),
    chance: winChance(state, pool, endMs, effect),
    stated: Math.max(0, state.stated.amount ?? pool.amounts.mean),
    counted: Math.min(amount, largest),
    share: 1,
    level: pool.level.open,
    fresh: freshness(state, pool, context),
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
 * A partner's open deals and what each counts for by `endMs`. Together those of which nothing is
 * shown may bring (EVIDENCE_CAP - 1) of what the record of wins brings by then, those with
 * half-proven ones about what it brings, and proven ones that are young a few times that.
 */
export function weigh(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  rate: ArrivalRate,
): Weighed[] {
  const largest = largestCounted(states, pool);
  const all = states
    .filter((s) => s.outcome === 'open')
    .map((s) => weighedAlone(s, pool, context, endMs, effect, largest));
  const record = arrivalsUntil(rate, pool, endMs, null);
  const worth = record.mean * (exactSum(record.sizes) / record.sizes.length);
  const mean = (some: readonly Weighed[]): number =>
    pool.amounts.multiplier * exactSum(some.map((w) => w.counted * w.chance.chance));
  const shareOf = (whole: number, knee: number, cap: number): number =>
    whole > 0 ? softly(whole, knee * worth, cap * worth) / whole : 1;
  const nothing = all.filter((w) => w.standing === 'unproven' || w.standing === 'silent');
  const half = all.filter((w) => w.standing === 'half');
  const young = all.filter(
    (w) => w.standing === 'proven' && daysBetween(w.state.createdMs, context.asOfMs) < YOUNG_DAYS,
  );
  const ofNothing = mean(nothing);
  const ofHalf = mean(half);
  const capped = shareOf(ofNothing, EVIDENCE_CAP - 1, EVIDENCE_CAP - 1);
  // What is better shown is served first: of the allowance that both share, deals of which nothing
  // is shown get what half-proven ones leave, and take nothing from them however large they are.
  const unsure = shareOf(ofHalf, HALF_PROVEN_KNEE, HALF_PROVEN_CAP);
  const both = capped * ofNothing + ofHalf;
  const fits = shareOf(both, HALF_PROVEN_KNEE, HALF_PROVEN_CAP);
  const left = Math.max(0, fits * both - unsure * ofHalf);
  const rest = fits === 1 || ofNothing === 0 ? capped : left / ofNothing;
  const shares = new Map<Weighed, number>([
    ...nothing.map((w) => [w, rest] as const),
    ...half.map((w) => [w, unsure] as const),
    ...young.map((w) => [w, shareOf(mean(young), YOUNG_KNEE, YOUNG_CAP)] as const),
  ]);
  return all.map((w) => ({ ...w, share: shares.get(w) ?? 1 }));
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
  // Cut where something is taken off, else many deals of next to nothing would be rounded up to more than their cap.
  return (weight < 1 ? Math.floor(permille) : Math.round(permille)) / 1000;
}
