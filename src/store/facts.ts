import { and, asc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import { OWN_SIGNALS, signalKindOf, signalKinds } from '../model/signals.ts';
import type { DealFacts, PartnerFacts, RegistrationFacts, StageFacts } from '../model/facts.ts';
import { alive, there, thereOf } from './alive.ts';
import { historyOf, historyRows } from './deal-history.ts';
import { readPeople } from './deal-people.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import {
  certifications,
  costs,
  deals,
  partners,
  redirects,
  registrations,
  signals,
  stages,
} from './schema.ts';
import { readPlans } from './plan-facts.ts';
import { converter, type Money } from './rates.ts';
import { stageKeys, stageSpelling } from './stage-keys.ts';
import type { Store } from './store.ts';
import { DAY_MS } from '../model/time.ts';

const stagesInOrder = preparedRead(getTableColumns(stages), (select) =>
  select.from(stages).where(there(stages)).orderBy(asc(stages.order), asc(stages.key)),
);
/** Of one that was merged away the survivor has the deals, also in the past. */
const standsAlone = sql`(${partners.deleted} = 0 or not exists (select 1 from ${redirects} where ${redirects.connectionId} = ${given('connectionId')} and ${redirects.fromId} = ${partners.id}))`;
const partnersAfter = preparedRead(getTableColumns(partners), (select) =>
  select
    .from(partners)
    .where(and(there(partners), standsAlone, gt(partners.id, given('afterId'))))
    .orderBy(asc(partners.id))
    .limit(given('limit')),
);
const dealsAfter = preparedRead(getTableColumns(deals), (select) =>
  select
    .from(deals)
    .where(and(there(deals), gt(deals.id, given('afterId'))))
    .orderBy(asc(deals.id))
    .limit(given('limit')),
);
const dealsNamed = preparedRead(getTableColumns(deals), (select) =>
  select.from(deals).where(thereOf(deals, deals.id)).orderBy(asc(deals.id)),
);
const partnersNamed = preparedRead(getTableColumns(partners), (select) =>
  select.from(partners).where(thereOf(partners, partners.id)).orderBy(asc(partners.id)),
);
const dealsCounted = preparedRead({ n: sql<number>`count(*)` }, (select) =>
  select.from(deals).where(alive(deals)),
);
const directAfter = preparedRead(getTableColumns(deals), (select) =>
  select
    .from(deals)
    .where(
      and(there(deals), gt(deals.id, given('afterId')), sql`${deals.resolvedPartnerId} is null`),
    )
    .orderBy(asc(deals.id))
    .limit(given('limit')),
);
const losersOf = preparedRead({ from: redirects.fromId, to: redirects.toId }, (select) =>
  select
    .from(redirects)
    .where(
      and(
        eq(redirects.connectionId, given('connectionId')),
        sql`${redirects.toId} in ${inGiven('ids')}`,
      ),
    ),
);
/** Deals that are won, or were at some time. */
const wonAfter = preparedRead(getTableColumns(deals), (select) =>
  select
    .from(deals)
    .where(
      and(
        there(deals),
        gt(deals.id, given('afterId')),
        sql`(${deals.won} = 1 or ${deals.stage} in ${inGiven('stages')} or exists (select 1 from deal_events e where e.connection_id = ${given('connectionId')} and e.deal_id = ${deals.id} and e.deleted = 0 and e.stage in ${inGiven('stages')}))`,
      ),
    )
    .orderBy(asc(deals.id))
    .limit(given('limit')),
);
const dealsOfPartners = preparedRead(getTableColumns(deals), (select) =>
  select
    .from(deals)
    .where(thereOf(deals, deals.resolvedPartnerId))
    .orderBy(asc(deals.createdAt), asc(deals.id)),
);
const dealCountsOfPartners = preparedRead(
  { id: deals.resolvedPartnerId, deals: sql<number>`count(*)` },
  (select) =>
    select
      .from(deals)
      .where(thereOf(deals, deals.resolvedPartnerId))
      .groupBy(deals.resolvedPartnerId),
);
const registrationsOfPartners = preparedRead(getTableColumns(registrations), (select) =>
  select
    .from(registrations)
    .where(thereOf(registrations, registrations.partnerId))
    .orderBy(asc(registrations.submittedAt), asc(registrations.id)),
);
const certificationsOfPartners = preparedRead(getTableColumns(certifications), (select) =>
  select
    .from(certifications)
    .where(thereOf(certifications, certifications.partnerId))
    .orderBy(asc(certifications.issuedOn), asc(certifications.id)),
);
const costsOfPartners = preparedRead(getTableColumns(costs), (select) =>
  select.from(costs).where(thereOf(costs, costs.partnerId)).orderBy(asc(costs.at), asc(costs.id)),
);
/** The CRM has its own words for what everybody has. */
const KINDS = signalKinds();
const signalDay = sql<number>`${signals.at} / ${sql.raw(String(DAY_MS))}`;
/** What was sent here is known since it came; what the CRM holds, since it happened. */
const knownDay = sql<number>`case when ${signals.object} = ${sql.raw(`'${OWN_SIGNALS}'`)} then max(${signals.at}, ${signals.stampMs}) else ${signals.at} end / ${sql.raw(String(DAY_MS))}`;
/** By day: there may be a million of them, and nothing asks for the hour. */
const signalsOfPartners = preparedRead(
  {
    partnerId: signals.partnerId,
    kind: signals.kind,
    day: signalDay.as('day'),
    known: knownDay.as('known'),
    value: sql<number>`total(coalesce(${signals.value}, 1))`.as('value'),
    n: sql<number>`count(*)`.as('n'),
  },
  (select) =>
    select
      .from(signals)
      .where(thereOf(signals, signals.partnerId))
      .groupBy(signals.partnerId, signals.kind, sql`day`, sql`known`)
      .orderBy(sql`day`, sql`known`, asc(signals.kind), asc(signals.partnerId)),
);
/** Sums of decimals hang on their order by a last digit or two; beyond this they do not. */
const DECIMALS = 1e6;
export async function readStages(store: Store, connectionId: string): Promise<StageFacts[]> {
  const found = await stagesInOrder(store, { connectionId });
  return found.map((stage) => ({
    key: stage.key,
    label: stage.label ?? stage.key,
    ...(stage.pipeline === null ? {} : { pipeline: stage.pipeline }),
    order: stage.order,
    closed: stage.closed === 1,
    won: stage.won === 1,
    probability: stage.probability,
  }));
}

/**
 * Partners in id order with all their facts, at most `limit` with at most `maxDeals` deals together
 * (but one at least): memory follows the page. None = there are no more.
 */
export async function partnerPage(
  store: Store,
  connectionId: string,
  afterId: string,
  limit: number,
  money: Money,
  maxDeals = Infinity,
): Promise<PartnerFacts[]> {
  const page = await partnersAfter(store, { connectionId, afterId, limit });
  if (page.length === 0) return [];
  const held = new Map(
    (await dealCountsOfPartners(store, { connectionId, ids: page.map(accountOf) })).map((one) => [
      one.id,
      one.deals,
    ]),
  );
  let sum = 0;
  const tooMany = page.findIndex(
    (partner, i) => (sum += held.get(accountOf(partner)) ?? 0) > maxDeals && i > 0,
  );
  return await withFacts(
    store,
    connectionId,
    tooMany === -1 ? page : page.slice(0, tooMany),
    money,
  );
}

/** How many deals there are. */
export async function countDeals(store: Store, connectionId: string): Promise<number> {
  return (await dealsCounted(store, { connectionId }))[0]?.n ?? 0;
}

/** Deals in id order; `direct` = only those without a partner. */
export async function dealPage(
  store: Store,
  connectionId: string,
  afterId: string,
  limit: number,
  direct: boolean,
): Promise<DealFacts[]> {
  const page = await (direct ? directAfter : dealsAfter)(store, { connectionId, afterId, limit });
  return await withHistory(store, connectionId, page);
}

/** These deals, as far as they are there. */
export const dealsById = async (
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<DealFacts[]> =>
  await withHistory(store, connectionId, await dealsNamed(store, { connectionId, ids }));

/** These partners with all their facts, as far as they are there. */
export const partnersById = async (
  store: Store,
  connectionId: string,
  ids: string[],
  money: Money,
): Promise<PartnerFacts[]> =>
  await withFacts(store, connectionId, await partnersNamed(store, { connectionId, ids }), money);

/** Deals of which one may be won, in id order; `stages` = keys of the stages that win. */
export async function wonPage(
  store: Store,
  connectionId: string,
  afterId: string,
  limit: number,
  stages: string[],
): Promise<DealFacts[]> {
  const page = await wonAfter(store, { connectionId, afterId, limit, stages });
  return await withHistory(store, connectionId, page);
}

type PartnerRow = typeof partners.$inferSelect;
type DealRow = typeof deals.$inferSelect;
const accountOf = (partner: PartnerRow): string => partner.accountId ?? partner.id;

async function withFacts(
  store: Store,
  connectionId: string,
  page: PartnerRow[],
  money: Money,
): Promise<PartnerFacts[]> {
  // What still names a merged-away company belongs to its survivor.
  const losers = await losersOf(store, { connectionId, ids: page.map(accountOf) });
  const survivorOf = new Map(losers.map((loser) => [loser.from, loser.to]));
  const ownerOf = (row: { partnerId: string | null }): string | null =>
    row.partnerId === null ? null : (survivorOf.get(row.partnerId) ?? row.partnerId);
  const ids = [...page.map(accountOf), ...survivorOf.keys()];
  const own = { connectionId, ids };
  const inReporting = await converter(store, connectionId, money);

  const dealFacts = await withHistory(store, connectionId, await dealsOfPartners(store, own));
  const planFacts = await readPlans(store, connectionId, ids, ownerOf);
  const registered = await registrationsOfPartners(store, own);
  const certified = await certificationsOfPartners(store, own);
  const spent = await costsOfPartners(store, own);
  const signalled = await signalsOfPartners(store, own);

  const dealsOf = Map.groupBy(dealFacts, (deal) => deal.partnerId);
  const registrationsOf = Map.groupBy(registered, ownerOf);
  const certificationsOf = Map.groupBy(certified, ownerOf);
  const costsOf = Map.groupBy(spent, ownerOf);
  const signalsOf = Map.groupBy(signalled, ownerOf);
  return page.map((partner) => {
    const id = accountOf(partner);
    return {
      id: partner.id,
      accountId: id,
      object: partner.object,
      name: partner.name,
      type: partner.type,
      tier: partner.tier,
      region: partner.region,
      ownerId: partner.ownerId,
      signedOn: partner.signedOn,
      onboardedOn: partner.onboardedOn,
      deals: dealsOf.get(id) ?? [],
      registrations: registrationsFor(
        dealsOf.get(id) ?? [],
        (registrationsOf.get(id) ?? []).map((row) => ({
          id: row.id,
          partnerId: id,
          kind: row.kind === 'lead' ? 'lead' : 'registration',
          dealId: row.dealId,
          submittedMs: row.submittedAt,
          decidedMs: row.decidedAt,
          status: row.status,
          protectedUntil: row.protectedUntil,
          amount: inReporting(row.amount, row.currency, new Date(row.submittedAt).toISOString()),
        })),
      ),
      plans: planFacts.get(id) ?? [],
      certifications: (certificationsOf.get(id) ?? []).map((row) => ({
        name: row.name,
        issuedOn: row.issuedOn,
        expiresOn: row.expiresOn,
      })),
      costs: (costsOf.get(id) ?? []).map((row) => ({
        kind: row.kind,
        amount: inReporting(row.amount, row.currency, row.at),
        at: row.at,
      })),
      signals: (signalsOf.get(id) ?? []).map((row) => ({
        kind: signalKindOf(row.kind, KINDS) ?? row.kind,
        atMs: (row.day + 1) * DAY_MS,
        knownMs: (row.known + 1) * DAY_MS,
        value: Math.round(row.value * DECIMALS) / DECIMALS,
        n: row.n,
      })),
    };
  });
}

/**
 * A deal that says it was registered is a registration too, unless one names it already: not every
 * CRM can name the partner on the registration itself.
 */
function registrationsFor(deals: DealFacts[], own: RegistrationFacts[]): RegistrationFacts[] {
  const named = new Set(
    own.map((registration) => (registration.kind === 'lead' ? null : registration.dealId)),
  );
  const derived = deals
    .filter((deal) => deal.registeredMs !== null && !named.has(deal.id))
    .map((deal) => ({
      id: deal.id,
      kind: 'registration' as const,
      dealId: deal.id,
      submittedMs: deal.registeredMs!,
      decidedMs: null,
      status: null,
      amount: deal.amount,
    }));
  return [...own, ...derived].sort(
    (a, b) =>
      a.submittedMs - b.submittedMs ||
      // Of one moment by kind, so that ids, which are each CRM's own, decide between equals only.
      Number(a.kind === 'lead') - Number(b.kind === 'lead') ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

const truth = (flag: number | null): boolean | null => (flag === null ? null : flag === 1);

async function withHistory(
  store: Store,
  connectionId: string,
  page: DealRow[],
): Promise<DealFacts[]> {
  const ofDeals = { connectionId, ids: page.map((deal) => deal.id) };
  const events = await historyRows(store, ofDeals);
  const spelling = stageSpelling(await stageKeys(store, connectionId));
  const eventsOf = Map.groupBy(events, (event) => event.dealId);
  const people = await readPeople(
    store,
    connectionId,
    ofDeals.ids,
    events.map((event) => event.byId),
  );
  return page.map((deal) => {
    const money = (amount: number | null): number | null =>
      amount === null || deal.rate === null ? null : amount / deal.rate;
    const history = eventsOf.get(deal.id) ?? [];
    return {
      id: deal.id,
      object: deal.object,
      name: deal.name,
      partnerId: deal.resolvedPartnerId,
      accountId: deal.accountId,
      ownerId: deal.ownerId,
      product: deal.product,
      createdMs: deal.createdAt,
      registeredMs: deal.registeredAt,
      stage: spelling(deal.stage, deal.stage),
      told: { closed: truth(deal.closed), won: truth(deal.won) },
      amount: money(deal.amount),
      closeDate: deal.closeDate,
      closedMs: deal.closedAt,
      crmProbability: deal.crmProbability,
      events: historyOf(deal, history, {
        money,
        side: people.side,
        stage: (key) => spelling(key, deal.stage),
      }),
      competitor: deal.competitor,
      origin: deal.source,
      currency: deal.currency,
      ...people.of(deal),
    };
  });
}
