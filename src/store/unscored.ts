import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import { given, inGiven, preparedRead } from './prepared.ts';
import { deals, dealScores, ledger, partnerScores } from './schema.ts';
import type { Store } from './store.ts';

export interface Unscored { id: string; partnerId: string | null }

const written = and(eq(ledger.connectionId, given('connectionId')), eq(ledger.object, given('object')), gt(ledger.recordId, given('afterId')), sql`${ledger.field} in ${inGiven('fields')}`, sql`${ledger.value} <> 'null'`);
const writtenWithout = (score: SQL) => preparedRead({ id: ledger.recordId }, (select) => select.from(ledger).where(and(written, sql`not exists (${score})`)).groupBy(ledger.recordId).orderBy(asc(ledger.recordId)).limit(given('limit')));
const withoutPartnerScore = writtenWithout(sql`select 1 from ${partnerScores} where ${partnerScores.connectionId} = ${given('connectionId')} and ${partnerScores.runId} = ${given('runId')} and ${partnerScores.object} = ${given('object')} and ${partnerScores.partnerId} = ${ledger.recordId}`);
const withoutDealScore = writtenWithout(sql`select 1 from ${dealScores} where ${dealScores.connectionId} = ${given('connectionId')} and ${dealScores.runId} = ${given('runId')} and ${dealScores.object} = ${given('object')} and ${dealScores.dealId} = ${ledger.recordId}`);
const ownersOf = preparedRead({ id: deals.id, partnerId: deals.resolvedPartnerId }, (select) => select.from(deals)
  .where(and(eq(deals.connectionId, given('connectionId')), eq(deals.object, given('object')), sql`${deals.id} in ${inGiven('ids')}`)));

/** Records that hold something Headwater wrote into one of `fields` and that this run has not scored (a closed deal, a former partner), in id order. */
export async function unscoredPage(store: Store, connectionId: string, runId: string, write: { object: string; entity: 'partner' | 'deal'; fields: string[] }, afterId: string, limit: number): Promise<Unscored[]> {
  const { object, fields } = write;
  const found = await (write.entity === 'partner' ? withoutPartnerScore : withoutDealScore)(store, { connectionId, runId, object, fields, afterId, limit });
  if (write.entity === 'partner') return found.map(({ id }) => ({ id, partnerId: id }));
  const owners = await ownersOf(store, { connectionId, object, ids: found.map(({ id }) => id) });
  const partnerOf = new Map(owners.map((deal) => [deal.id, deal.partnerId]));
  return found.map(({ id }) => ({ id, partnerId: partnerOf.get(id) ?? null }));
}
