import type { BuiltPlan } from '../../mapping/plans/build.ts';
import type { MeasureContext, PlanFacts } from '../../model/facts.ts';
import type { PlanFinding } from '../../model/plan.ts';
import { planNotes } from '../../predict/index.ts';
import { plansOf } from '../../store/keep-plans.ts';
import type { Store } from '../../store/store.ts';

/** Partners whose plans are compared at once. */
const PAGE = 500;

/**
 * What the next run would say of these plans beside those that are there: drafts, goals that
 * anything reaches, weights, overlaps. `seen`: what was said of a line already.
 */
export async function notesBeforeKeeping(
  store: Store,
  connectionId: string,
  built: readonly BuiltPlan[],
  context: MeasureContext,
  seen: readonly PlanFinding[],
): Promise<PlanFinding[]> {
  const said = new Set(seen.map(({ line, code }) => `${line} ${code}`));
  const byPartner = [...Map.groupBy(built, ({ partnerId }) => partnerId)];
  const found: PlanFinding[] = [];
  for (let from = 0; from < byPartner.length; from += PAGE) {
    const page = byPartner.slice(from, from + PAGE);
    const ids = page.map(([partnerId]) => partnerId);
    const held = await plansOf(store, connectionId, ids);
    for (const [partnerId, own] of page)
      found.push(...notesOf(own, held.get(partnerId) ?? [], context));
  }
  return found.filter(({ line, code }) => !said.has(`${line} ${code}`));
}

function notesOf(
  own: readonly BuiltPlan[],
  held: readonly PlanFacts[],
  context: MeasureContext,
): PlanFinding[] {
  const byId = new Map(own.map((one) => [one.plan.id, one]));
  const others = held.filter(({ id }) => !byId.has(id));
  const notes = planNotes([...others, ...own.map(({ plan }) => plan)], context);
  return notes.flatMap(({ planId, message, ...note }) => {
    const one = byId.get(planId);
    if (one === undefined) return [];
    const words = `the plan "${one.plan.name}" of ${one.partnerName} ${message}`;
    return [{ ...note, message: words, line: one.line, column: null }];
  });
}
