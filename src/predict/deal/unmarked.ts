import type { DealFacts } from '../../model/facts.ts';
import { dealAt, type DealState, type DealView } from './deal-at.ts';
import { outcomeIn } from './outcome.ts';

/** The believed record without the loss that ended it; null = it was never open on record. */
function withoutLoss(deal: DealFacts, stages: DealView['stages']): DealFacts | null {
  const last = deal.events.findLastIndex(
    ({ stage }) => outcomeIn(deal, stage, stages) === 'open' && stage !== null,
  );
  const stage = deal.events[last]?.stage ?? null;
  return stage === null
    ? null
    : { ...deal, stage, closedMs: null, events: deal.events.slice(0, last + 1) };
}

/** A lost deal as it would stand now had nobody marked it; null = it is not lost. */
export function unmarked(state: DealState, asOfMs: number, view: DealView): DealState | null {
  if (state.outcome !== 'lost') return null;
  const open = withoutLoss(state.deal, view.stages);
  return open === null ? null : dealAt(open, asOfMs, view);
}
