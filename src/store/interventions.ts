import { and, asc, eq, sql } from 'drizzle-orm';
import type { Intervention } from '../model/partner-class.ts';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { interventions } from './schema.ts';
import type { Store } from './store.ts';

const ofPartners = preparedRead(
  {
    partnerId: interventions.partnerId,
    what: interventions.what,
    by: interventions.byWho,
    why: interventions.why,
    atMs: interventions.atMs,
  },
  (select) =>
    select
      .from(interventions)
      .where(
        and(
          eq(interventions.connectionId, given('connectionId')),
          sql`${interventions.partnerId} in ${inGiven('ids')}`,
        ),
      )
      .orderBy(asc(interventions.partnerId), asc(interventions.atMs)),
);
/** What was tried with these partners, the earliest of each first. */
export const interventionsOf = async (
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Intervention[]> => await ofPartners(store, { connectionId, ids });

/** Keeps what was tried; on the disk when it returns, since it exists nowhere else. */
export async function keepIntervention(
  store: Store,
  connectionId: string,
  { by: byWho, ...columns }: Intervention,
): Promise<void> {
  await store.batch(upsertRows(store, interventions, [{ connectionId, byWho, ...columns }]), true);
}
