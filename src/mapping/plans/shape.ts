import {
  MAX_PLAN_PARTS,
  planShape,
  tooLarge,
  type PlanFinding,
  type PlanInput,
} from '../../model/plan.ts';
import type { LocatedPlan } from './located.ts';

/** What a plan of a table says beyond what any plan may: too many targets, a name without end. */
export const shapeFindings = (plans: readonly LocatedPlan[]): PlanFinding[] =>
  plans.flatMap(({ line, lines: _, ...plan }) => {
    if (tooLarge(plan)) return [tooManyParts(plan, line)];
    return (planShape.safeParse(plan).error?.issues ?? []).map((issue) => ({
      severity: 'error' as const,
      code: 'SHAPE',
      message: `${issue.path.map(String).join('.')} of the plan of ${plan.partner.slice(0, 60)}: ${issue.message}`,
      cure: 'Shorten it, or make several plans of it.',
      line,
      column: null,
    }));
  });

const tooManyParts = ({ partner, targets, milestones }: PlanInput, line: number): PlanFinding => ({
  severity: 'error',
  code: 'TOO_LARGE',
  message: `the plan of ${partner.slice(0, 60)} has ${Math.max(targets.length, milestones.length)} targets or promises; a plan holds at most ${MAX_PLAN_PARTS}`,
  cure: 'Make several plans of it, or one of the targets that both sides agreed on.',
  line,
  column: null,
});
