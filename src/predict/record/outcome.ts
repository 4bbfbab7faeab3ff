import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { RecordedStatement, StatementOutcome } from '../../model/record.ts';
import { dealAt } from '../deal/deal-at.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { inPeriod, wonBetween } from '../deal/won.ts';
import { addExact, exactValue, type ExactSum } from '../math/exact-sum.ts';

/**
 * Outcomes are as they were known when the window ended: a win that is typed in later, or taken
 * back later, changes no record.
 */
const atEnd = (dueMs: number, context: MeasureContext): MeasureContext => ({
  ...context,
  asOfMs: dueMs - 1,
});

/** Whether the deal was won after the statement and within its window. */
export function dealOutcome(
  { saidMs, dueMs }: Pick<RecordedStatement, 'saidMs' | 'dueMs'>,
  deal: DealFacts,
  context: MeasureContext,
): StatementOutcome {
  const state = dealAt(deal, dueMs - 1, context);
  if (state === null) return { happened: null, amount: null };
  const won = state.outcome === 'won' && inPeriod(state.closedMs, saidMs, dueMs);
  return { happened: won, amount: null };
}

/** What the partner brought within the window, and whether that reached the goal. */
export function partnerOutcome(
  { fromMs, dueMs, goal }: Pick<RecordedStatement, 'fromMs' | 'dueMs' | 'goal'>,
  partner: PartnerFacts,
  context: MeasureContext,
): StatementOutcome {
  const states = dealsAt(partner.deals, atEnd(dueMs, context)).filter((s) => !s.borrowed);
  const amount = exactValue(wonBetween(states, fromMs, dueMs));
  return { happened: goal === null ? null : amount >= goal, amount };
}

/** Adds what a page of deals, all those of a partner or direct ones, brought within the window. */
export function addBrought(
  sum: ExactSum,
  deals: readonly DealFacts[],
  { fromMs, dueMs }: Pick<RecordedStatement, 'fromMs' | 'dueMs'>,
  context: MeasureContext,
): void {
  const states = dealsAt(deals, atEnd(dueMs, context));
  for (const part of wonBetween(states, fromMs, dueMs)) addExact(sum, part);
}
