import { and, eq, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { partners, redirects } from './schema.ts';
import type { Store } from './store.ts';

/**
 * The other ids of these partners: a partner kept in an object of its own has a record and an
 * account, and a merged one its survivor.
 */
export async function partnersAlsoKnownAs(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<string[]> {
  const survivors = await store.db
    .select({ id: redirects.toId })
    .from(redirects)
    .where(
      and(eq(redirects.connectionId, connectionId), sql`${redirects.fromId} in ${inJson(ids)}`),
    );
  const known = inJson([...ids, ...survivors.map((row) => row.id)]);
  const named = (column: typeof partners.id | typeof partners.accountId) =>
    store.db
      .select({ id: partners.id, accountId: partners.accountId })
      .from(partners)
      .where(and(eq(partners.connectionId, connectionId), sql`${column} in ${known}`));
  const found = [...(await named(partners.id)), ...(await named(partners.accountId))];
  return [
    ...survivors.map((row) => row.id),
    ...found.flatMap((row) => [row.id, ...(row.accountId === null ? [] : [row.accountId])]),
  ];
}

/** What partners are called, also those that are gone. */
export async function namesOfPartners(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await store.db
    .select({ id: partners.id, name: partners.name })
    .from(partners)
    .where(and(eq(partners.connectionId, connectionId), sql`${partners.id} in ${inJson(ids)}`));
  return new Map(rows.map(({ id, name }) => [id, name ?? id]));
}
