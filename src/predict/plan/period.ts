import type { MeasureContext, PlanFacts, TargetFacts } from '../../model/facts.ts';
import { metricOfWords, type TargetMetricId } from '../../model/metrics.ts';
import { tooLarge } from '../../model/plan.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { agreedPlan } from './agreed.ts';
import { planStanding } from './standing.ts';
import type { ActivePlan } from './view.ts';

/** Id of the metric whose target is the outcome of a plan. */
export const OUTCOME_METRIC: TargetMetricId = 'won_amount';

/** When we first knew of a plan. */
const firstSeenMs = (plan: PlanFacts): number => plan.revisions?.[0]?.atMs ?? 0;

/** Negative = `a` was there first: seen earlier, or begun earlier, or of the smaller id. */
const earlier = (a: ActivePlan, b: ActivePlan): number =>
  firstSeenMs(a.plan) - firstSeenMs(b.plan) ||
  a.startMs - b.startMs ||
  (a.plan.id < b.plan.id ? -1 : 1);

/** A plan as agreed, where its period is one and has not ended; null otherwise. */
function notEnded(plan: PlanFacts, context: MeasureContext): ActivePlan | null {
  if (tooLarge(plan)) return null;
  const agreed = agreedPlan(plan, context.asOfMs, context.timeZone);
  const startMs = dayStart(agreed.plan.startOn, context.timeZone);
  const endMs = dayEnd(agreed.plan.endOn, context.timeZone);
  if (startMs === null || endMs === null || endMs <= startMs) return null;
  if (endMs <= context.asOfMs) return null;
  if (planStanding(agreed.plan.status) !== 'agreed') return null;
  // Of several outcome targets the highest is the promise; it also cannot be
  // met by adding an easier one.
  const outcome = agreed.plan.targets
    .filter(
      (target) => target.side === 'partner' && metricOfWords(target.metric) === OUTCOME_METRIC,
    )
    .reduce<TargetFacts | null>((a, b) => (a === null || b.goal > a.goal ? b : a), null);
  return { ...agreed, startMs, endMs, outcome };
}

/** Plans that are agreed and not ended, begun or not; the one that was there first comes first. */
export const plansAgreed = (plans: readonly PlanFacts[], context: MeasureContext): ActivePlan[] =>
  plans.flatMap((plan) => notEnded(plan, context) ?? []).sort(earlier);

/**
 * The plan that counts: of several in force the one that was there first, so that a second plan
 * with a small target earns nothing; the others are findings. Null when there is none.
 */
export const activePlan = (
  plans: readonly PlanFacts[],
  context: MeasureContext,
): ActivePlan | null =>
  plansAgreed(plans, context).find(({ startMs }) => startMs <= context.asOfMs) ?? null;
