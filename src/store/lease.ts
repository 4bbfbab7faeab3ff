import { and, eq, sql } from 'drizzle-orm';
import { fenceGuard, leases } from './schema.ts';
import type { Statement, Store } from './store.ts';

export interface Lease { connectionId: string; holder: string; fence: number }

/**
 * Takes the connection's lease if it is free, expired or already ours; null when another holder has it. One statement decides, so that two engines
 * cannot both win; the fence rises with every new holder and stays with a renewal.
 */
export async function takeLease(store: Store, connectionId: string, holder: string, nowMs: number, ttlMs: number): Promise<Lease | null> {
  const free = sql`${leases.holder} = ${holder} or ${leases.expiresMs} <= ${nowMs}`;
  await store.batch([store.db.insert(leases).values({ connectionId, holder, fence: 1, expiresMs: nowMs + ttlMs }).onConflictDoUpdate({
    target: leases.connectionId,
    set: { holder, fence: sql`case when ${leases.holder} = ${holder} then ${leases.fence} else ${leases.fence} + 1 end`, expiresMs: nowMs + ttlMs },
    setWhere: free,
  })]);
  const [found] = await store.db.select().from(leases).where(eq(leases.connectionId, connectionId));
  return found?.holder === holder ? { connectionId, holder, fence: found.fence } : null;
}

export async function dropLease(store: Store, lease: Lease): Promise<void> {
  await store.batch([store.db.update(leases).set({ expiresMs: 0 }).where(and(eq(leases.connectionId, lease.connectionId), eq(leases.holder, lease.holder), eq(leases.fence, lease.fence)))]);
}

/** The store as the holder of a lease may use it: every batch fails as a whole once another holder has the connection. */
export function fencedStore(store: Store, lease: Lease): Store {
  const guard = (): Statement => {
    const current = sql`(select ${leases.fence} from ${leases} where ${leases.connectionId} = ${lease.connectionId} and ${leases.fence} = ${lease.fence} and ${leases.holder} = ${lease.holder})`;
    return store.db.insert(fenceGuard).select(sql`select ${lease.connectionId}, ${current} where true`).onConflictDoUpdate({ target: fenceGuard.connectionId, set: { fence: sql`excluded.fence` } });
  };
  return { ...store, batch: (statements) => store.batch([guard(), ...statements]) };
}
