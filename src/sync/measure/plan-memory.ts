import { planNotes, type PlanNote } from '../../predict/index.ts';
import { saveFindings, type Finding } from '../../store/findings.ts';
import { namedPartners, plansOfSurvivors } from '../../store/keep-plans.ts';
import { notePlanPage } from '../../store/plan-revisions.ts';
import type { RunContext } from '../run/context.ts';
import { measureContext } from './measure-context.ts';
import { orphanNote } from './plan-notes.ts';

export interface PlanMemoryStep {
  after: string;
  revised: number;
  done: boolean;
}

/**
 * Keeps what has changed in the terms of the plans since the last run: results as of a date use
 * the plan as it stood. The last page tells what people should put right.
 */
export async function notePlans(
  context: RunContext,
  previous: PlanMemoryStep | null,
): Promise<PlanMemoryStep> {
  const { store, connectionId, asOfMs, mapping } = context;
  const from = previous?.after ?? '';
  const page = await notePlanPage(store, connectionId, from, asOfMs, mapping.settings.kpis);
  if (page.after === null) await savePlanFindings(context);
  return {
    after: page.after ?? previous?.after ?? '',
    revised: page.revised,
    done: page.after === null,
  };
}

async function savePlanFindings(context: RunContext): Promise<void> {
  const { store, connectionId, runId } = context;
  const facts = await measureContext(context);
  const known = new Set(
    (await namedPartners(store, connectionId)).map((partner) => partner.accountId ?? partner.id),
  );
  const findings: Finding[] = [];
  for await (const page of plansOfSurvivors(store, connectionId))
    for (const [partnerId, plans] of page) {
      findings.push(...planNotes(plans, facts).map(findingOf));
      if (known.has(partnerId)) continue;
      findings.push(...plans.map((plan) => findingOf(orphanNote(plan, partnerId, facts))));
    }
  await store.batch(saveFindings(store, connectionId, findings, runId, context.nowMs()));
}

const findingOf = (note: PlanNote): Finding => ({
  object: 'plan',
  id: note.planId,
  entity: 'plan',
  field: note.code,
  code: note.code,
  message: `${note.message}${note.cure === null ? '' : `. ${note.cure}`}`,
});
