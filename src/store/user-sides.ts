import { and, eq, isNull, sql } from 'drizzle-orm';
import { hostOf, isPublicMailHost, registrableDomain } from '../model/domain.ts';
import type { Side } from '../model/facts.ts';
import { alive } from './alive.ts';
import { inJson } from './json-batch.ts';
import { preparedRead } from './prepared.ts';
import { partners, users } from './schema.ts';
import type { Statement, Store } from './store.ts';

const unresolved = preparedRead(
  { id: users.id, accountId: users.accountId, email: users.email, side: users.side },
  (select) => select.from(users).where(and(alive(users), isNull(users.resolvedSide))),
);
const partnerHomes = preparedRead(
  {
    accountId: sql<string>`coalesce(${partners.accountId}, ${partners.id})`,
    domain: partners.domain,
  },
  (select) => select.from(partners).where(alive(partners)),
);

/**
 * Whose person each user is: a portal user of a partner's account, or somebody with a partner's
 * mail domain, is the partner's, whatever the mapping says; else what the mapping says; else nobody
 * knows. Users whose row changed are looked at; with `all`, when partners may have changed, all
 * are.
 */
export async function resolveSides(
  store: Store,
  connectionId: string,
  all: boolean,
): Promise<Statement[]> {
  if (all)
    await store.batch([
      store.db
        .update(users)
        .set({ resolvedSide: null })
        .where(eq(users.connectionId, connectionId)),
    ]);
  const open = await unresolved(store, { connectionId });
  if (open.length === 0) return [];
  const homes = await partnerHomes(store, { connectionId });
  const accounts = new Set(homes.map((home) => home.accountId));
  const domains = new Set(
    homes
      .map((home) => registrableDomain(hostOf(home.domain)))
      .filter((domain) => domain !== null && !isPublicMailHost(domain)),
  );
  const found = Map.groupBy(open, (user) => {
    const mail = registrableDomain(hostOf(user.email));
    return (user.accountId !== null && accounts.has(user.accountId)) ||
      (mail !== null && domains.has(mail))
      ? 'partner'
      : (sideOf(user.side) ?? 'unknown');
  });
  return [...found].map(([side, own]) =>
    store.db
      .update(users)
      .set({ resolvedSide: side })
      .where(
        and(
          eq(users.connectionId, connectionId),
          sql`${users.id} in ${inJson(own.map((user) => user.id))}`,
        ),
      ),
  );
}

/** A side as a mapping words it; null = an integration, or nothing that we know. */
export const sideOf = (text: string | null): Side | null => {
  const word = text?.toLowerCase();
  return word === 'partner' || word === 'vendor' ? word : null;
};
