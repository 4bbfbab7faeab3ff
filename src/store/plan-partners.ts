import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { whereOf, type PlanFilter } from './plan-view.ts';
import { placesOf } from './run-changes.ts';
import type { Run } from './runs.ts';
import { deals, partners, writeIntents } from './schema.ts';
import type { Store } from './store.ts';

/** A partner of whose record or deals a run writes something. */
export interface PlannedPartner {
  id: string;
  name: string;
  fields: number;
  records: number;
}

/**
 * The partners that a filter leaves of a run's writes, by their own record or by their deals, most
 * fields first. What belongs to no partner is in none of them.
 */
export async function plannedPartners(
  store: Store,
  run: Pick<Run, 'id' | 'connectionId'>,
  filter: PlanFilter,
): Promise<PlannedPartner[]> {
  const places = placesOf(run.connectionId);
  // A dry run may have found a deal in its own copy of the rows only.
  const account = sql<string>`coalesce((select ${deals.resolvedPartnerId} from ${deals} where ${deals.connectionId} in (${places[1]}, ${places[0]}) and ${deals.object} = ${writeIntents.object} and ${deals.id} = ${writeIntents.recordId} order by ${deals.connectionId} desc limit 1), ${writeIntents.recordId})`;
  const found = await store.db
    .select({
      account: account.as('account'),
      fields: sql<number>`count(*)`.as('fields'),
      records: sql<number>`count(distinct ${writeIntents.object} || '/' || ${writeIntents.recordId})`,
    })
    .from(writeIntents)
    .where(whereOf(run, filter))
    .groupBy(sql`account`)
    .orderBy(desc(sql`fields`), sql`account`);
  const known = await store.db
    .select({ id: partners.id, accountId: partners.accountId, name: partners.name })
    .from(partners)
    .where(and(inArray(partners.connectionId, places), eq(partners.deleted, 0)));
  // A record of a partner and the account that its deals name are the same partner.
  const byId = new Map(
    known.flatMap(({ id, accountId, name }) =>
      [accountId, id].flatMap((one) => (one === null ? [] : [[one, { id, name }] as const])),
    ),
  );
  const planned = new Map<string, PlannedPartner>();
  for (const { account: key, fields, records } of found) {
    const partner = byId.get(key);
    if (partner === undefined) continue;
    const before = planned.get(partner.id) ?? { ...partner, fields: 0, records: 0 };
    planned.set(partner.id, {
      ...before,
      fields: before.fields + fields,
      records: before.records + records,
    });
  }
  return [...planned.values()].sort((a, b) => b.fields - a.fields || (a.id < b.id ? -1 : 1));
}
