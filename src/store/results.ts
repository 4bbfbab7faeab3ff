import { and, asc, desc, eq, gt, lt, sql, type SQL } from 'drizzle-orm';
import type { DealScore, Forecast, KpiValue, PartnerScore } from '../model/score.ts';
import { inJson, upsertRows } from './json-batch.ts';
import { given, preparedRead, preparedWrite } from './prepared.ts';
import {
  dealScores,
  deals,
  forecasts,
  kpiValues,
  models,
  partners,
  partnerScores,
} from './schema.ts';
import { dealOfScore, partnerOfScore } from './scored.ts';
import type { Statement, Store } from './store.ts';

export function savePartnerScores(
  store: Store,
  connectionId: string,
  runId: string,
  scores: PartnerScore[],
): Statement[] {
  return [
    ...upsertRows(
      store,
      partnerScores,
      scores.map((score) => ({
        connectionId,
        runId,
        object: score.object,
        partnerId: score.partnerId,
        asOfMs: score.asOfMs,
        score: score.score,
        low: score.low,
        high: score.high,
        evidence: score.evidence,
        model: score.modelVersion,
        detail: JSON.stringify(score),
      })),
    ),
    ...upsertRows(
      store,
      kpiValues,
      scores.flatMap((score) =>
        score.kpis.map((kpi: KpiValue) => ({
          connectionId,
          partnerId: score.partnerId,
          asOfMs: score.asOfMs,
          runId,
          ...kpi,
        })),
      ),
    ),
  ];
}

export const saveDealScores = (
  store: Store,
  connectionId: string,
  runId: string,
  scores: DealScore[],
): Statement[] =>
  upsertRows(
    store,
    dealScores,
    scores.map((score) => ({
      connectionId,
      object: score.object,
      dealId: score.dealId,
      runId,
      asOfMs: score.asOfMs,
      probability: score.probability,
      low: score.low,
      high: score.high,
      evidence: score.evidence,
      model: score.modelVersion,
      detail: JSON.stringify(score),
    })),
  );

export const saveForecast = (
  store: Store,
  connectionId: string,
  runId: string,
  forecast: Forecast,
): Statement[] =>
  upsertRows(store, forecasts, [
    {
      connectionId,
      runId,
      period: forecast.period.label,
      asOfMs: forecast.asOfMs,
      model: forecast.modelVersion,
      detail: JSON.stringify(forecast),
    },
  ]);

export const saveModel = (
  store: Store,
  connectionId: string,
  version: string,
  fittedMs: number,
  body: unknown,
): Statement[] =>
  upsertRows(store, models, [{ connectionId, version, fittedMs, body: JSON.stringify(body) }]);

/** Either side of the run apart, since an index finds no "other than". */
const dropScoresOfOthers = [lt, gt].map((side) =>
  preparedWrite((db) =>
    db
      .delete(dealScores)
      .where(
        and(
          eq(dealScores.connectionId, given('connectionId')),
          side(dealScores.runId, given('runId')),
        ),
      ),
  ),
);

/** Scores of closed or vanished deals go: a score is of an open deal only. */
export const dropOldDealScores = (store: Store, connectionId: string, runId: string): Statement[] =>
  dropScoresOfOthers.map((drop) => drop(store, { connectionId, runId }));

export async function latestForecast(
  store: Store,
  connectionId: string,
): Promise<{ runId: string; forecast: Forecast } | null> {
  const [found] = await store.db
    .select()
    .from(forecasts)
    .where(eq(forecasts.connectionId, connectionId))
    .orderBy(desc(forecasts.asOfMs), desc(forecasts.runId))
    .limit(1);
  return found ? { runId: found.runId, forecast: JSON.parse(found.detail) as Forecast } : null;
}

export interface NamedPartnerScore {
  name: string;
  score: PartnerScore;
}

/** How a list of partners is ordered: by money at stake unless somebody asks otherwise. */
export type PartnerOrder = 'stake' | 'best' | 'worst';

const ORDERS: Record<PartnerOrder, SQL[]> = {
  stake: [
    sql`coalesce(json_extract(${partnerScores.detail}, '$.moneyAtStake'), 0) desc`,
    desc(partnerScores.score),
  ],
  best: [desc(partnerScores.score), desc(partnerScores.low)],
  worst: [asc(partnerScores.score), asc(partnerScores.low)],
};

/** Partner scores of one run. */
export async function rankedPartners(
  store: Store,
  connectionId: string,
  runId: string,
  limit: number,
  order: PartnerOrder = 'stake',
  resultsId = connectionId,
  skip = 0,
): Promise<NamedPartnerScore[]> {
  const found = await store.db
    .select({ name: partners.name, detail: partnerScores.detail })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(connectionId))
    .where(and(eq(partnerScores.connectionId, resultsId), eq(partnerScores.runId, runId)))
    .orderBy(...ORDERS[order], asc(partnerScores.partnerId))
    .limit(limit)
    .offset(skip);
  return found.map((row) => ({ name: row.name, score: JSON.parse(row.detail) as PartnerScore }));
}

/**
 * The last score of the partner or partners whose id, account or name matches; name without regard
 * to case, then by part. Each partner once. `ids`: what the needle may mean as an id.
 */
export async function findPartnerScores(
  store: Store,
  connectionId: string,
  needle: string,
  resultsId = connectionId,
  ids: string[] = [needle],
): Promise<NamedPartnerScore[]> {
  // From the few partners that match to the one newest score of each: every run keeps its scores,
  // so the other way round reads them all.
  const newest = sql`(select latest.run_id from partner_scores latest where latest.connection_id = ${resultsId} and latest.partner_id = ${partners.id} order by latest.as_of_ms desc, latest.run_id desc limit 1)`;
  const found = await store.db
    .select({
      id: partners.id,
      accountId: partners.accountId,
      name: partners.name,
      detail: partnerScores.detail,
    })
    .from(partners)
    .innerJoin(
      partnerScores,
      and(
        eq(partnerScores.connectionId, resultsId),
        eq(partnerScores.runId, newest),
        eq(partnerScores.partnerId, partners.id),
        eq(partnerScores.object, partners.object),
      ),
    )
    .where(
      and(
        eq(partners.connectionId, connectionId),
        sql`(${partners.id} in ${inJson(ids)} or ${partners.accountId} in ${inJson(ids)} or ${named(partners.name, needle)})`,
      ),
    )
    .orderBy(asc(partners.name), asc(partners.id))
    .limit(20);
  return exactFirst(found, needle, ids).map((row) => ({
    name: row.name,
    score: JSON.parse(row.detail) as PartnerScore,
  }));
}

export async function findDealScores(
  store: Store,
  connectionId: string,
  needle: string,
  resultsId = connectionId,
  ids: string[] = [needle],
): Promise<{ id: string; name: string; score: DealScore }[]> {
  const found = await store.db
    .select({ id: deals.id, name: deals.name, detail: dealScores.detail })
    .from(dealScores)
    .innerJoin(deals, dealOfScore(connectionId))
    .where(
      and(
        eq(dealScores.connectionId, resultsId),
        sql`(${deals.id} in ${inJson(ids)} or ${named(deals.name, needle)})`,
      ),
    )
    .orderBy(asc(deals.name), asc(deals.id))
    .limit(20);
  return exactFirst(
    found.map((row) => ({
      id: row.id,
      name: row.name,
      score: JSON.parse(row.detail) as DealScore,
    })),
    needle,
    ids,
  );
}

const partnerScoresAfter = preparedRead({ detail: partnerScores.detail }, (select) =>
  select
    .from(partnerScores)
    .where(
      and(
        eq(partnerScores.connectionId, given('connectionId')),
        eq(partnerScores.runId, given('runId')),
        gt(partnerScores.partnerId, given('afterId')),
      ),
    )
    .orderBy(asc(partnerScores.partnerId))
    .limit(given('limit')),
);
const dealScoresAfter = preparedRead({ detail: dealScores.detail }, (select) =>
  select
    .from(dealScores)
    .where(
      and(
        eq(dealScores.connectionId, given('connectionId')),
        eq(dealScores.runId, given('runId')),
        gt(dealScores.dealId, given('afterId')),
      ),
    )
    .orderBy(asc(dealScores.dealId))
    .limit(given('limit')),
);

/** The scores of a run in record order, for the write plan. */
export async function partnerScorePage(
  store: Store,
  connectionId: string,
  runId: string,
  afterId: string,
  limit: number,
): Promise<PartnerScore[]> {
  const found = await partnerScoresAfter(store, { connectionId, runId, afterId, limit });
  return found.map((row) => JSON.parse(row.detail) as PartnerScore);
}

export async function dealScorePage(
  store: Store,
  connectionId: string,
  runId: string,
  afterId: string,
  limit: number,
): Promise<DealScore[]> {
  const found = await dealScoresAfter(store, { connectionId, runId, afterId, limit });
  return found.map((row) => JSON.parse(row.detail) as DealScore);
}

const named = (name: typeof partners.name | typeof deals.name, needle: string) =>
  sql`instr(lower(${name}), ${needle.toLowerCase()}) > 0`;

function exactFirst<T extends { id: string; accountId?: string | null; name: string }>(
  found: T[],
  needle: string,
  ids: string[],
): T[] {
  const exact = found.filter(
    (row) =>
      ids.includes(row.id) ||
      (row.accountId != null && ids.includes(row.accountId)) ||
      row.name.toLowerCase() === needle.toLowerCase(),
  );
  return exact.length > 0 ? exact : found;
}
