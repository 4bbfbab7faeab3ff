import { asc, sql, type SQL } from 'drizzle-orm';
import type { ClaimFacts } from '../model/credit.ts';
import type { RegistrationFacts } from '../model/facts.ts';
import { alive, thereOf } from './alive.ts';
import { withDecisions } from './claim-decisions.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { claimKeys, deals, registrations } from './schema.ts';
import type { Store } from './store.ts';

/** What credit is judged by besides the deals themselves. */

/** The company that a partner's id stands for, after merges. */
const survivor = (column: string): SQL<string> =>
  sql<string>`coalesce((select r.to_id from redirects r where r.connection_id = ${given('connectionId')} and r.from_id = ${sql.raw(column)} limit 1), ${sql.raw(column)})`;

const registrationsOfDeals = preparedRead(
  {
    id: registrations.id,
    partnerId: survivor('registrations.partner_id'),
    kind: registrations.kind,
    dealId: registrations.dealId,
    submittedMs: registrations.submittedAt,
    decidedMs: registrations.decidedAt,
    status: registrations.status,
    protectedUntil: registrations.protectedUntil,
  },
  (select) =>
    select
      .from(registrations)
      .where(thereOf(registrations, registrations.dealId))
      .orderBy(asc(registrations.submittedAt), asc(registrations.id)),
);
const registeredDeals = preparedRead(
  {
    id: deals.id,
    partnerId: deals.resolvedPartnerId,
    registeredMs: deals.registeredAt,
    status: deals.registrationStatus,
  },
  (select) =>
    select
      .from(deals)
      .where(
        sql`${thereOf(deals, deals.id)} and ${deals.registeredAt} is not null and ${deals.resolvedPartnerId} is not null`,
      ),
);

/**
 * The registrations of each of these deals. A deal that says it was registered is one too, unless a
 * registration names it: not every CRM can name the partner on the registration itself.
 */
export async function registrationsByDeal(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, RegistrationFacts[]>> {
  const own = await registrationsOfDeals(store, { connectionId, ids });
  const found = own.map(
    (row): RegistrationFacts => ({
      ...row,
      kind: row.kind === 'lead' ? 'lead' : 'registration',
      amount: null,
    }),
  );
  const named = new Set(found.map((one) => (one.kind === 'lead' ? null : one.dealId)));
  for (const deal of await registeredDeals(store, { connectionId, ids }))
    if (!named.has(deal.id))
      found.push({
        id: deal.id,
        partnerId: deal.partnerId!,
        kind: 'registration',
        dealId: deal.id,
        submittedMs: deal.registeredMs!,
        decidedMs: null,
        status: deal.status,
        amount: null,
      });
  return Map.groupBy(await withDecisions(store, connectionId, found), (one) => one.dealId!);
}

const rivals = preparedRead(
  { id: sql<string>`d.id`, sinceMs: sql<number>`min(e.created_at)` },
  (select) =>
    select
      .from(
        sql`deals d cross join deals e on e.connection_id = d.connection_id and e.account_id = d.account_id`,
      )
      .where(
        sql`d.connection_id = ${given('connectionId')} and d.id in ${inGiven('ids')} and d.account_id is not null and e.deleted = 0 and e.id <> d.id and e.resolved_partner_id is null and e.created_at < d.created_at and (e.product is null or d.product is null or e.product = d.product)
        and coalesce((select h.stage from deal_events h where h.connection_id = e.connection_id and h.deal_id = e.id and h.deleted = 0 and h.at <= d.created_at order by h.at desc limit 1), case when e.closed_at <= d.created_at then 'closed' else '' end) not in ${inGiven('closed')}`,
      )
      .groupBy(sql`d.id`),
);

/**
 * Since when our own side had an open deal with the same customer and product as each of these, as
 * it began; `closed` = keys of the stages that end a deal.
 */
export async function rivalsOf(
  store: Store,
  connectionId: string,
  ids: string[],
  closed: string[],
): Promise<Map<string, number>> {
  const found = await rivals(store, { connectionId, ids, closed: [...closed, 'closed'] });
  return new Map(found.map((row) => [row.id, row.sinceMs]));
}

const ofAccount = (column: string, account: string): SQL<string | null> =>
  sql<
    string | null
  >`(select ${sql.raw(column)} from accounts a where a.connection_id = ${given('connectionId')} and a.id = ${sql.raw(account)} and a.deleted = 0 limit 1)`;

const claimFields = {
  id: registrations.id,
  partnerId: survivor('registrations.partner_id'),
  dealId: registrations.dealId,
  kind: registrations.kind,
  accountId: registrations.accountId,
  company: sql<
    string | null
  >`coalesce(registrations.company, ${ofAccount('a.name', 'registrations.account_id')})`,
  domain: sql<
    string | null
  >`coalesce(registrations.domain, ${ofAccount('a.domain', 'registrations.account_id')})`,
  product: registrations.product,
  submittedMs: registrations.submittedAt,
  decidedMs: registrations.decidedAt,
  protectedUntil: registrations.protectedUntil,
  status: registrations.status,
};
const registrationClaims = (which: SQL) =>
  preparedRead(claimFields, (select) =>
    select
      .from(registrations)
      .where(sql`${alive(registrations)} and ${which}`)
      .orderBy(asc(registrations.id))
      .limit(given('limit')),
  );
const dealClaims = (which: SQL) =>
  preparedRead(
    {
      id: deals.id,
      partnerId: sql<string>`${deals.resolvedPartnerId}`,
      dealId: deals.id,
      accountId: deals.accountId,
      company: ofAccount('a.name', 'deals.account_id'),
      domain: ofAccount('a.domain', 'deals.account_id'),
      product: deals.product,
      submittedMs: sql<number>`${deals.registeredAt}`,
      status: deals.registrationStatus,
    },
    (select) =>
      select
        .from(deals)
        .where(
          sql`${alive(deals)} and ${deals.registeredAt} is not null and ${deals.resolvedPartnerId} is not null and not exists (select 1 from registrations g where g.connection_id = ${given('connectionId')} and g.deal_id = ${deals.id} and g.deleted = 0 and coalesce(g.kind, '') <> 'lead') and ${which}`,
        )
        .orderBy(asc(deals.id))
        .limit(given('limit')),
  );
const READS = {
  registration: {
    after: registrationClaims(sql`${registrations.id} > ${given('after')}`),
    byId: registrationClaims(sql`${registrations.id} in ${inGiven('ids')}`),
  },
  deal: {
    after: dealClaims(sql`${deals.id} > ${given('after')}`),
    byId: dealClaims(sql`${deals.id} in ${inGiven('ids')}`),
  },
};
/** Where registrations are kept: rows of their own, and deals that say they were registered. */
export const CLAIM_HOMES = ['registration', 'deal'] as const;
export type ClaimHome = (typeof CLAIM_HOMES)[number];

type Row = Awaited<ReturnType<(typeof READS)['registration']['after']>>[number];
const claimOf = (row: Omit<Row, 'kind' | 'decidedMs' | 'protectedUntil'> & Partial<Row>) =>
  ({
    decidedMs: null,
    protectedUntil: null,
    ...row,
    kind: row.kind === 'lead' ? 'lead' : 'registration',
  }) satisfies ClaimFacts;

export const claimPage = async (
  store: Store,
  connectionId: string,
  home: ClaimHome,
  after: string,
  limit: number,
): Promise<ClaimFacts[]> =>
  await withDecisions(
    store,
    connectionId,
    (await READS[home].after(store, { connectionId, after, limit })).map(claimOf),
  );

const sharing = preparedRead({ id: sql<string>`distinct ${claimKeys.claimId}` }, (select) =>
  select
    .from(claimKeys)
    .where(
      sql`${claimKeys.connectionId} = ${given('connectionId')} and ${claimKeys.key} in ${inGiven('keys')}`,
    )
    .limit(given('limit')),
);
/** A key that so many share tells nobody apart. */
const MAX_SHARING = 20_000;

/** Every registration that has one of these keys. */
export async function claimsSharing(
  store: Store,
  connectionId: string,
  keys: string[],
): Promise<ClaimFacts[]> {
  const found = await sharing(store, { connectionId, keys, limit: MAX_SHARING });
  const of = { connectionId, ids: found.map((row) => row.id), limit: MAX_SHARING };
  return await withDecisions(store, connectionId, [
    ...(await READS.registration.byId(store, of)).map(claimOf),
    ...(await READS.deal.byId(store, of)).map(claimOf),
  ]);
}
