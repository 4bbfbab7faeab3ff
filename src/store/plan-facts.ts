import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PlanFacts, PlanTerms, Side } from '../model/facts.ts';
import { thereOf } from './alive.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { milestones, planRevisions, plans, targets } from './schema.ts';
import type { Store } from './store.ts';

const plansOfPartners = preparedRead(getTableColumns(plans), (select) =>
  select
    .from(plans)
    .where(thereOf(plans, plans.partnerId))
    .orderBy(asc(plans.startOn), asc(plans.id)),
);
const targetsOfPlans = preparedRead(getTableColumns(targets), (select) =>
  select.from(targets).where(thereOf(targets, targets.planId)).orderBy(asc(targets.id)),
);
const milestonesOfPlans = preparedRead(getTableColumns(milestones), (select) =>
  select.from(milestones).where(thereOf(milestones, milestones.planId)).orderBy(asc(milestones.id)),
);
const revisionsOfPlans = preparedRead(getTableColumns(planRevisions), (select) =>
  select
    .from(planRevisions)
    .where(
      and(
        eq(planRevisions.connectionId, given('connectionId')),
        sql`${planRevisions.planId} in ${inGiven('ids')}`,
      ),
    )
    .orderBy(asc(planRevisions.planId), asc(planRevisions.revision)),
);
/** Plans of these partner accounts, by account. */
export async function readPlans(
  store: Store,
  connectionId: string,
  partnerIds: string[],
  ownerOf: (row: { partnerId: string | null }) => string | null,
): Promise<Map<string, PlanFacts[]>> {
  const found = await plansOfPartners(store, { connectionId, ids: partnerIds });
  const ofPlans = { connectionId, ids: found.map((plan) => plan.id) };
  const targetsOf = Map.groupBy(await targetsOfPlans(store, ofPlans), (row) => row.planId);
  const milestonesOf = Map.groupBy(await milestonesOfPlans(store, ofPlans), (row) => row.planId);
  const revisionsOf = Map.groupBy(await revisionsOfPlans(store, ofPlans), (row) => row.planId);
  const side = (text: string | null): Side =>
    text?.toLowerCase() === 'vendor' ? 'vendor' : 'partner';
  const facts = found.map((plan) => ({
    partnerId: ownerOf(plan) ?? plan.partnerId,
    plan: {
      id: plan.id,
      name: plan.name,
      startOn: plan.startOn,
      endOn: plan.endOn,
      status: plan.status,
      ownerId: plan.ownerId,
      partnerOwner: plan.partnerOwner,
      reviewOn: plan.reviewOn,
      targets: (targetsOf.get(plan.id) ?? []).map((row) => ({
        id: row.id,
        side: side(row.side),
        metric: row.metric,
        goal: row.goal,
        weight: row.weight ?? 1,
        actual: row.actual,
        label: row.label ?? row.metric,
        above: row.above,
      })),
      milestones: (milestonesOf.get(plan.id) ?? []).map((row) => ({
        id: row.id,
        label: row.label,
        side: side(row.side),
        dueOn: row.dueOn,
        doneOn: row.doneOn,
      })),
      revisions: (revisionsOf.get(plan.id) ?? []).map((row) => ({
        revision: row.revision,
        atMs: row.atMs,
        by: row.byWho,
        why: row.why,
        approvedMs: row.approvedMs,
        terms: JSON.parse(row.terms) as PlanTerms,
      })),
    },
  }));
  return new Map(
    [...Map.groupBy(facts, (fact) => fact.partnerId)].map(([id, list]) => [
      id,
      list.map((fact) => fact.plan),
    ]),
  );
}
