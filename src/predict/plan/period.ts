import type { MeasureContext, PlanFacts } from '../../model/facts.ts';
import { dayEnd, dayStart, elapsedShare, shiftMonths } from '../math/calendar.ts';
import type { ActivePlan } from './view.ts';
import { DAY_MS } from '../math/time.ts';

/** Id of the metric whose target is the outcome of a plan. */
export const OUTCOME_METRIC = 'won_amount';

/** The plan in force: among those that have begun and not ended, the one begun last; ties by id. Null when there is none. */
export function activePlan(
  plans: readonly PlanFacts[],
  context: MeasureContext,
): ActivePlan | null {
  let best: ActivePlan | null = null;
  for (const plan of plans) {
    const startMs = dayStart(plan.startOn, context.timeZone);
    const endMs = dayEnd(plan.endOn, context.timeZone);
    if (
      startMs === null ||
      endMs === null ||
      endMs <= startMs ||
      startMs > context.asOfMs ||
      endMs <= context.asOfMs
    )
      continue;
    if (best && (startMs < best.startMs || (startMs === best.startMs && plan.id > best.plan.id)))
      continue;
    const outcomes = plan.targets.filter(
      (t) => t.side === 'partner' && t.metric === OUTCOME_METRIC,
    );
    // Of several outcome targets the highest is the promise; it also cannot be met by adding an easier one.
    const outcome = outcomes.reduce<ActivePlan['outcome']>(
      (a, b) => (a === null || b.goal > a.goal ? b : a),
      null,
    );
    best = { plan, startMs, endMs, outcome };
  }
  return best;
}

/**
 * Share of a period's wins that the pool has made by now: whole quarters count evenly, within a quarter the pool's own day-of-period curve (deals are back-loaded).
 */
export function expectedShare(
  startMs: number,
  endMs: number,
  context: MeasureContext,
  periodCurve: readonly number[],
): number {
  const quarters = Math.max(1, Math.round((endMs - startMs) / (365.25 / 4) / DAY_MS));
  const aligned =
    Math.abs(shiftMonths(startMs, 3 * quarters, context.timeZone) - endMs) < 7 * DAY_MS;
  const elapsed = elapsedShare(startMs, endMs, context.asOfMs);
  if (!aligned) return elapsed;
  const at = elapsed * quarters;
  const whole = Math.min(quarters - 1, Math.floor(at));
  const within = (at - whole) * 100;
  const low = Math.min(99, Math.floor(within));
  const share = periodCurve[low]! + (within - low) * (periodCurve[low + 1]! - periodCurve[low]!);
  return (whole + share) / quarters;
}
