import { and, eq, sql } from 'drizzle-orm';
import type { DealScore, PartnerScore } from '../model/score.ts';
import { inJson } from './json-batch.ts';
import { latestForecast } from './results.ts';
import { dealScores, partnerScores } from './schema.ts';
import type { Store } from './store.ts';
import { whatIfOf } from './what-if.ts';

/** The newest scores of these records, by record; a dry run's stand beside what is served. */
export async function scoresOfRecords(
  store: Store,
  connectionId: string,
  dryRun: boolean,
  ids: string[],
): Promise<Map<string, PartnerScore | DealScore>> {
  const place = dryRun ? whatIfOf(connectionId) : connectionId;
  const newest = await latestForecast(store, place);
  const scores = new Map<string, PartnerScore | DealScore>();
  if (newest === null) return scores;
  const ofDeals = await store.db
    .select({ id: dealScores.dealId, detail: dealScores.detail })
    .from(dealScores)
    .where(and(eq(dealScores.connectionId, place), sql`${dealScores.dealId} in ${inJson(ids)}`));
  const ofPartners = await store.db
    .select({ id: partnerScores.partnerId, detail: partnerScores.detail })
    .from(partnerScores)
    .where(
      and(
        eq(partnerScores.connectionId, place),
        eq(partnerScores.runId, newest.runId),
        sql`${partnerScores.partnerId} in ${inJson(ids)}`,
      ),
    );
  for (const { id, detail } of ofDeals) scores.set(id, JSON.parse(detail) as DealScore);
  for (const { id, detail } of ofPartners) scores.set(id, JSON.parse(detail) as PartnerScore);
  return scores;
}
