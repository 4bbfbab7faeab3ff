import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import { dealAt, type DealState } from './deal-at.ts';
import { withWaiting } from './waiting.ts';

/** States of all deals of a partner known at the context's moment, in the order given. */
export function dealsAt(deals: readonly DealFacts[], context: MeasureContext): DealState[] {
  const found: DealState[] = [];
  for (const deal of deals) {
    const state = dealAt(deal, context.asOfMs, context);
    if (state) found.push(state);
  }
  return withWaiting(found, context.asOfMs);
}
