import type { BuiltPlan } from '../../mapping/plans/build.ts';
import type { MeasureContext, PlanFacts } from '../../model/facts.ts';
import type { PlanFinding } from '../../model/plan.ts';
import { say } from '../../model/language/say.ts';
import { planNotes, speechOf, type PlanNote } from '../../predict/index.ts';
import { plansOf } from '../../store/keep-plans.ts';
import { termsOf } from '../../store/plan-revisions.ts';
import type { Store } from '../../store/store.ts';

/** Of a plan whose account is no partner: nothing of it is scored. */
export const orphanNote = (
  { id }: PlanFacts,
  partner: string,
  context: MeasureContext,
): PlanNote => ({
  planId: id,
  severity: 'warning',
  code: 'PLAN_OF_NOBODY',
  message: say(speechOf(context), 'plan.nobody', { partner }),
  cure: say(speechOf(context), 'plan.nobody.cure'),
});

/** A revision of which only its terms and its moment matter. */
const UNSIGNED = { revision: 1, by: null, why: null, approvedMs: null };

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
  const heldById = new Map(held.map((plan) => [plan.id, plan]));
  const others = held.filter(({ id }) => !byId.has(id));
  // What is not there yet comes after all that is.
  const kept = own.map(({ plan }): PlanFacts => {
    const atMs = heldById.get(plan.id)?.revisions?.[0]?.atMs ?? context.asOfMs;
    return { ...plan, revisions: [{ ...UNSIGNED, atMs, terms: termsOf(plan) }] };
  });
  const notes = planNotes([...others, ...kept], context);
  return notes.flatMap(({ planId, message, ...note }) => {
    const one = byId.get(planId);
    if (one === undefined) return [];
    const words = `the plan "${one.plan.name}" of ${one.partnerName}: ${message}`;
    return [{ ...note, message: words, line: one.line, column: null }];
  });
}
