import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import type { SQLiteTable, AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { ActivityFacts, DealEventFacts, DealFacts, PartnerFacts, PlanFacts, RegistrationFacts, Side, StageFacts } from '../model/facts.ts';
import { inJson } from './json-batch.ts';
import { activities, certifications, costs, dealEvents, deals, milestones, partners, plans, redirects, registrations, signals, stages, targets } from './schema.ts';
import { converter, type Money } from './rates.ts';
import type { Store } from './store.ts';

const alive = (table: { connectionId: AnySQLiteColumn; deleted: AnySQLiteColumn }, connectionId: string): SQL | undefined =>
  and(eq(table.connectionId, connectionId), eq(table.deleted, 0));

export async function readStages(store: Store, connectionId: string): Promise<StageFacts[]> {
  const found = await store.db.select().from(stages).where(alive(stages, connectionId)).orderBy(asc(stages.order), asc(stages.key));
  return found.map((stage) => ({ key: stage.key, label: stage.label ?? stage.key, order: stage.order, closed: stage.closed === 1, won: stage.won === 1, probability: stage.probability }));
}

/** Partners in id order with all their facts, `limit` at a time: memory follows the page. */
export async function partnerPage(store: Store, connectionId: string, afterId: string, limit: number, money: Money): Promise<PartnerFacts[]> {
  const page = await store.db.select().from(partners).where(and(alive(partners, connectionId), gt(partners.id, afterId))).orderBy(asc(partners.id)).limit(limit);
  if (page.length === 0) return [];
  return await withFacts(store, connectionId, page, money);
}

/** Deals in id order; `direct` = only those without a partner. */
export async function dealPage(store: Store, connectionId: string, afterId: string, limit: number, direct: boolean): Promise<DealFacts[]> {
  const page = await store.db.select().from(deals)
    .where(and(alive(deals, connectionId), gt(deals.id, afterId), direct ? sql`${deals.resolvedPartnerId} is null` : undefined)).orderBy(asc(deals.id)).limit(limit);
  return await withHistory(store, connectionId, page);
}

type PartnerRow = typeof partners.$inferSelect;
type DealRow = typeof deals.$inferSelect;

async function withFacts(store: Store, connectionId: string, page: PartnerRow[], money: Money): Promise<PartnerFacts[]> {
  const accountOf = (partner: PartnerRow): string => partner.accountId ?? partner.id;
  // What still names a merged-away company belongs to its survivor.
  const losers = await store.db.select({ from: redirects.fromId, to: redirects.toId }).from(redirects).where(and(eq(redirects.connectionId, connectionId), sql`${redirects.toId} in ${inJson(page.map(accountOf))}`));
  const survivorOf = new Map(losers.map((loser) => [loser.from, loser.to]));
  const ownerOf = (row: { partnerId: string | null }): string | null => (row.partnerId === null ? null : survivorOf.get(row.partnerId) ?? row.partnerId);
  const ids = inJson([...page.map(accountOf), ...survivorOf.keys()]);
  const own = <T extends SQLiteTable & { connectionId: AnySQLiteColumn; deleted: AnySQLiteColumn }>(table: T, column: AnySQLiteColumn) =>
    and(alive(table, connectionId), sql`${column} in ${ids}`);
  const inReporting = await converter(store, connectionId, money);

  const dealFacts = await withHistory(store, connectionId, await store.db.select().from(deals).where(own(deals, deals.resolvedPartnerId)).orderBy(asc(deals.createdAt), asc(deals.id)));
  const planFacts = await readPlans(store, connectionId, ids, ownerOf);
  const registered = await store.db.select().from(registrations).where(own(registrations, registrations.partnerId)).orderBy(asc(registrations.submittedAt), asc(registrations.id));
  const certified = await store.db.select().from(certifications).where(own(certifications, certifications.partnerId)).orderBy(asc(certifications.issuedOn), asc(certifications.id));
  const spent = await store.db.select().from(costs).where(own(costs, costs.partnerId)).orderBy(asc(costs.at), asc(costs.id));
  const signalled = await store.db.select().from(signals).where(own(signals, signals.partnerId)).orderBy(asc(signals.at), asc(signals.id));

  const dealsOf = Map.groupBy(dealFacts, (deal) => deal.partnerId);
  const registrationsOf = Map.groupBy(registered, ownerOf);
  const certificationsOf = Map.groupBy(certified, ownerOf);
  const costsOf = Map.groupBy(spent, ownerOf);
  const signalsOf = Map.groupBy(signalled, ownerOf);
  return page.map((partner) => {
    const id = accountOf(partner);
    return {
      id: partner.id, object: partner.object, name: partner.name, type: partner.type, tier: partner.tier, region: partner.region, ownerId: partner.ownerId,
      signedOn: partner.signedOn, onboardedOn: partner.onboardedOn,
      deals: dealsOf.get(id) ?? [],
      registrations: registrationsFor(dealsOf.get(id) ?? [], (registrationsOf.get(id) ?? []).map((row) => ({ id: row.id, dealId: row.dealId, submittedMs: row.submittedAt, decidedMs: row.decidedAt, status: row.status, amount: inReporting(row.amount, row.currency, new Date(row.submittedAt).toISOString()) }))),
      plans: planFacts.get(id) ?? [],
      certifications: (certificationsOf.get(id) ?? []).map((row) => ({ name: row.name, issuedOn: row.issuedOn, expiresOn: row.expiresOn })),
      costs: (costsOf.get(id) ?? []).map((row) => ({ kind: row.kind, amount: inReporting(row.amount, row.currency, row.at), at: row.at })),
      signals: (signalsOf.get(id) ?? []).map((row) => ({ kind: row.kind, atMs: row.at, value: row.value ?? 1 })),
    };
  });
}

/** A deal that says it was registered is a registration too, unless one names it already: not every CRM can name the partner on the registration itself. */
function registrationsFor(deals: DealFacts[], own: RegistrationFacts[]): RegistrationFacts[] {
  const named = new Set(own.map((registration) => registration.dealId));
  const derived = deals.filter((deal) => deal.registeredMs !== null && !named.has(deal.id))
    .map((deal) => ({ id: deal.id, dealId: deal.id, submittedMs: deal.registeredMs!, decidedMs: null, status: null, amount: deal.amount }));
  return [...own, ...derived].sort((a, b) => a.submittedMs - b.submittedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

async function readPlans(store: Store, connectionId: string, partnerIds: SQL, ownerOf: (row: { partnerId: string | null }) => string | null): Promise<Map<string, PlanFacts[]>> {
  const found = await store.db.select().from(plans).where(and(alive(plans, connectionId), sql`${plans.partnerId} in ${partnerIds}`)).orderBy(asc(plans.startOn), asc(plans.id));
  const ids = inJson(found.map((plan) => plan.id));
  const targetsOf = Map.groupBy(await store.db.select().from(targets).where(and(alive(targets, connectionId), sql`${targets.planId} in ${ids}`)).orderBy(asc(targets.id)), (row) => row.planId);
  const milestonesOf = Map.groupBy(await store.db.select().from(milestones).where(and(alive(milestones, connectionId), sql`${milestones.planId} in ${ids}`)).orderBy(asc(milestones.id)), (row) => row.planId);
  const side = (text: string | null): Side => (text?.toLowerCase() === 'vendor' ? 'vendor' : 'partner');
  const facts = found.map((plan) => ({
    partnerId: ownerOf(plan) ?? plan.partnerId,
    plan: {
      id: plan.id, name: plan.name, startOn: plan.startOn, endOn: plan.endOn, status: plan.status,
      targets: (targetsOf.get(plan.id) ?? []).map((row) => ({ id: row.id, side: side(row.side), metric: row.metric, goal: row.goal, weight: row.weight ?? 1, actual: row.actual, label: row.label ?? row.metric })),
      milestones: (milestonesOf.get(plan.id) ?? []).map((row) => ({ id: row.id, label: row.label, side: side(row.side), dueOn: row.dueOn, doneOn: row.doneOn })),
    },
  }));
  return new Map([...Map.groupBy(facts, (fact) => fact.partnerId)].map(([id, list]) => [id, list.map((fact) => fact.plan)]));
}

async function withHistory(store: Store, connectionId: string, page: DealRow[]): Promise<DealFacts[]> {
  const ids = inJson(page.map((deal) => deal.id));
  const events = await store.db.select({ dealId: dealEvents.dealId, at: dealEvents.at, stage: dealEvents.stage, amount: dealEvents.amount, closeDate: dealEvents.closeDate }).from(dealEvents)
    .where(and(alive(dealEvents, connectionId), sql`${dealEvents.dealId} in ${ids}`)).orderBy(asc(dealEvents.dealId), asc(dealEvents.at), asc(dealEvents.id));
  const touched = await store.db.select({ dealId: activities.dealId, at: activities.at, kind: activities.kind, qualifying: activities.qualifying }).from(activities)
    .where(and(alive(activities, connectionId), sql`${activities.dealId} in ${ids}`)).orderBy(asc(activities.dealId), asc(activities.at), asc(activities.id));
  const eventsOf = Map.groupBy(events, (event) => event.dealId);
  const activitiesOf = Map.groupBy(touched, (activity) => activity.dealId);
  return page.map((deal) => {
    const money = (amount: number | null): number | null => (amount === null || deal.rate === null ? null : amount / deal.rate);
    return {
      id: deal.id, object: deal.object, name: deal.name, partnerId: deal.resolvedPartnerId, accountId: deal.accountId, ownerId: deal.ownerId, product: deal.product,
      createdMs: deal.createdAt, registeredMs: deal.registeredAt, stage: deal.stage, amount: money(deal.amount), closeDate: deal.closeDate, closedMs: deal.closedAt, crmProbability: deal.crmProbability,
      events: (eventsOf.get(deal.id) ?? []).map((event): DealEventFacts => ({ atMs: event.at, stage: event.stage, amount: money(event.amount), closeDate: event.closeDate })),
      activities: (activitiesOf.get(deal.id) ?? []).map((activity): ActivityFacts => ({ atMs: activity.at, kind: activity.kind, qualifying: activity.qualifying === 1 })),
    };
  });
}
