import { and, asc, eq, sql } from 'drizzle-orm';
import { HeadwaterError } from '../model/error.ts';
import type { TierDecision } from '../model/tier.ts';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { tierDecisions } from './schema.ts';
import type { Store } from './store.ts';
import { worthRows } from './worth.ts';

const decisionsOf = preparedRead(
  {
    partnerId: tierDecisions.partnerId,
    tier: tierDecisions.tier,
    before: tierDecisions.before,
    by: tierDecisions.byWho,
    why: tierDecisions.why,
    decidedMs: tierDecisions.decidedMs,
  },
  (select) =>
    select
      .from(tierDecisions)
      .where(
        and(
          eq(tierDecisions.connectionId, given('connectionId')),
          sql`${tierDecisions.partnerId} in ${inGiven('ids')}`,
        ),
      )
      .orderBy(asc(tierDecisions.partnerId), asc(tierDecisions.decidedMs)),
);
/** Every tier that was approved for these partners, the earliest of each first. */
export const tierDecisionsOf = async (
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<TierDecision[]> => await decisionsOf(store, { connectionId, ids });

export interface TierApproval {
  tier: string;
  by: string;
  why: string;
}

/**
 * Puts a partner in a tier of its ladder, with who and why; the next run writes it. `partnerId` =
 * the id of its record. Throws `config` where the partner or the tier is none.
 */
export async function approveTier(
  store: Store,
  place: { rowsId: string; resultsId: string; runId: string },
  partnerId: string,
  { tier, by, why }: TierApproval,
  decidedMs: number,
): Promise<TierDecision> {
  const row = (await worthRows(store, place)).find(({ id }) => id === partnerId);
  const standing = row?.worth.tier;
  if (standing === undefined)
    throw new HeadwaterError('config', `no ladder is known for the partner ${partnerId}`, {
      cure: 'Give the mapping ladders under settings.tiers and run `headwater sync run`.',
    });
  const wanted = tier.trim().toLowerCase();
  const rung = standing.rungs.find((name) => name.toLowerCase() === wanted);
  if (rung === undefined)
    throw new HeadwaterError('config', `"${tier}" is no tier of the partner's ladder`, {
      cure:
        standing.rungs.length === 0
          ? 'No ladder of the mapping is for the type of this partner.'
          : `Its tiers are: ${standing.rungs.join(', ')}.`,
    });
  const earlier = (await tierDecisionsOf(store, place.resultsId, [partnerId])).at(-1);
  const before = earlier?.tier ?? standing.tier;
  const decision = { partnerId, tier: rung, before, by, why, decidedMs };
  const { by: byWho, ...columns } = decision;
  await store.batch(
    upsertRows(store, tierDecisions, [{ connectionId: place.resultsId, byWho, ...columns }]),
    true,
  );
  return decision;
}
