import { eq, lt } from 'drizzle-orm';
import { seenDeliveries } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Remembers a delivery by its digest; false when it was here before. Those older
 * than `keepMs` are forgotten.
 */
export async function rememberDelivery(
  store: Store,
  digest: string,
  nowMs: number,
  keepMs: number,
): Promise<boolean> {
  const [known] = await store.db
    .select()
    .from(seenDeliveries)
    .where(eq(seenDeliveries.digest, digest));
  if (known !== undefined) return false;
  try {
    await store.batch([
      store.db.delete(seenDeliveries).where(lt(seenDeliveries.seenMs, nowMs - keepMs)),
      store.db.insert(seenDeliveries).values({ digest, seenMs: nowMs }),
    ]);
    return true;
  } catch (error) {
    // Two copies at the same moment: the key lets one of them in.
    if (
      /UNIQUE constraint failed/i.test(
        `${String(error)} ${error instanceof Error ? String(error.cause) : ''}`,
      )
    )
      return false;
    throw error;
  }
}

/** A delivery whose content could not be kept was not here. */
export const forgetDelivery = (store: Store, digest: string): Promise<void> =>
  store.batch([store.db.delete(seenDeliveries).where(eq(seenDeliveries.digest, digest))]);
