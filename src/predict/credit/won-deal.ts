import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import { dealAt } from '../deal/deal-at.ts';
import { toCents } from './cents.ts';

/** A won deal as the rules of credit look at it. */
export interface WonDeal {
  deal: DealFacts;
  wonMs: number;
  cents: number | null;
}

/** The deal as won at the context's moment; null = it is not won. */
export function wonAt(deal: DealFacts, context: MeasureContext): WonDeal | null {
  const state = dealAt(deal, context.asOfMs, context);
  return state === null || state.outcome !== 'won' || state.closedMs === null
    ? null
    : {
        deal,
        wonMs: state.closedMs,
        cents: state.amount === null ? null : toCents(state.amount),
      };
}
