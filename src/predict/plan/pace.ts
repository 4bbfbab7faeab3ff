import type { MeasureContext } from '../../model/facts.ts';
import { elapsedShare, shiftMonths } from '../math/calendar.ts';
import { DAY_MS } from '../math/time.ts';

const QUARTER_MONTHS = 3;
const ABOUT_A_QUARTER_MS = (365.25 / 4) * DAY_MS;

/** Share of a quarter's wins that are made once this share of its days has passed. */
function curveAt(passed: number, curve: readonly number[]): number {
  const last = curve.length - 1;
  const at = passed * last;
  const low = Math.min(last - 1, Math.floor(at));
  return curve[low]! + (at - low) * (curve[low + 1]! - curve[low]!);
}

/**
 * Wins from the start of the current fiscal quarter to a moment, in quarters' worth of them: each
 * fiscal quarter makes one, and within it they come by the pool's curve. Negative before it.
 */
function quartersOfWins(
  atMs: number,
  { period, timeZone }: MeasureContext,
  curve: readonly number[],
): number {
  const startOf = (n: number): number => shiftMonths(period.startMs, QUARTER_MONTHS * n, timeZone);
  let n = Math.floor((atMs - period.startMs) / ABOUT_A_QUARTER_MS);
  while (startOf(n) > atMs) n--;
  while (startOf(n + 1) <= atMs) n++;
  const from = startOf(n);
  return n + curveAt((atMs - from) / (startOf(n + 1) - from), curve);
}

/**
 * Share of a period's wins that should be made by now. Deals come late in the company's quarters,
 * so any period is measured by those that lie in it: a year, a month of a 4-4-5 calendar, or ninety
 * days from the middle of a quarter.
 */
export function expectedShare(
  startMs: number,
  endMs: number,
  context: MeasureContext,
  curve: readonly number[],
): number {
  const elapsed = elapsedShare(startMs, endMs, context.asOfMs);
  if (elapsed === 0 || elapsed === 1) return elapsed;
  const [start, now, end] = [startMs, context.asOfMs, endMs].map((ms) =>
    quartersOfWins(ms, context, curve),
  ) as [number, number, number];
  return (now - start) / (end - start);
}
