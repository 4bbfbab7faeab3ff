import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { HeadwaterError } from '../model/error.ts';
import { given, preparedRead, preparedWrite } from './prepared.ts';
import { fenceGuard, leases } from './schema.ts';
import type { Store } from './store.ts';

export interface Lease {
  connectionId: string;
  holder: string;
  fence: number;
}

const ofHolder = and(
  eq(leases.connectionId, given('connectionId')),
  eq(leases.fence, given('fence')),
  eq(leases.holder, given('holder')),
);
const take = preparedWrite((db) =>
  db
    .insert(leases)
    .values({
      connectionId: given('connectionId'),
      holder: given('holder'),
      fence: 1,
      expiresMs: given('expiresMs'),
    })
    .onConflictDoUpdate({
      target: leases.connectionId,
      set: {
        holder: sql`excluded.holder`,
        fence: sql`case when ${leases.holder} = excluded.holder then ${leases.fence} else ${leases.fence} + 1 end`,
        expiresMs: sql`excluded.expires_ms`,
      },
      setWhere: sql`${leases.holder} = excluded.holder or ${leases.expiresMs} <= ${given('nowMs')}`,
    }),
);
const leaseOf = preparedRead(getTableColumns(leases), (select) =>
  select.from(leases).where(eq(leases.connectionId, given('connectionId'))),
);
const drop = preparedWrite((db) => db.update(leases).set({ expiresMs: 0 }).where(ofHolder));
const release = preparedWrite((db) =>
  db
    .update(leases)
    .set({ holder: 'released', fence: sql`${leases.fence} + 1`, expiresMs: 0 })
    .where(eq(leases.connectionId, given('connectionId'))),
);
const heldBy = preparedRead({ fence: leases.fence }, (select) =>
  select.from(leases).where(ofHolder),
);
const renewal = preparedWrite((db) =>
  db
    .update(leases)
    .set({ expiresMs: sql`max(${leases.expiresMs}, ${given('expiresMs')})` })
    .where(ofHolder),
);
/** Fails on the guard's not-null column unless the lease is still the holder's. */
const guard = preparedWrite((db) =>
  db
    .insert(fenceGuard)
    .select(
      sql`select ${given('connectionId')}, (select ${leases.fence} from ${leases} where ${ofHolder}) where true`,
    )
    .onConflictDoUpdate({ target: fenceGuard.connectionId, set: { fence: sql`excluded.fence` } }),
);

/**
 * Takes the connection's lease if it is free, expired or already ours; null when another holder has
 * it. One statement decides, so that two engines
 * cannot both win; the fence rises with every new holder and stays with a renewal.
 */
export async function takeLease(
  store: Store,
  connectionId: string,
  holder: string,
  nowMs: number,
  ttlMs: number,
): Promise<Lease | null> {
  await store.batch([take(store, { connectionId, holder, nowMs, expiresMs: nowMs + ttlMs })]);
  const [found] = await leaseOf(store, { connectionId });
  return found?.holder === holder ? { connectionId, holder, fence: found.fence } : null;
}

/** A connection's lease as it stands: who has it, and when it ends unless it is renewed. */
export interface HeldLease {
  holder: string;
  expiresMs: number;
}

/** Null = nobody has had one, or it was given back. */
export async function heldLease(store: Store, connectionId: string): Promise<HeldLease | null> {
  const [found] = await leaseOf(store, { connectionId });
  return found === undefined || found.expiresMs === 0
    ? null
    : { holder: found.holder, expiresMs: found.expiresMs };
}

/**
 * Takes the lease away from whoever has it: the fence rises, so that its next batch fails as a
 * whole.
 */
export async function releaseLease(store: Store, connectionId: string): Promise<void> {
  await store.batch([release(store, { connectionId })]);
}

export async function dropLease(store: Store, lease: Lease): Promise<void> {
  await store.batch([drop(store, { ...lease })]);
}

/** What a process hears that was silent for too long. */
export const leaseLost = (connectionId: string): HeadwaterError =>
  new HeadwaterError('limit', `another run has taken over connection "${connectionId}"`, {
    code: 'LEASE_LOST',
    cure: 'This process was silent for too long; the other run goes on from its last page.',
  });

/**
 * A lease is renewed once so much of it is over; every batch carries the fence, so this only keeps
 * others waiting.
 */
const RENEW_AFTER_SHARE = 0.2;

/** How a step's own batches keep its lease; without it nothing is renewed. */
export interface Renewal {
  nowMs: () => number;
  ttlMs: number;
}

/**
 * The store as the holder of a lease may use it: every batch fails as a whole once another holder
 * has the connection, and the batches of a long step renew the lease on their way.
 * Errors: `limit` LEASE_LOST then; others as the store throws them.
 */
export function fencedStore(store: Store, lease: Lease, keep?: Renewal): Store {
  const guarded = guard(store, { ...lease });
  let renewedMs = keep?.nowMs() ?? 0;
  return {
    ...store,
    async batch(statements, durable) {
      const nowMs = keep?.nowMs() ?? 0;
      const due =
        keep !== undefined && Math.abs(nowMs - renewedMs) >= keep.ttlMs * RENEW_AFTER_SHARE;
      try {
        await store.batch(
          [
            guarded,
            ...(due ? [renewal(store, { ...lease, expiresMs: nowMs + keep.ttlMs })] : []),
            ...statements,
          ],
          durable,
        );
        if (due) renewedMs = nowMs;
      } catch (error) {
        throw (await heldBy(store, { ...lease })).length > 0
          ? error
          : leaseLost(lease.connectionId);
      }
    },
  };
}
