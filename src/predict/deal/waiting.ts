import { daysBetween } from '../math/time.ts';
import {
  CLAIMED_WIN_WAIT_DAYS,
  REOPENED_WINS_SEEN,
  REWIN_WAIT_DAYS,
  WAIT_DAYS_PER_REOPEN_SHARE,
} from '../tuning.ts';
import type { DealState } from './deal-at.ts';

/**
 * Days for which a partner's wins wait before they count, by how often its wins were taken back.
 */
function waitDays(states: readonly DealState[]): number {
  let won = 0;
  let reopened = 0;
  for (const state of states) {
    if (state.outcome === 'won') won++;
    reopened += state.reopened;
  }
  return reopened < REOPENED_WINS_SEEN
    ? 0
    : (WAIT_DAYS_PER_REOPEN_SHARE * reopened) / (won + reopened);
}

/** A win that the partner's own user marked, on a deal of which nothing else is known. */
const claimedOnly = (state: DealState): boolean =>
  state.provenMs === null && state.deal.events.at(-1)?.by === 'partner';

/** Marks the wins of one partner that do not count yet. */
export function withWaiting(states: DealState[], asOfMs: number): DealState[] {
  const own = waitDays(states);
  return states.map((state) => {
    if (state.outcome !== 'won' || state.closedMs === null) return state;
    const wait = Math.max(
      own,
      state.reopened > 0 ? REWIN_WAIT_DAYS : 0,
      claimedOnly(state) ? CLAIMED_WIN_WAIT_DAYS : 0,
    );
    return daysBetween(state.closedMs, asOfMs) < wait ? { ...state, waiting: true } : state;
  });
}
