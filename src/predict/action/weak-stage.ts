import { ownEntry } from '../../model/own-entry.ts';
import { addExits, type Exits } from '../deal/exits.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { PartnerView } from '../plan/view.ts';
import { COACH_MIN_LOST, COACH_MIN_SHARE, COACH_PSEUDO_DEALS } from '../tuning.ts';

/** A stage from which a partner loses more of its deals than others. */
export interface WeakStage {
  stage: string;
  own: number;
  pool: number;
  lost: number;
}

/**
 * The stage that costs a partner most deals beside what the pool would lose there; its share of
 * losses leans on the pool's. Null = none stands out.
 */
export function weakStage(view: PartnerView, context: MeasureContext): WeakStage | null {
  const exits: Exits = {};
  for (const state of view.states) addExits(exits, state, context.stages);
  const found = Object.keys(exits)
    .sort()
    .flatMap((stage) => {
      const { left, lost } = exits[stage]!;
      const all = ownEntry(view.pool.exits, stage);
      if (all === undefined || all.left <= left || lost < COACH_MIN_LOST) return [];
      const pool = (all.lost - lost) / (all.left - left);
      const own = (lost + COACH_PSEUDO_DEALS * pool) / (left + COACH_PSEUDO_DEALS);
      return own - pool >= COACH_MIN_SHARE
        ? [{ stage, own, pool, lost, more: left * (own - pool) }]
        : [];
    });
  return found.reduce<(typeof found)[number] | null>(
    (most, one) => (most === null || one.more > most.more ? one : most),
    null,
  );
}
