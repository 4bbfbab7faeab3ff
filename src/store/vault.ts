import { and, desc, eq } from 'drizzle-orm';
import type { Cipher } from './cipher.ts';
import { upsertRows } from './json-batch.ts';
import { secrets } from './schema.ts';
import type { Store } from './store.ts';

const placeOf = (connectionId: string, name: string, version: number): string =>
  `${connectionId}/${name}/${version}`;

/**
 * The newest readable value of a stored secret; null = none was ever stored. A damaged
 * slot gives way to the one before; a slot that only wants another key does not, since the
 * value before it may be spent.
 * Errors: `config` KEY when there is one and no key opens it.
 */
export async function readSecret(
  store: Store,
  cipher: Cipher,
  connectionId: string,
  name: string,
): Promise<string | null> {
  const slots = await store.db
    .select()
    .from(secrets)
    .where(and(eq(secrets.connectionId, connectionId), eq(secrets.name, name)))
    .orderBy(desc(secrets.version));
  let failure: unknown = null;
  for (const slot of slots) {
    try {
      return await cipher.open(slot.body, placeOf(connectionId, name, slot.version));
    } catch (error) {
      if (cipher.wantsOtherKey(slot.body)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  return null;
}

/**
 * Writes a secret into the slot that the current one doesn't use. A newer version is never
 * overwritten; who may write is decided before (`rotation.ts`, the lease).
 */
export async function saveSecret(
  store: Store,
  cipher: Cipher,
  connectionId: string,
  name: string,
  value: string,
  nowMs: number,
): Promise<void> {
  const [newest] = await store.db
    .select()
    .from(secrets)
    .where(and(eq(secrets.connectionId, connectionId), eq(secrets.name, name)))
    .orderBy(desc(secrets.version))
    .limit(1);
  const version = (newest?.version ?? 0) + 1;
  const body = await cipher.seal(value, placeOf(connectionId, name, version));
  await store.batch(
    upsertRows(
      store,
      secrets,
      [{ connectionId, name, slot: version % 2, version, body, savedMs: nowMs }],
      { only: { column: 'version', is: '>' } },
    ),
    true,
  );
}

/** Is a value stored under this name? Asks for no key. */
export async function storesSecret(
  store: Store,
  connectionId: string,
  name: string,
): Promise<boolean> {
  return (
    (
      await store.db
        .select({ version: secrets.version })
        .from(secrets)
        .where(and(eq(secrets.connectionId, connectionId), eq(secrets.name, name)))
        .limit(1)
    ).length > 0
  );
}

/**
 * Seals every stored secret again with the current key; one that is replaced meanwhile stays as it
 * is, sealed with the key of its writer. Returns how many there were.
 */
export async function resealSecrets(store: Store, cipher: Cipher, nowMs: number): Promise<number> {
  const all = await store.db.select().from(secrets);
  const rows = await Promise.all(
    all.map(async (slot) => {
      const place = placeOf(slot.connectionId, slot.name, slot.version);
      return {
        ...slot,
        body: await cipher.seal(await cipher.open(slot.body, place), place),
        savedMs: nowMs,
      };
    }),
  );
  await store.batch(upsertRows(store, secrets, rows, { only: { column: 'version', is: '=' } }));
  return rows.length;
}
