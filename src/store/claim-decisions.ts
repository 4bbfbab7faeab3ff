import { and, asc, eq, sql } from 'drizzle-orm';
import type { Conflict, ConflictWord } from '../model/credit.ts';
import { HeadwaterError } from '../model/error.ts';
import { findConflict } from './credit.ts';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { claimDecisions, conflictDecisions, conflicts } from './schema.ts';
import type { Store } from './store.ts';

const decisionsOf = preparedRead(
  {
    claimId: claimDecisions.claimId,
    status: claimDecisions.status,
    decidedMs: claimDecisions.decidedMs,
  },
  (select) =>
    select
      .from(claimDecisions)
      .where(
        sql`${eq(claimDecisions.connectionId, given('connectionId'))} and ${claimDecisions.claimId} in ${inGiven('ids')}`,
      ),
);

interface Decidable {
  id: string;
  status: string | null;
  decidedMs: number | null;
  appealed?: boolean;
}

/** Claims as a person decided them; those of which nobody has are as the CRM says. */
export async function withDecisions<T extends Decidable>(
  store: Store,
  connectionId: string,
  claims: T[],
): Promise<T[]> {
  if (claims.length === 0) return claims;
  const found = await decisionsOf(store, { connectionId, ids: claims.map(({ id }) => id) });
  const decisionOf = new Map(found.map((one) => [one.claimId, one]));
  return claims.map((claim) => {
    const decision = decisionOf.get(claim.id);
    if (decision === undefined) return claim;
    return decision.status === 'appealed'
      ? { ...claim, status: 'pending', decidedMs: null, appealed: true }
      : { ...claim, status: decision.status, decidedMs: decision.decidedMs };
  });
}

/**
 * `for`: the partner (its account's id) whose claim stands. `appeal`: the claim that is taken up
 * again.
 */
export interface ConflictDecision {
  for?: string | undefined;
  appeal?: string | undefined;
  by: string;
  why: string;
}

/**
 * Keeps what a person decided of a conflict, and gives the conflict as it stands then; credit
 * follows with the next run. Throws `config` where there is no such conflict, partner or claim.
 */
export async function decideConflict(
  store: Store,
  connectionId: string,
  id: string,
  decision: ConflictDecision,
  atMs: number,
): Promise<Conflict> {
  const conflict = await findConflict(store, connectionId, id);
  if (conflict === null)
    throw new HeadwaterError('config', `there is no conflict ${id}`, {
      cure: '`headwater credit show` lists them with their registrations; a conflict has the id of its first one.',
    });
  const named = conflict.sides.filter((side) =>
    decision.appeal === undefined
      ? side.partnerId === decision.for
      : side.registrationId === decision.appeal,
  );
  if (named.length === 0)
    throw new HeadwaterError(
      'config',
      `${decision.appeal ?? decision.for ?? 'nobody'} is no side of the conflict ${id}`,
      {
        cure: `Its sides: ${conflict.sides.map((side) => `${side.registrationId} of ${side.partnerId}`).join(', ')}.`,
      },
    );
  const statusOf = (side: Conflict['sides'][number]): string | null =>
    decision.appeal === undefined
      ? side.partnerId === decision.for
        ? 'approved'
        : 'rejected'
      : side.registrationId === decision.appeal
        ? 'appealed'
        : null;
  const decided = conflict.sides.flatMap((side) => {
    const status = statusOf(side);
    return status === null ? [] : [{ side, status }];
  });
  const now: Conflict = {
    ...conflict,
    state: decision.appeal === undefined ? 'decided' : 'appealed',
    sides: conflict.sides.map((side) => {
      const status = statusOf(side);
      if (status === null) return side;
      return status === 'appealed'
        ? { ...side, status: 'pending', decidedMs: null }
        : { ...side, status, decidedMs: atMs };
    }),
  };
  const word = {
    ...{ conflictId: id, atMs, what: now.state as ConflictWord['what'] },
    ...{ partnerId: named[0]!.partnerId, byWho: decision.by, why: decision.why },
  };
  await store.batch([
    ...upsertRows(store, conflictDecisions, [{ connectionId, ...word }]),
    ...decided.map(({ side, status }) => {
      const row = { status, byWho: decision.by, why: decision.why, decidedMs: atMs };
      return store.db
        .insert(claimDecisions)
        .values({ connectionId, claimId: side.registrationId, ...row })
        .onConflictDoUpdate({
          target: [claimDecisions.connectionId, claimDecisions.claimId],
          set: row,
        });
    }),
    store.db
      .update(conflicts)
      .set({ state: now.state, detail: JSON.stringify(now) })
      .where(and(eq(conflicts.connectionId, connectionId), eq(conflicts.id, id))),
  ]);
  return now;
}

const wordsOf = preparedRead(
  {
    conflictId: conflictDecisions.conflictId,
    atMs: conflictDecisions.atMs,
    what: conflictDecisions.what,
    partnerId: conflictDecisions.partnerId,
    by: conflictDecisions.byWho,
    why: conflictDecisions.why,
  },
  (select) =>
    select
      .from(conflictDecisions)
      .where(eq(conflictDecisions.connectionId, given('connectionId')))
      .orderBy(asc(conflictDecisions.atMs)),
);
/** Everything that people said of conflicts, the earliest first. */
export const conflictWords = async (store: Store, connectionId: string): Promise<ConflictWord[]> =>
  (await wordsOf(store, { connectionId })).map((row) => ({
    ...row,
    what: row.what as ConflictWord['what'],
  }));
