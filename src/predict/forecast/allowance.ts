import { exp } from '../../model/real-math.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { exactSum } from '../math/exact-sum.ts';
import { daysBetween } from '../math/time.ts';
import {
  EVIDENCE_CAP,
  HALF_PROVEN_CAP,
  HALF_PROVEN_KNEE,
  YOUNG_CAP,
  YOUNG_DAYS,
  YOUNG_KNEE,
} from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { Weighed } from './weighed.ts';

/** A deal that draws on an allowance: open, or lost so lately that it still holds its part. */
export interface Claimant {
  weighed: Weighed;
  /** 1 = in full, as an open deal does. */
  holds: number;
}

/** In full up to the knee, then less and less, never above the cap. */
const softly = (x: number, knee: number, cap: number): number =>
  x <= knee || cap <= knee
    ? Math.min(x, cap)
    : knee + (cap - knee) * (1 - exp((knee - x) / (cap - knee)));

/** What the record of wins brings by the moment asked for, and in a quarter at least. */
interface RecordWorth {
  worth: number;
  quarter: number;
}

/**
 * Share of its chance that a deal counts for. Together those of which nothing is shown, and what
 * has gone quiet of others, may bring (EVIDENCE_CAP - 1) of `worth`, what the record of wins brings;
 * those with half-proven ones about what it brings, and proven ones that are young a few times what
 * it brings in a quarter: a single deal is as large near the end as early.
 */
export function sharesOf(
  claimants: readonly Claimant[],
  { worth, quarter }: RecordWorth,
  pool: PoolModel,
  context: MeasureContext,
): (w: Weighed) => number {
  const nothing = (w: Weighed): number => (w.shown === 'unproven' ? w.heard : 0) + w.quiet;
  const half = (w: Weighed): number => (w.shown === 'half' ? w.heard : 0);
  const isYoung = (w: Weighed): boolean =>
    w.shown === 'proven' && daysBetween(w.state.createdMs, context.asOfMs) < YOUNG_DAYS;
  const mean = (part: (w: Weighed) => number): number =>
    pool.amounts.multiplier *
    exactSum(
      claimants.map(
        ({ weighed, holds }) => holds * part(weighed) * weighed.counted * weighed.chance.chance,
      ),
    );
  const shareOf = (whole: number, knee: number, cap: number, of = worth): number =>
    whole > 0 ? softly(whole, knee * of, cap * of) / whole : 1;
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
  const ofYoung = mean((w) => (isYoung(w) ? w.heard : 0));
  const young = shareOf(ofYoung, YOUNG_KNEE, YOUNG_CAP, quarter);
  const heard = (w: Weighed): number =>
    w.shown === 'unproven' ? rest : w.shown === 'half' ? unsure : isYoung(w) ? young : 1;
  return (w) => w.heard * heard(w) + w.quiet * rest;
}
