import { isWin, type DealState } from './deal-at.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import {
  CHANCE_PAIRS,
  MAX_SAME_SALE_DAYS,
  MIN_PACE_DAYS,
  SAME_SALE_DAYS,
  SPLIT_WINDOW_DAYS,
} from '../tuning.ts';

/** One customer, entered within the split window. */
const sameCustomer = (a: DealState, b: DealState): boolean =>
  a.deal.accountId !== null &&
  a.deal.accountId === b.deal.accountId &&
  b.createdMs - a.createdMs <= SPLIT_WINDOW_DAYS * DAY_MS;

/** Since when it has been what it is now: closed, or in its stage. */
const sinceMs = (state: DealState): number => state.closedMs ?? state.stageSinceMs;

/** Where it is now is where it was entered: of two such deals nothing but their entry is alike. */
const unmoved = (state: DealState): boolean => sinceMs(state) === state.createdMs;

type Together = (a: DealState, b: DealState, days: number) => boolean;

/**
 * Entered together and come together to where they are: one sale, were it over five subsidiaries.
 */
export const sameSale: Together = (a, b, days) => {
  const within = (unmoved(a) || unmoved(b) ? SAME_SALE_DAYS : days) * DAY_MS;
  return (
    a.stage === b.stage &&
    b.createdMs - a.createdMs <= within &&
    Math.abs(sinceMs(b) - sinceMs(a)) <= within
  );
};

/** What is not won, whether marked lost or never, is counted alike: one by one. */
const sameWin: Together = (a, b, days) => isWin(a) && isWin(b) && sameSale(a, b, days);

/**
 * Within how many days of each other two wins of this partner are no accident: fewer where it wins
 * often, since chance brings some together.
 */
function togetherDays(sorted: readonly DealState[]): number {
  const wins = sorted.filter(isWin);
  if (wins.length === 0) return MAX_SAME_SALE_DAYS;
  const watched = daysBetween(wins[0]!.createdMs, wins.at(-1)!.createdMs);
  const days = Math.sqrt((CHANCE_PAIRS * Math.max(MIN_PACE_DAYS, watched)) / wins.length);
  return Math.min(MAX_SAME_SALE_DAYS, Math.max(SAME_SALE_DAYS, days));
}

/**
 * Deals of one partner that are sold together are one case: those of one customer created within
 * the split window of the first of them, and those that went the same way at about the same time,
 * each a little after the one before. Splitting must earn nothing. Cases come in the order of
 * creation and id of their first deals.
 */
export function casesOf(states: readonly DealState[], together: Together = sameWin): DealState[][] {
  const sorted = [...states].sort(
    (a, b) => a.createdMs - b.createdMs || sinceMs(a) - sinceMs(b) || (a.id < b.id ? -1 : 1),
  );
  const days = togetherDays(sorted);
  const cases: DealState[][] = [];
  let oldest = 0;
  for (const state of sorted) {
    const horizonMs = state.createdMs - SPLIT_WINDOW_DAYS * DAY_MS;
    while (oldest < cases.length && cases[oldest]![0]!.createdMs < horizonMs) oldest++;
    const found = cases
      .slice(oldest)
      .find(
        (members) => sameCustomer(members[0]!, state) || together(members.at(-1)!, state, days),
      );
    if (found) found.push(state);
    else cases.push([state]);
  }
  return cases;
}
