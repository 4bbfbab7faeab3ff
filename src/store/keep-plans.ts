import { and, asc, eq, sql } from 'drizzle-orm';
import type { PlanFacts } from '../model/facts.ts';
import type { OwnKpis } from '../model/own-kpi.ts';
import { OWN_PLANS } from '../model/plan.ts';
import { alive } from './alive.ts';
import { inJson, upsertRows } from './json-batch.ts';
import { readPlans } from './plan-facts.ts';
import { newRevisions, PLANS_PER_PAGE, type PlanChange } from './plan-revisions.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { milestones, partners, plans, redirects, targets } from './schema.ts';
import type { Statement, Store } from './store.ts';

const partnersNamed = preparedRead(
  {
    id: partners.id,
    accountId: partners.accountId,
    name: partners.name,
    domain: partners.domain,
  },
  (select) => select.from(partners).where(alive(partners)).orderBy(asc(partners.id)),
);
const winnersOf = preparedRead({ from: redirects.fromId, to: redirects.toId }, (select) =>
  select
    .from(redirects)
    .where(
      and(
        eq(redirects.connectionId, given('connectionId')),
        sql`${redirects.fromId} in ${inGiven('ids')}`,
      ),
    ),
);
const accountsOfPlans = preparedRead({ partnerId: plans.partnerId }, (select) =>
  select.from(plans).where(alive(plans)).groupBy(plans.partnerId).orderBy(asc(plans.partnerId)),
);

/** Every partner that a plan or a signal may be for. */
export async function namedPartners(
  store: Store,
  connectionId: string,
): Promise<{ id: string; accountId: string | null; name: string; domain: string | null }[]> {
  return await partnersNamed(store, { connectionId });
}

/** Partner accounts whose plans are in memory together; most have one or two. */
const ACCOUNTS_PER_PAGE = 500;

/** Accounts that have plans, in the order of their ids. */
const planAccounts = async (store: Store, connectionId: string): Promise<string[]> =>
  (await accountsOfPlans(store, { connectionId })).map((row) => row.partnerId);

/**
 * Plans by the partner whose they are, a page of partners at a time: a plan of a company that was
 * merged away belongs to its survivor.
 */
export async function* plansOfSurvivors(
  store: Store,
  connectionId: string,
): AsyncGenerator<Map<string, PlanFacts[]>> {
  const accounts = await planAccounts(store, connectionId);
  const merged = await mergedInto(store, connectionId, accounts);
  const groups = [...Map.groupBy(accounts, (id) => merged.get(id) ?? id)];
  for (let from = 0; from < groups.length; from += ACCOUNTS_PER_PAGE) {
    const page = groups.slice(from, from + ACCOUNTS_PER_PAGE);
    const held = await plansOf(
      store,
      connectionId,
      page.flatMap(([, ids]) => ids),
    );
    yield new Map(page.map(([id, ids]) => [id, ids.flatMap((one) => held.get(one) ?? [])]));
  }
}

/** Plans by partner account, a page of accounts at a time, in the order of their ids. */
export async function* planPages(
  store: Store,
  connectionId: string,
): AsyncGenerator<Map<string, PlanFacts[]>> {
  const ids = await planAccounts(store, connectionId);
  for (let from = 0; from < ids.length; from += ACCOUNTS_PER_PAGE)
    yield await plansOf(store, connectionId, ids.slice(from, from + ACCOUNTS_PER_PAGE));
}

/** The plans of these partner accounts. */
export const plansOf = async (
  store: Store,
  connectionId: string,
  accountIds: string[],
): Promise<Map<string, PlanFacts[]>> =>
  await readPlans(store, connectionId, accountIds, (row) => row.partnerId);

/** Every plan of the connection, by the partner whose it is; for a host that has the memory. */
export async function allPlans(
  store: Store,
  connectionId: string,
): Promise<Map<string, PlanFacts[]>> {
  const all = new Map<string, PlanFacts[]>();
  for await (const page of plansOfSurvivors(store, connectionId))
    for (const [partnerId, plans] of page) all.set(partnerId, plans);
  return all;
}

/** What became of companies that were merged away, by their old id. */
async function mergedInto(
  store: Store,
  connectionId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = await winnersOf(store, { connectionId, ids: [...ids] });
  return new Map(found.map((row) => [row.from, row.to]));
}

/** A plan to be kept here, beside those of the CRM. */
export interface KeptPlan {
  partnerId: string;
  plan: PlanFacts;
}

/**
 * Keeps plans as they are given: what is new is added, what a plan no longer names leaves it, and
 * each change is a revision with who and why. A plan that is not given stays as it is.
 */
export async function keepPlans(
  store: Store,
  connectionId: string,
  kept: readonly KeptPlan[],
  change: PlanChange,
  atMs: number,
  own: OwnKpis = {},
): Promise<{ revised: number }> {
  let revised = 0;
  // Each plan is kept whole or not at all; a file of very many is more than one batch takes.
  for (let from = 0; from < kept.length; from += PLANS_PER_PAGE) {
    const page = kept.slice(from, from + PLANS_PER_PAGE);
    revised += await keepPage(store, connectionId, page, change, atMs, own);
  }
  return { revised };
}

async function keepPage(
  store: Store,
  connectionId: string,
  kept: readonly KeptPlan[],
  change: PlanChange,
  atMs: number,
  own: OwnKpis,
): Promise<number> {
  const facts = { connectionId, object: OWN_PLANS, stampMs: atMs, seenMs: atMs, deleted: 0 };
  const ids = kept.map(({ plan }) => plan.id);
  const revisions = await newRevisions(
    store,
    connectionId,
    kept.map(({ plan }) => plan),
    atMs,
    change,
    own,
  );
  await store.batch([
    ...dropParts(store, connectionId, ids),
    ...upsertRows(
      store,
      plans,
      kept.map(({ partnerId, plan }) => ({
        ...facts,
        id: plan.id,
        partnerId,
        name: plan.name,
        startOn: plan.startOn,
        endOn: plan.endOn,
        status: plan.status,
        ownerId: plan.ownerId ?? null,
        partnerOwner: plan.partnerOwner ?? null,
        reviewOn: plan.reviewOn ?? null,
      })),
    ),
    ...upsertRows(
      store,
      targets,
      kept.flatMap(({ plan }) =>
        // Its definition is part of the memory, and no column.
        plan.targets.map(({ definition: _, ...target }) => ({
          ...{ ...facts, planId: plan.id },
          ...target,
        })),
      ),
    ),
    ...upsertRows(
      store,
      milestones,
      kept.flatMap(({ plan }) =>
        plan.milestones.map((milestone) => ({ ...facts, planId: plan.id, ...milestone })),
      ),
    ),
    ...revisions.statements,
  ]);
  return revisions.revised;
}

/**
 * Targets and milestones of these plans leave; those that are given again come back in the same
 * batch.
 */
const dropParts = (store: Store, connectionId: string, ids: readonly string[]): Statement[] =>
  [targets, milestones].map((table) =>
    store.db
      .update(table)
      .set({ deleted: 1 })
      .where(
        and(
          eq(table.connectionId, connectionId),
          eq(table.object, OWN_PLANS),
          sql`${table.planId} in ${inJson([...ids])}`,
        ),
      ),
  );
