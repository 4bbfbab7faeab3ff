import { and, eq, sql } from 'drizzle-orm';
import { given, inGiven, preparedRead } from './prepared.ts';
import { deals } from './schema.ts';
import type { Store } from './store.ts';

const accounts = preparedRead({ id: deals.id, accountId: deals.accountId }, (select) =>
  select
    .from(deals)
    .where(
      and(
        eq(deals.connectionId, given('connectionId')),
        eq(deals.object, given('object')),
        sql`${deals.id} in ${inGiven('ids')}`,
      ),
    ),
);

/**
 * Customer account of each deal, by deal id; a record that is no deal, or
 * names no account, is left out.
 */
export async function accountsOfDeals(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Promise<Map<string, string>> {
  const found = await accounts(store, { connectionId, object, ids });
  return new Map(
    found.flatMap(({ id, accountId }) => (accountId === null ? [] : [[id, accountId] as const])),
  );
}
