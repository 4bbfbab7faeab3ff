import { exp, log1p } from '../../model/real-math.ts';

/**
 * Chance of a win at the level of past forecasts: the hazard of the win is multiplied, so that a
 * near certainty stays one.
 */
export const atLevel = (probability: number, level: number): number =>
  probability <= 0 || probability >= 1 || level === 1
    ? probability
    : 1 - exp(level * log1p(-probability));

/** Expected number and gamma shape of wins from deals not created yet. */
export interface Coming {
  mean: number;
  shape: number;
}
