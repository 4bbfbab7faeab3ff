import type { PlanInput } from '../../model/plan.ts';

/** A plan as somebody wrote it, and where. */
export interface LocatedPlan extends PlanInput {
  /** Of the file, or the number of the plan in a request; from 1. */
  line: number;
  /** Of each of its targets, where they have lines of their own. */
  lines?: number[];
}

/** Where a target of it stands; the plan's own line where nobody knows. */
export const lineOfTarget = ({ line, lines }: LocatedPlan, target: number): number =>
  lines?.[target] ?? line;
