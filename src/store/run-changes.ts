import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { deals, partners } from './schema.ts';
import type { Store } from './store.ts';
import { whatIfOf } from './what-if.ts';

/** A dry run may have found a record in its own copy of the rows only. */
export const placesOf = (connectionId: string): string[] => [connectionId, whatIfOf(connectionId)];

/** Names of partners and deals by record id; who has left the CRM long ago has none. */
export async function recordNames(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const table of [deals, partners])
    for (const place of placesOf(connectionId).reverse()) {
      const found = await store.db
        .select({ id: table.id, name: table.name })
        .from(table)
        .where(and(eq(table.connectionId, place), sql`${table.id} in ${inJson(ids)}`));
      for (const { id, name } of found) names.set(id, name);
    }
  return names;
}

/**
 * Ids of the partners that are meant by an id or a name (the whole name before a part of it), and
 * of their deals. `ids`: what the text may mean as an id. Empty = nobody is called that.
 */
export async function recordsOfPartner(
  store: Store,
  connectionId: string,
  needle: string,
  ids: string[],
): Promise<string[]> {
  const idOrName = or(
    sql`${partners.id} in ${inJson(ids)}`,
    sql`${partners.accountId} in ${inJson(ids)}`,
    sql`instr(lower(${partners.name}), ${needle.toLowerCase()}) > 0`,
  );
  const found = await store.db
    .select({ id: partners.id, accountId: partners.accountId, name: partners.name })
    .from(partners)
    .where(and(inArray(partners.connectionId, placesOf(connectionId)), idOrName));
  const exact = found.filter(
    ({ id, accountId, name }) =>
      ids.includes(id) ||
      (accountId !== null && ids.includes(accountId)) ||
      name.toLowerCase() === needle.toLowerCase(),
  );
  return await withTheirDeals(store, connectionId, exact.length > 0 ? exact : found);
}

/** Partners whose record or account is one of these. */
const partnersById = async (
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<{ id: string; accountId: string | null }[]> =>
  await store.db
    .select({ id: partners.id, accountId: partners.accountId })
    .from(partners)
    .where(
      and(
        inArray(partners.connectionId, placesOf(connectionId)),
        or(sql`${partners.id} in ${inJson(ids)}`, sql`${partners.accountId} in ${inJson(ids)}`),
      ),
    );

/** Ids of the records and accounts of the partners that these ids name. */
export async function idsOfPartners(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Set<string>> {
  const found = await partnersById(store, connectionId, ids);
  return new Set(
    found.flatMap(({ id, accountId }) => (accountId === null ? [id] : [id, accountId])),
  );
}

/** The same of partners that are named by the ids of their records or accounts. */
export async function recordsOfPartners(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<string[]> {
  const found = await partnersById(store, connectionId, ids);
  return await withTheirDeals(store, connectionId, found);
}

/** Deals know the account of a partner, where it has one beside its own record. */
async function withTheirDeals(
  store: Store,
  connectionId: string,
  own: { id: string; accountId: string | null }[],
): Promise<string[]> {
  if (own.length === 0) return [];
  const accounts = own.map(({ id, accountId }) => accountId ?? id);
  const theirs = await store.db
    .select({ id: deals.id })
    .from(deals)
    .where(
      and(
        inArray(deals.connectionId, placesOf(connectionId)),
        sql`${deals.resolvedPartnerId} in ${inJson(accounts)}`,
      ),
    );
  return [...new Set([...own.map(({ id }) => id), ...theirs.map(({ id }) => id)])];
}

/** The partner that each record is, or is a deal of, by record id. */
export async function recordPartners(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, { id: string; name: string }>> {
  const found = new Map<string, { id: string; name: string }>();
  const account = sql`coalesce(${partners.accountId}, ${partners.id})`;
  for (const place of placesOf(connectionId).reverse()) {
    const own = await store.db
      .select({ id: partners.id, name: partners.name })
      .from(partners)
      .where(and(eq(partners.connectionId, place), sql`${partners.id} in ${inJson(ids)}`));
    for (const partner of own) found.set(partner.id, partner);
    const theirs = await store.db
      .select({ dealId: deals.id, id: partners.id, name: partners.name })
      .from(deals)
      .innerJoin(
        partners,
        and(eq(partners.connectionId, place), sql`${account} = ${deals.resolvedPartnerId}`),
      )
      .where(and(eq(deals.connectionId, place), sql`${deals.id} in ${inJson(ids)}`));
    for (const { dealId, ...partner } of theirs) found.set(dealId, partner);
  }
  return found;
}
