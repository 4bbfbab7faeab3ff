import { expit, inner, logit, trigamma } from '../math/numeric.ts';
import { BAND_Z, CELL_PSEUDO_DEALS } from '../tuning.ts';
import type { WinChance } from '../win/win-chance.ts';

/** What a partner's own record adds to the log odds of its deals. */
export interface Effect {
  effect: number;
  sd: number;
  resolved: number;
}

/** A deal of our own staff: no partner, no effect. */
export const NO_EFFECT: Effect = { effect: 0, sd: 0, resolved: 0 };

/**
 * 80% band on the log odds: what the past deals of the cell leave open (Beta), and the
 * partner's own uncertainty.
 */
export function chanceBand(chance: WinChance, partner: Effect): { low: number; high: number } {
  if (chance.said !== null) return chance.said;
  const p = inner(chance.chance);
  const n = chance.deals + CELL_PSEUDO_DEALS;
  const sd = Math.sqrt(trigamma(n * p + 0.5) + trigamma(n * (1 - p) + 0.5) + partner.sd ** 2);
  return { low: expit(logit(p) - BAND_Z * sd), high: expit(logit(p) + BAND_Z * sd) };
}
