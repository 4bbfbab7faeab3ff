import type { MeasureContext } from '../../model/facts.ts';
import { storedProbability } from '../forecast/weigh.ts';
import type { Weighed } from '../forecast/weighed.ts';
import { clamp } from '../math/numeric.ts';
import { stageName } from '../math/speech.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { afterwards, type Happening } from '../win/what-if.ts';
import { winChance } from '../win/win-chance.ts';
import { chanceBand, type Effect } from './band.ts';

/** What the models say of a deal to which something has just happened. */
export interface After {
  happening: Happening;
  /** What people call the stage that it is then in. */
  stage: string;
  /**
   * As the deal's own probability is stored: to the end of the period, what does not count taken
   * off.
   */
  probability: number;
  low: number;
  high: number;
  /** Past deals behind it. */
  deals: number;
}

/**
 * The same models on the same deal after `happening`; null where they could not tell a difference.
 */
export function afterHappening(
  happening: Happening,
  weighed: Weighed,
  pool: PoolModel,
  context: MeasureContext,
  partner: Effect,
): After | null {
  const state = afterwards(happening, weighed.state, pool, context);
  if (state === null) return null;
  const chance = winChance(state, pool, context.period.endMs, partner.effect);
  // The table of stage and age reads no meeting, so it has nothing to say of one.
  if (happening === 'met' && chance.said === null) return null;
  const { low, high } = chanceBand(chance, partner);
  const probability = storedProbability(weighed, chance.chance);
  return {
    happening,
    stage: stageName(state.stage, context),
    probability,
    low: clamp(storedProbability(weighed, low), 0, probability),
    high: clamp(storedProbability(weighed, high), probability, 1),
    deals: chance.deals,
  };
}
