import { and, eq } from 'drizzle-orm';
import { alive } from './alive.ts';
import { preparedRead } from './prepared.ts';
import { users } from './schema.ts';
import type { Store } from './store.ts';

const inactive = preparedRead({ id: users.id, name: users.name }, (select) =>
  select.from(users).where(and(alive(users), eq(users.active, 0))),
);

/** Names of users that are no longer active, by id: what they still own waits for somebody. */
export async function formerUsers(
  store: Store,
  connectionId: string,
): Promise<ReadonlyMap<string, string>> {
  const found = await inactive(store, { connectionId });
  return new Map(found.map(({ id, name }) => [id, name]));
}
