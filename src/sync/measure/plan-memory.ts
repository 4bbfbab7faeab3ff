import { notePlanPage } from '../../store/plan-revisions.ts';
import type { RunContext } from '../run/context.ts';

export interface PlanMemoryStep {
  after: string;
  revised: number;
  done: boolean;
}

/**
 * Keeps what has changed in the terms of the plans since the last run: results as of a
 * date use the plan as it stood.
 */
export async function notePlans(
  context: RunContext,
  previous: PlanMemoryStep | null,
): Promise<PlanMemoryStep> {
  const { store, connectionId, asOfMs } = context;
  const page = await notePlanPage(store, connectionId, previous?.after ?? '', asOfMs);
  return {
    after: page.after ?? previous?.after ?? '',
    revised: page.revised,
    done: page.after === null,
  };
}
