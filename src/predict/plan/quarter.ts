import type { PlanGoal } from '../../model/plan.ts';
import { exactSum } from '../math/exact-sum.ts';

/** What the joint plans in force promise, of partners whose score is about a plan's goal. */
interface QuarterPlan {
  partners: number;
  /** Goals over their whole periods, and what is expected of them, reporting currency. */
  goal: number;
  expected: number;
  /** The part of the goals that falls into the quarter, spread evenly over their days. */
  inQuarter: number;
}

/** Share of a goal's period that falls into another. */
function shareIn({ fromMs, dueMs }: PlanGoal, startMs: number, endMs: number): number {
  const inside = Math.max(0, Math.min(dueMs, endMs) - Math.max(fromMs, startMs));
  return inside / Math.max(1, dueMs - fromMs);
}

/** Null = no joint plan with an outcome goal is in force. */
export function quarterPlan(
  goals: readonly PlanGoal[],
  { startMs, endMs }: { startMs: number; endMs: number },
): QuarterPlan | null {
  if (goals.length === 0) return null;
  return {
    partners: goals.length,
    goal: exactSum(goals.map(({ goal }) => goal)),
    expected: exactSum(goals.map(({ goal, reached }) => goal * reached)),
    inQuarter: exactSum(goals.map((one) => one.goal * shareIn(one, startMs, endMs))),
  };
}
