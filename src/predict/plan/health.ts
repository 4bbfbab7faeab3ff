import { counted } from '../kpi/counted.ts';
import type { PartnerView } from './view.ts';
import { elapsedShare } from '../math/calendar.ts';
import { expectedShare, OUTCOME_METRIC } from './period.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { MeasureContext, Side, TargetFacts } from '../../model/facts.ts';
import type { PlanHealth } from '../../model/score.ts';
import { GATE_FLOOR, GATE_SPAN, MIN_EXPECTED_SHARE } from '../tuning.ts';

type Part = PlanHealth['parts'][number];

/** Metrics that are won like deals are: by the pool's curve. All others are expected evenly. */
const BACK_LOADED = new Set([OUTCOME_METRIC, 'won_deals']);

function partOf(
  target: TargetFacts,
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): Part {
  const { startMs, endMs } = view.plan!;
  const actual = target.actual ?? counted(target.metric, view, startMs, endMs, context);
  const expected = BACK_LOADED.has(target.metric)
    ? expectedShare(startMs, endMs, context, pool.periodCurve)
    : elapsedShare(startMs, endMs, context.asOfMs);
  const attained = actual === null ? null : target.goal > 0 ? actual / target.goal : 1;
  const pace = attained === null || expected < MIN_EXPECTED_SHARE ? null : attained / expected;
  return {
    targetId: target.id,
    label: target.label,
    metric: target.metric,
    goal: target.goal,
    actual,
    pace,
    weight: Math.max(0, target.weight),
  };
}

/** Weighted mean of min(1, pace) over parts that have one; null without weight. */
function meanPace(parts: readonly Part[]): number | null {
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
 * Health = 100 x weighted min(1, pace) of the partner's targets, at most 60 + 40 x min(1, outcome
 * pace): activity cannot stand in for outcome.
 * A target without a feed is left out and named, never taken as zero. The vendor's side is told
 * apart and takes nothing from the partner.
 */
export function planHealth(
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): PlanHealth {
  if (!view.plan) return { health: null, parts: [], vendorParts: [], missing: [] };
  const side = (which: Side): Part[] =>
    view
      .plan!.plan.targets.filter((t) => t.side === which)
      .map((t) => partOf(t, view, pool, context));
  const parts = side('partner');
  const vendorParts = side('vendor');
  const missing = [...parts, ...vendorParts]
    .filter((p) => p.pace === null)
    .map((p) => `${p.label} (${p.actual === null ? 'no feed' : 'too early to tell'})`);
  const pace = meanPace(parts);
  const outcome = meanPace(parts.filter((p) => p.metric === OUTCOME_METRIC));
  const gate = outcome === null ? 100 : GATE_FLOOR + GATE_SPAN * outcome;
  return { health: pace === null ? null : Math.min(100 * pace, gate), parts, vendorParts, missing };
}
