import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import type { MeasureContext, MilestoneFacts, Side, TargetFacts } from '../../model/facts.ts';
import type { TargetRule } from '../../model/metric-shape.ts';
import type { PlanHealth, PlanPart } from '../../model/score.ts';
import { countTarget } from '../kpi/counted.ts';
import { dayEnd, elapsedShare } from '../math/calendar.ts';
import { daysBetween } from '../math/time.ts';
import { GATE_FLOOR, GATE_SPAN, MIN_EXPECTED_SHARE } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { expectedShare } from './pace.ts';
import { OUTCOME_METRIC } from './period.ts';
import type { ActivePlan, PartnerView } from './view.ts';

/**
 * Share of the goal that should stand by now: rates hold at any moment, wins follow the pool's
 * curve, all else is expected evenly.
 */
function expectedByNow(
  rule: TargetRule | null,
  { startMs, endMs }: ActivePlan,
  pool: PoolModel,
  context: MeasureContext,
): number {
  if (rule?.accrual === 'rate') return 1;
  return rule?.backLoaded === true
    ? expectedShare(startMs, endMs, context, pool.quarter.curve)
    : elapsedShare(startMs, endMs, context.asOfMs);
}

/**
 * Share of the goal that is reached. A goal of zero is reached by anything where more is better,
 * and only by zero where less is.
 */
function attainmentOf(actual: number, goal: number, direction: 'up' | 'down'): number {
  if (direction === 'up') return goal > 0 ? actual / goal : 1;
  return actual <= goal ? 1 : Math.max(0, goal) / actual;
}

function partOf(
  target: TargetFacts,
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): PlanPart {
  const plan = view.plan!;
  const counted = countTarget(target, view, plan.startMs, plan.endMs, context);
  const { metric, actual, why } = counted;
  const rule = metric?.rule ?? null;
  const direction = rule?.direction ?? 'up';
  const expected = expectedByNow(rule, plan, pool, context);
  const attained = actual === null ? null : attainmentOf(actual, target.goal, direction);
  const early = expected < MIN_EXPECTED_SHARE;
  const paced = !early && counted.claimed !== true;
  return {
    targetId: target.id,
    label: target.label,
    metric: metric?.id ?? target.metric,
    unit: metric?.unit ?? null,
    direction,
    goal: target.goal,
    actual,
    pace: attained === null || !paced ? null : attained / expected,
    projected:
      actual === null || !paced ? null : rule?.accrual === 'flow' ? actual / expected : actual,
    gap:
      actual === null
        ? null
        : Math.max(0, direction === 'up' ? target.goal - actual : actual - target.goal),
    weight: Math.max(0, target.weight),
    ...(counted.noneDue && { noneDue: true as const }),
    note: why ?? (early ? say(speechOf(context), 'why.tooEarly') : null),
  };
}

/** Weighted mean of min(1, pace) over parts that have one; null without weight. */
function meanPace(parts: readonly PlanPart[]): number | null {
  let sum = 0;
  let weight = 0;
  for (const part of parts)
    if (part.pace !== null) {
      sum += part.weight * Math.max(0, Math.min(1, part.pace));
      weight += part.weight;
    }
  return weight > 0 ? sum / weight : null;
}

/**
 * Dated promises that are not kept, the earliest first; one without a date is due at the end of the
 * plan.
 */
function promisesDue(plan: ActivePlan, context: MeasureContext): PlanHealth['due'] {
  const dueOn = (milestone: MilestoneFacts): string => milestone.dueOn ?? plan.plan.endOn;
  return plan.plan.milestones
    .filter((milestone) => milestone.doneOn === null)
    .sort((a, b) => (dueOn(a) === dueOn(b) ? (a.id < b.id ? -1 : 1) : dueOn(a) < dueOn(b) ? -1 : 1))
    .map((milestone) => ({
      side: milestone.side,
      label: milestone.label,
      dueOn: dueOn(milestone).slice(0, 10),
      overdueDays: Math.max(
        0,
        Math.floor(
          daysBetween(dayEnd(dueOn(milestone), context.timeZone) ?? Infinity, context.asOfMs),
        ),
      ),
    }));
}

const NO_PLAN: PlanHealth = {
  health: null,
  vendorHealth: null,
  plan: null,
  parts: [],
  vendorParts: [],
  due: [],
  missing: [],
};

/**
 * Health = 100 x weighted min(1, pace) of the partner's targets, at most 60 + 40 x min(1, outcome
 * pace): activity cannot stand in for outcome. A target without a feed, or of which nobody can tell
 * who brought it about, is left out and named, never taken as zero; so is a rate of which no case
 * has fallen due, which is measured and owes nothing. The vendor's side has a health of its own and
 * takes nothing from the partner.
 */
export function planHealth(
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): PlanHealth {
  if (!view.plan) return NO_PLAN;
  const { plan, revision, proposed } = view.plan;
  const side = (which: Side): PlanPart[] =>
    plan.targets.filter((t) => t.side === which).map((t) => partOf(t, view, pool, context));
  const parts = side('partner');
  const vendorParts = side('vendor');
  const pace = meanPace(parts);
  const outcome = meanPace(parts.filter((p) => p.metric === OUTCOME_METRIC));
  const gate = outcome === null ? 100 : GATE_FLOOR + GATE_SPAN * outcome;
  const vendorPace = meanPace(vendorParts);
  return {
    health: pace === null ? null : Math.min(100 * pace, gate),
    vendorHealth: vendorPace === null ? null : 100 * vendorPace,
    plan: { name: plan.name, revision, proposed: proposed !== null },
    parts,
    vendorParts,
    due: promisesDue(view.plan, context),
    missing: [...parts, ...vendorParts]
      .filter((p) => p.pace === null && !p.noneDue)
      .map((p) =>
        say(speechOf(context), 'plan.unmeasured', { target: p.label, why: p.note ?? '' }),
      ),
  };
}
