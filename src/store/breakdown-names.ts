import { and, eq, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { partners, users } from './schema.ts';
import type { Store } from './store.ts';

/** Words for the ids of accounts, partners and users that a forecast is broken down by. */
export async function breakdownNames(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Record<string, string>> {
  const account = sql<string>`coalesce(${partners.accountId}, ${partners.id})`;
  const named = await store.db
    .select({ id: partners.id, account, name: partners.name })
    .from(partners)
    .where(
      and(
        eq(partners.connectionId, connectionId),
        sql`(${account} in ${inJson(ids)} or ${partners.id} in ${inJson(ids)})`,
      ),
    );
  const people = await store.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.connectionId, connectionId), sql`${users.id} in ${inJson(ids)}`));
  const wanted = new Set(ids);
  const pairs = [
    ...people.map(({ id, name }) => [id, name] as const),
    ...named.flatMap(({ id, account: own, name }) => [[own, name] as const, [id, name] as const]),
  ];
  return Object.fromEntries(
    pairs.flatMap(([id, name]) => (wanted.has(id) && name !== null ? [[id, name]] : [])),
  );
}
