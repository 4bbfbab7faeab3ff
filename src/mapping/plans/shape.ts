import { planShape, type PlanFinding, type PlanInput } from '../../model/plan.ts';

type Located = PlanInput & { line: number };

/** What a plan of a table says beyond what any plan may: too many targets, a name without end. */
export const shapeFindings = (plans: readonly Located[]): PlanFinding[] =>
  plans.flatMap(({ line, ...plan }) =>
    (planShape.safeParse(plan).error?.issues ?? []).map((issue) => ({
      severity: 'error' as const,
      code: 'SHAPE',
      message: `${issue.path.map(String).join('.')} of the plan of ${plan.partner.slice(0, 60)}: ${issue.message}`,
      cure: 'Shorten it, or make several plans of it.',
      line,
      column: null,
    })),
  );
