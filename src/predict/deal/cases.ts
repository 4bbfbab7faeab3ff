import type { DealState } from './deal-at.ts';
import { DAY_MS } from '../math/time.ts';
import { SPLIT_WINDOW_DAYS } from '../tuning.ts';

/**
 * Deals of one customer created within the split window of the first of them are one case: they are
 * sold together, and splitting must earn nothing.
 * Deals without a customer stand alone. Cases come in the order of customer, creation and id.
 */
export function casesOf(states: readonly DealState[]): DealState[][] {
  const key = (s: DealState): string => s.deal.accountId ?? '';
  const sorted = [...states].sort((a, b) =>
    key(a) < key(b)
      ? -1
      : key(a) > key(b)
        ? 1
        : a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1),
  );
  const cases: DealState[][] = [];
  for (const state of sorted) {
    const first = cases.at(-1)?.[0];
    const same =
      first && state.deal.accountId !== null && first.deal.accountId === state.deal.accountId;
    if (same && state.createdMs - first.createdMs <= SPLIT_WINDOW_DAYS * DAY_MS)
      cases.at(-1)!.push(state);
    else cases.push([state]);
  }
  return cases;
}
