/**
 * What was said of how open deals move, and what came: stalls by how sure they were, days of the
 * win.
 */
import type { DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import type { DealMovement, DealScore } from '../../../src/model/score.ts';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { isoDay, quartersBefore } from '../../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { endingAfter, historyOf } from '../../../src/predict/win/features/history.ts';
import {
  nextStall,
  signsOf,
  STALL_HORIZON_DAYS,
  stallRuleOf,
} from '../../../src/predict/win/stall/signs.ts';
import type { DealSums } from './sums.ts';

export interface MovingSums {
  stalls: DealSums;
  closes: DealSums;
}

/** Deals are followed this long, so that their late wins are seen too. */
const FOLLOWED_DAYS = 300;

const tenth = (chance: number): string => `${Math.min(9, Math.floor(10 * chance)) * 10}%+`;

/** Whether the deal came to a standstill within the horizon, before it ended. */
function stalls(deal: DealFacts, context: MeasureContext): boolean {
  const rule = stallRuleOf(context)!;
  const { asOfMs, period, timeZone, stages } = context;
  const untilMs = asOfMs + STALL_HORIZON_DAYS * DAY_MS;
  const history = historyOf(deal, untilMs, context)!;
  const ends = [
    ...quartersBefore(period, 8, timeZone).map(({ endMs }) => endMs),
    ...[period.endMs, period.endMs + STALL_HORIZON_DAYS * DAY_MS * 7],
  ].sort((a, b) => a - b);
  const endMs = endingAfter(history, asOfMs)?.[0] ?? Infinity;
  return (
    nextStall(signsOf(history, stages, ends, rule), asOfMs, Math.min(endMs, untilMs), rule) !== null
  );
}

/** Of deals that were won in the end: the share that was by each of the days that were named. */
function noteClose(
  sums: DealSums,
  { expectedClose }: DealMovement,
  deal: DealFacts,
  context: MeasureContext,
  untilMs: number,
): void {
  const { asOfMs, timeZone } = context;
  if (expectedClose === null || untilMs - asOfMs < FOLLOWED_DAYS * DAY_MS) return;
  const state = dealAt(deal, untilMs, context);
  if (state?.outcome !== 'won') return;
  const wonOn = isoDay(state.closedMs!, timeZone);
  sums.add('by low', 0.1, wonOn <= expectedClose.low);
  sums.add('by middle', 0.5, wonOn <= expectedClose.middle);
  sums.add('by high', 0.9, wonOn <= expectedClose.high);
}

export function noteMoving(
  sums: MovingSums,
  scores: readonly DealScore[],
  context: MeasureContext,
  deals: readonly DealFacts[],
  untilMs: number,
): void {
  const byId = new Map(deals.map((deal) => [deal.id, deal]));
  for (const { dealId, movement } of scores) {
    const deal = byId.get(dealId);
    if (movement === undefined || deal === undefined) continue;
    noteClose(sums.closes, movement, deal, context, untilMs);
    if (movement.stallRisk === null) continue;
    const stalled = stalls(deal, context);
    sums.stalls.add(tenth(movement.stallRisk), movement.stallRisk, stalled);
    sums.stalls.add(`triage ${movement.triage}`, movement.stallRisk, stalled);
    sums.stalls.add('all', movement.stallRisk, stalled);
  }
}
