import { and, eq, isNotNull } from 'drizzle-orm';
import { given, preparedRead } from './prepared.ts';
import { partners } from './schema.ts';
import type { Store } from './store.ts';

const typed = preparedRead(
  { id: partners.id, accountId: partners.accountId, type: partners.type },
  (select) =>
    select
      .from(partners)
      .where(and(eq(partners.connectionId, given('connectionId')), isNotNull(partners.type))),
);

/**
 * Types of partners by the account that deals name, of those that are gone too: a replay compares
 * with them as the run of then did.
 */
export async function partnerTypes(
  store: Store,
  connectionId: string,
): Promise<ReadonlyMap<string, string>> {
  const found = await typed(store, { connectionId });
  return new Map(found.map(({ id, accountId, type }) => [accountId ?? id, type!]));
}
