import { planShape, type PlanFinding } from '../../model/plan.ts';

import type { LocatedPlan } from './located.ts';

/** What a plan of a table says beyond what any plan may: too many targets, a name without end. */
export const shapeFindings = (plans: readonly LocatedPlan[]): PlanFinding[] =>
  plans.flatMap(({ line, lines: _, ...plan }) =>
    (planShape.safeParse(plan).error?.issues ?? []).map((issue) => ({
      severity: 'error' as const,
      code: 'SHAPE',
      message: `${issue.path.map(String).join('.')} of the plan of ${plan.partner.slice(0, 60)}: ${issue.message}`,
      cure: 'Shorten it, or make several plans of it.',
      line,
      column: null,
    })),
  );
