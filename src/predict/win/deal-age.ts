import { ownEntry } from '../../model/own-entry.ts';
import type { DealState } from '../deal/deal-at.ts';
import { curveAt } from '../math/survival.ts';
import type { PoolModel } from './pool-model.ts';

/** How old a deal is beside the organisation's own, 0..1; null = too little is known to say. */
export interface AgePercentiles {
  /** Share of deals that had been won or lost by this age. */
  age: number;
  /** Share of stays in its stage that had ended by this many days. */
  stage: number | null;
}

export function agePercentiles(state: DealState, pool: PoolModel): AgePercentiles {
  const stays = ownEntry(pool.stages, state.stage)?.stays;
  const ended = stays?.filter((days) => days !== null && days <= state.stageDays).length ?? 0;
  const known = stays?.some((days) => days !== null) === true;
  return {
    age: curveAt(pool.cohort.ended, state.ageDays / 7),
    stage: known ? ended / (stays!.length + 1) : null,
  };
}
