import { addExact, type ExactSum } from '../math/exact-sum.ts';
import { isWin, type DealState } from './deal-at.ts';

/** In [from, to); an unknown moment is in none. */
export const inPeriod = (ms: number | null, from: number, to: number): boolean =>
  ms !== null && ms >= from && ms < to;

/** Amount won from `fromMs` up to the context's moment, and not beyond `toMs`. */
export function wonBetween(states: readonly DealState[], fromMs: number, toMs: number): ExactSum {
  const sum: ExactSum = [];
  for (const s of states)
    if (isWin(s) && inPeriod(s.closedMs, fromMs, toMs)) addExact(sum, s.amount ?? 0);
  return sum;
}
