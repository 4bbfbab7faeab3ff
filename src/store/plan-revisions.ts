import { and, asc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import { canonicalJson, contentHash } from '../model/canonical.ts';
import type { PlanFacts, PlanTerms } from '../model/facts.ts';
import { metricOfWords, targetRule } from '../model/metrics.ts';
import { definitionOf, type OwnKpi, type OwnKpis } from '../model/own-kpi.ts';
import { tooLarge } from '../model/plan.ts';
import { alive } from './alive.ts';
import { upsertRows } from './json-batch.ts';
import { readPlans } from './plan-facts.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { planRevisions, plans } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Plans whose terms are compared or kept at once; some 2 KB each. */
export const PLANS_PER_PAGE = 500;

/** Who changed the terms, and why, where that was done here. */
export interface PlanChange {
  by: string;
  why: string | null;
  approved: boolean;
}

/** The definition that the target is agreed with; a word that is no metric has none. */
const versionOf = (metric: string): number => {
  const id = metricOfWords(metric);
  return id === null ? 0 : targetRule(id).version;
};

const definedBy = (metric: string, own: OwnKpis): { definition?: OwnKpi } => {
  const definition = definitionOf(metric, own);
  return definition === null ? {} : { definition };
};

const byId = <T extends { id: string }>(parts: readonly T[]): T[] =>
  [...parts].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/**
 * The agreed part of a plan: what changes as it is fulfilled is left out, and so is the order in
 * which it came.
 */
export const termsOf = (plan: PlanFacts, own: OwnKpis = {}): PlanTerms => ({
  name: plan.name,
  startOn: plan.startOn,
  endOn: plan.endOn,
  status: plan.status,
  ownerId: plan.ownerId ?? null,
  partnerOwner: plan.partnerOwner ?? null,
  targets: byId(plan.targets).map(({ id, side, metric, goal, weight, label, above }) => ({
    id,
    side,
    metric,
    goal,
    weight,
    label,
    above: above ?? null,
    version: versionOf(metric),
    ...definedBy(metric, own),
  })),
  milestones: byId(plan.milestones).map(({ id, label, side, dueOn }) => ({
    id,
    label,
    side,
    dueOn,
  })),
});

const hashOf = (terms: PlanTerms): string => contentHash(canonicalJson(terms));

const plansAfter = preparedRead({ id: plans.id, partnerId: plans.partnerId }, (select) =>
  select
    .from(plans)
    .where(and(alive(plans), gt(plans.id, given('afterId'))))
    .orderBy(asc(plans.id))
    .limit(given('limit')),
);
/** One column of each plan's newest revision. */
const latestBy = <Column extends 'hash' | 'terms'>(column: Column) =>
  preparedRead(
    {
      planId: planRevisions.planId,
      revision: sql<number>`max(${planRevisions.revision})`,
      value: planRevisions[column],
    },
    (select) =>
      select
        .from(planRevisions)
        .where(
          and(
            eq(planRevisions.connectionId, given('connectionId')),
            sql`${planRevisions.planId} in ${inGiven('ids')}`,
          ),
        )
        .groupBy(planRevisions.planId),
  );
const latestHashOf = latestBy('hash');
const latestTermsOf = latestBy('terms');
const allOf = preparedRead(getTableColumns(planRevisions), (select) =>
  select
    .from(planRevisions)
    .where(
      and(
        eq(planRevisions.connectionId, given('connectionId')),
        eq(planRevisions.planId, given('planId')),
      ),
    )
    .orderBy(asc(planRevisions.revision)),
);

/**
 * One page of plans in id order: their terms where they differ from the last revision become the
 * next one. Returns the id to go on from; null = there are no more.
 */
export async function notePlanPage(
  store: Store,
  connectionId: string,
  afterId: string,
  atMs: number,
  own: OwnKpis = {},
): Promise<{ after: string | null; revised: number }> {
  const page = await plansAfter(store, { connectionId, afterId, limit: PLANS_PER_PAGE });
  if (page.length === 0) return { after: null, revised: 0 };
  const ids = new Set(page.map((plan) => plan.id));
  const partnerIds = [...new Set(page.map((plan) => plan.partnerId))];
  const held = await readPlans(store, connectionId, partnerIds, (row) => row.partnerId);
  const found = [...held.values()].flat().filter((plan) => ids.has(plan.id));
  const statements = await newRevisions(store, connectionId, found, atMs, null, own);
  await store.batch(statements.statements);
  return { after: page.at(-1)!.id, revised: statements.revised };
}

/** The statements that add a revision for each plan whose terms are new. */
export async function newRevisions(
  store: Store,
  connectionId: string,
  found: readonly PlanFacts[],
  atMs: number,
  change: PlanChange | null,
  own: OwnKpis,
): Promise<{ statements: Statement[]; revised: number }> {
  const latest = new Map(
    (await latestHashOf(store, { connectionId, ids: found.map((plan) => plan.id) })).map((row) => [
      row.planId,
      row,
    ]),
  );
  const rows = found.flatMap((plan) => {
    if (tooLarge(plan)) return [];
    const terms = termsOf(plan, own);
    const hash = hashOf(terms);
    const before = latest.get(plan.id);
    if (before?.value === hash) return [];
    return [
      {
        connectionId,
        planId: plan.id,
        revision: (before?.revision ?? 0) + 1,
        atMs,
        byWho: change?.by ?? null,
        why: change?.why ?? null,
        approvedMs: change?.approved === true ? atMs : null,
        approvedBy: change?.approved === true ? change.by : null,
        hash,
        terms: JSON.stringify(terms),
      },
    ];
  });
  return {
    statements: upsertRows(store, planRevisions, rows, { ignore: true }),
    revised: rows.length,
  };
}

/** What each of these plans says since its last revision; a plan without one is missing. */
export async function latestTerms(
  store: Store,
  connectionId: string,
  planIds: readonly string[],
): Promise<Map<string, PlanTerms>> {
  const found = new Map<string, PlanTerms>();
  for (let from = 0; from < planIds.length; from += PLANS_PER_PAGE) {
    const ids = planIds.slice(from, from + PLANS_PER_PAGE);
    for (const row of await latestTermsOf(store, { connectionId, ids }))
      found.set(row.planId, JSON.parse(row.value) as PlanTerms);
  }
  return found;
}

export type PlanRevisionRow = typeof planRevisions.$inferSelect;

/** Every revision of one plan, oldest first. */
export async function revisionsOf(
  store: Store,
  connectionId: string,
  planId: string,
): Promise<PlanRevisionRow[]> {
  return await allOf(store, { connectionId, planId });
}

/** Records that somebody agreed to a revision. */
export function approveRevision(
  store: Store,
  row: PlanRevisionRow,
  by: string,
  atMs: number,
): Statement[] {
  return upsertRows(store, planRevisions, [{ ...row, approvedMs: atMs, approvedBy: by }], {
    update: ['approvedMs', 'approvedBy'],
  });
}
