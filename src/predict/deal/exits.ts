import { entryAt } from '../../model/own-entry.ts';
import type { StageFacts } from '../../model/facts.ts';
import type { DealState } from './deal-at.ts';

/** Per stage: closed deals that were in it, and those lost from it. */
export type Exits = Record<string, { left: number; lost: number }>;

/** Counts the open stages that a closed deal was in, and the one that it was lost from. */
export function addExits(
  exits: Exits,
  { deal, outcome }: DealState,
  stages: ReadonlyMap<string, StageFacts>,
): void {
  if (outcome !== 'won' && outcome !== 'lost') return;
  const open = deal.events.flatMap(({ stage }) =>
    stage !== null && stages.get(stage)?.closed === false ? [stage] : [],
  );
  for (const stage of new Set(open)) {
    const counts = entryAt(exits, stage, () => ({ left: 0, lost: 0 }));
    counts.left++;
    if (outcome === 'lost' && stage === open.at(-1)) counts.lost++;
  }
}
