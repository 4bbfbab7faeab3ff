import { DAY_MS } from '../../math/time.ts';
import type { DealHistory, HistoryView } from '../features/history.ts';

/**
 * What a stall is: silent for longer than so many days, without a step forward, a qualifying
 * activity or an offer; or put off beyond the end of its quarter with no such sign since.
 */
export interface StallRule {
  days: number;
  onPutOff: boolean;
}

/** A stall within so many days is what is foretold. */
export const STALL_HORIZON_DAYS = 14;

export const stallRuleOf = ({ staleDays, stallOnPutOff }: HistoryView): StallRule | null =>
  staleDays === undefined ? null : { days: staleDays, onPutOff: stallOnPutOff ?? true };

/** What the rule sees of one deal, ascending. */
export interface Signs {
  signs: number[];
  putOffs: number[];
}

const OFFERED = ['presented', 'accepted', 'ordered'];

/** Moves to a stage deeper than any before; clicking back and forth is no step. */
function stepsForward({ moves }: DealHistory, stages: HistoryView['stages']): number[] {
  let deepest = -Infinity;
  return moves.flatMap(([at, stage]) => {
    const order = stages.get(stage ?? '')?.order ?? -Infinity;
    if (order <= deepest) return [];
    deepest = order;
    return [at];
  });
}

export function signsOf(
  history: DealHistory,
  stages: HistoryView['stages'],
  quarterEndsMs: readonly number[],
  rule: StallRule,
): Signs {
  const signs = [
    history.createdMs,
    ...stepsForward(history, stages),
    ...history.activities.map(([at]) => at),
    ...history.quotes.flatMap(([at, state]) => (OFFERED.includes(state) ? [at] : [])),
  ];
  const putOffs = history.pushes.flatMap(([at, fromMs, toMs]) => {
    const endMs = quarterEndsMs.find((end) => end > at);
    return rule.onPutOff && endMs !== undefined && fromMs < endMs && toMs >= endMs ? [at] : [];
  });
  return { signs: signs.sort((a, b) => a - b), putOffs };
}

/** The last sign by a moment; every deal has one, its creation. */
export const lastSign = ({ signs }: Signs, atMs: number): number =>
  signs.findLast((at) => at <= atMs) ?? atMs;

/** Whether the deal is stalled at a moment. */
export function isStalled(of: Signs, atMs: number, { days }: StallRule): boolean {
  const last = lastSign(of, atMs);
  return atMs - last > days * DAY_MS || of.putOffs.some((at) => at > last && at <= atMs);
}

/**
 * When a deal that is not stalled becomes so, up to a moment; null = it moves on, or is not yet.
 */
export function nextStall(
  of: Signs,
  atMs: number,
  untilMs: number,
  { days }: StallRule,
): number | null {
  let last = lastSign(of, atMs);
  for (;;) {
    const next = of.signs.find((at) => at > Math.max(last, atMs)) ?? Infinity;
    const putOff = of.putOffs.find((at) => at > Math.max(last, atMs)) ?? Infinity;
    const stall = Math.min(last + days * DAY_MS, putOff);
    if (stall < next) return stall <= untilMs ? stall : null;
    if (next > untilMs) return null;
    last = next;
  }
}
