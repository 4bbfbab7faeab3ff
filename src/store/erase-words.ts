import { and, eq, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import {
  alertMutes,
  campaigns,
  claimDecisions,
  conflictDecisions,
  conflicts,
  fundDecisions,
  interventions,
  tierDecisions,
} from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * What people noted here of records that are erased: that something was decided stays, with its
 * day; the words go.
 */
export function eraseWords(
  store: Store,
  connectionId: string,
  ids: readonly string[],
): Statement[] {
  const those = inJson([...ids]);
  // A decision speaks of every side of its conflict, not only of whom it is for.
  const sideOf = (key: string) => sql`json_extract(s.value, ${key})`;
  const touched = sql`select c.id from ${conflicts} c, json_each(c.detail, '$.sides') s where c.connection_id = ${connectionId} and (${sideOf('$.partnerId')} in ${those} or ${sideOf('$.registrationId')} in ${those} or ${sideOf('$.dealId')} in ${those})`;
  const registrations = sql`select ${sideOf('$.registrationId')} from ${conflicts} c, json_each(c.detail, '$.sides') s where c.connection_id = ${connectionId} and c.id in (${touched})`;
  return [
    store.db
      .update(interventions)
      .set({ what: '', why: '' })
      .where(
        and(
          eq(interventions.connectionId, connectionId),
          sql`${interventions.partnerId} in ${those}`,
        ),
      ),
    store.db
      .update(tierDecisions)
      .set({ why: '' })
      .where(
        and(
          eq(tierDecisions.connectionId, connectionId),
          sql`${tierDecisions.partnerId} in ${those}`,
        ),
      ),
    store.db
      .update(fundDecisions)
      .set({ why: '' })
      .where(
        and(
          eq(fundDecisions.connectionId, connectionId),
          sql`(${fundDecisions.fundId} in ${those} or ${fundDecisions.fundId} in (select c.id from ${campaigns} c where c.connection_id = ${connectionId} and c.partner_id in ${those}))`,
        ),
      ),
    store.db
      .update(conflictDecisions)
      .set({ why: '' })
      .where(
        and(
          eq(conflictDecisions.connectionId, connectionId),
          sql`(${conflictDecisions.partnerId} in ${those} or ${conflictDecisions.conflictId} in (${touched}))`,
        ),
      ),
    store.db
      .update(claimDecisions)
      .set({ why: '' })
      .where(
        and(
          eq(claimDecisions.connectionId, connectionId),
          sql`(${claimDecisions.claimId} in ${those} or ${claimDecisions.claimId} in (${registrations}))`,
        ),
      ),
    store.db
      .update(alertMutes)
      .set({ why: '' })
      .where(
        and(
          eq(alertMutes.connectionId, connectionId),
          sql`${alertMutes.what} in ${inJson(ids.flatMap((id) => [`partner:${id}`, `deal:${id}`]))}`,
        ),
      ),
  ];
}
