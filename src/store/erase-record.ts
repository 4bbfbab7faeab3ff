import { eraseRecords } from './erase.ts';
import { heldLease } from './lease.ts';
import { recordObjects } from './record-objects.ts';
import type { Store } from './store.ts';
import { clearWhatIf, whatIfOf } from './what-if.ts';

export interface Erasure {
  /** Where something is held of the record; none = nothing is held of it. */
  objects: string[];
  /** The object in which the CRM still has it; null = in none. */
  alive: string | null;
  /** The run that is at work and may write its names anew; null = none. */
  atWork: string | null;
}

/**
 * Erases what is held of one record that the CRM has no more, in every object or in the one that is
 * named. Where it is `alive` or a run is `atWork`, nothing is erased. What a dry run left goes as a
 * whole, since its copy has the names too and no retention ever reaches it; the next one makes it
 * anew.
 */
export async function eraseRecord(
  store: Store,
  connectionId: string,
  { id, object, nowMs }: { id: string; object: string | null; nowMs: number },
): Promise<Erasure> {
  const wanted = (one: { object: string }): boolean => object === null || one.object === object;
  const own = (await recordObjects(store, connectionId, id)).filter(wanted);
  const copied = (await recordObjects(store, whatIfOf(connectionId), id)).filter(wanted);
  const objects = [...new Set([...own, ...copied].map((one) => one.object))];
  const alive = own.find((one) => one.alive)?.object ?? null;
  const lease = await heldLease(store, connectionId);
  const atWork = lease !== null && lease.expiresMs > nowMs ? lease.holder : null;
  if (objects.length === 0 || alive !== null || atWork !== null) return { objects, alive, atWork };
  await clearWhatIf(store, connectionId);
  for (const one of objects) await eraseRecords(store, connectionId, one, [id]);
  return { objects, alive, atWork };
}
