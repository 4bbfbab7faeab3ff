import { and, eq, sql } from 'drizzle-orm';
import { HeadwaterError } from '../model/error.ts';
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

/** What a process hears that was silent for too long. */
export const leaseLost = (connectionId: string): HeadwaterError =>
  new HeadwaterError('limit', `another run has taken over connection "${connectionId}"`, { code: 'LEASE_LOST', cure: 'This process was silent for too long; the other run goes on from its last page.' });

/**
 * The store as the holder of a lease may use it: every batch fails as a whole once another holder has the connection.
 * Errors: `limit` LEASE_LOST then; others as the store throws them.
 */
export function fencedStore(store: Store, lease: Lease): Store {
  const current = sql`(select ${leases.fence} from ${leases} where ${leases.connectionId} = ${lease.connectionId} and ${leases.fence} = ${lease.fence} and ${leases.holder} = ${lease.holder})`;
  const held = async (): Promise<boolean> => (await store.db.select({ fence: leases.fence }).from(leases).where(and(eq(leases.connectionId, lease.connectionId), eq(leases.fence, lease.fence), eq(leases.holder, lease.holder)))).length > 0;
  // It goes ahead of every batch, so its text is made once; D1's batch asks for the prepared query, Node's runs it.
  const prepared = store.db.insert(fenceGuard).select(sql`select ${lease.connectionId}, ${current} where true`).onConflictDoUpdate({ target: fenceGuard.connectionId, set: { fence: sql`excluded.fence` } }).prepare();
  const guard: Statement & { _prepare(): unknown } = { run: () => prepared.run(), _prepare: () => prepared };
  return {
    ...store,
    async batch(statements) {
      try {
        await store.batch([guard, ...statements]);
      } catch (error) {
        throw await held() ? error : leaseLost(lease.connectionId);
      }
    },
  };
}
