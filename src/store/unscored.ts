import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { deals, dealScores, ledger, partnerScores } from './schema.ts';
import type { Store } from './store.ts';

export interface Unscored { id: string; partnerId: string | null }

/** Records that hold something Headwater wrote into one of `fields` and that this run has not scored (a closed deal, a former partner), in id order. */
export async function unscoredPage(store: Store, connectionId: string, runId: string, write: { object: string; entity: 'partner' | 'deal'; fields: string[] }, afterId: string, limit: number): Promise<Unscored[]> {
  const scored = write.entity === 'partner'
    ? sql`select 1 from ${partnerScores} where ${partnerScores.connectionId} = ${connectionId} and ${partnerScores.runId} = ${runId} and ${partnerScores.object} = ${write.object} and ${partnerScores.partnerId} = ${ledger.recordId}`
    : sql`select 1 from ${dealScores} where ${dealScores.connectionId} = ${connectionId} and ${dealScores.runId} = ${runId} and ${dealScores.object} = ${write.object} and ${dealScores.dealId} = ${ledger.recordId}`;
  const found = await store.db.selectDistinct({ id: ledger.recordId }).from(ledger)
    .where(and(eq(ledger.connectionId, connectionId), eq(ledger.object, write.object), gt(ledger.recordId, afterId), sql`${ledger.field} in ${inJson(write.fields)}`, sql`${ledger.value} <> 'null'`, sql`not exists (${scored})`))
    .orderBy(asc(ledger.recordId)).limit(limit);
  if (write.entity === 'partner') return found.map(({ id }) => ({ id, partnerId: id }));
  const owners = await store.db.select({ id: deals.id, partnerId: deals.resolvedPartnerId }).from(deals)
    .where(and(eq(deals.connectionId, connectionId), eq(deals.object, write.object), sql`${deals.id} in ${inJson(found.map(({ id }) => id))}`));
  const partnerOf = new Map(owners.map((deal) => [deal.id, deal.partnerId]));
  return found.map(({ id }) => ({ id, partnerId: partnerOf.get(id) ?? null }));
}
