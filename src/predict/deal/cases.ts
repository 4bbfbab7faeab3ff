import { isWin, type DealState } from './deal-at.ts';
import { DAY_MS } from '../math/time.ts';
import { SAME_SALE_DAYS, SPLIT_WINDOW_DAYS } from '../tuning.ts';

/** One customer, entered within the split window. */
const sameCustomer = (a: DealState, b: DealState): boolean =>
  a.deal.accountId !== null &&
  a.deal.accountId === b.deal.accountId &&
  b.createdMs - a.createdMs <= SPLIT_WINDOW_DAYS * DAY_MS;

/** Since when it has been what it is now: closed, or in its stage. */
const sinceMs = (state: DealState): number => state.closedMs ?? state.stageSinceMs;

/** Entered together and come together to where they are: one sale, were it over five subsidiaries. */
export const sameSale = (a: DealState, b: DealState): boolean =>
  a.stage === b.stage &&
  b.createdMs - a.createdMs <= SAME_SALE_DAYS * DAY_MS &&
  Math.abs(sinceMs(b) - sinceMs(a)) <= SAME_SALE_DAYS * DAY_MS;

/** What is not won, whether marked lost or never, is counted alike: one by one. */
const sameWin = (a: DealState, b: DealState): boolean => isWin(a) && isWin(b) && sameSale(a, b);

/**
 * Deals of one partner that are sold together are one case: those of one customer created within
 * the split window of the first of them, and those that went the same way at the same time. Splitting must earn
 * nothing. Cases come in the order of creation and id of their first deals.
 */
export function casesOf(
  states: readonly DealState[],
  together: (a: DealState, b: DealState) => boolean = sameWin,
): DealState[][] {
  const sorted = [...states].sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  const cases: DealState[][] = [];
  let oldest = 0;
  for (const state of sorted) {
    const horizonMs = state.createdMs - SPLIT_WINDOW_DAYS * DAY_MS;
    while (oldest < cases.length && cases[oldest]![0]!.createdMs < horizonMs) oldest++;
    const found = cases
      .slice(oldest)
      .find(([first]) => sameCustomer(first!, state) || together(first!, state));
    if (found) found.push(state);
    else cases.push([state]);
  }
  return cases;
}
