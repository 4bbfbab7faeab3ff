import type { DealHealth, Standing, Triage } from '../../model/score.ts';
import { HOPELESS, MIN_EFFECT, ZOMBIE_CHANCE } from '../tuning.ts';

/**
 * Open in the CRM alone: silent for longer than deals that were won ever were, with next to no
 * chance left; or with none whatever was done on it.
 */
export const isZombie = (standing: Standing, everProbability: number): boolean =>
  everProbability < HOPELESS || (standing === 'silent' && everProbability < ZOMBIE_CHANCE);

/** What is known of a deal when it is decided whether anybody's time would change something. */
export interface TriageGiven {
  zombie: boolean;
  health: DealHealth;
  /** Chance that it stalls; null = it has, or nothing is said of it. */
  stallRisk: number | null;
  /** The chance from which on a deal is warned of. */
  warnAt: number;
  /**
   * What meeting the buyer, or else the next stage, goes with, of its chance to be won at all.
   */
  gain: number;
}

/**
 * Protect: it goes well and may stall. Rescue: it stalls or slips, and goes better where the buyer
 * is met. Leave: nothing that anybody does goes with a different end, or nothing needs to be done.
 */
export function triageOf({ zombie, health, stallRisk, warnAt, gain }: TriageGiven): Triage {
  if (zombie || gain < MIN_EFFECT) return 'leave';
  if (health !== 'on track') return 'rescue';
  return stallRisk !== null && stallRisk >= warnAt ? 'protect' : 'leave';
}
