import { ownEntry } from '../../model/own-entry.ts';
import { log } from '../../model/real-math.ts';
import type { DealState } from '../deal/deal-at.ts';
import { clamp, inner } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * How much of the way from its creation to the win an open deal has still to go: the log of the
 * chance that its stage leaves it, of the log of a new deal's. What a partner does better or worse
 * than others it does along the whole way, so only this share of its effect lies ahead.
 */
export function wayLeft({ stage }: Pick<DealState, 'stage'>, pool: PoolModel): number {
  const reached = ownEntry(pool.stages, stage);
  if (reached === undefined) return 1;
  const ahead = inner(curveAt(reached.curve.win, pool.horizonDays / 7));
  return clamp(log(ahead) / log(pool.cohort.rate), 0, 1);
}
