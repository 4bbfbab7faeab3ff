import { and, asc, eq, sql } from 'drizzle-orm';
import type { Forecast, PartnerScore } from '../model/score.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { forecasts, models, partnerScores, runs } from './schema.ts';
import type { Store } from './store.ts';

/** A real run whose results are still there, with the version of what it was fitted to. */
export interface PastRun {
  runId: string;
  asOfMs: number;
  model: string;
}

const kept = preparedRead(
  { runId: forecasts.runId, asOfMs: forecasts.asOfMs, model: sql<string>`${runs.model}` },
  (select) =>
    select
      .from(forecasts)
      .innerJoin(runs, eq(runs.id, forecasts.runId))
      .innerJoin(
        models,
        and(eq(models.connectionId, forecasts.connectionId), eq(models.version, runs.model)),
      )
      .where(and(eq(forecasts.connectionId, given('connectionId')), eq(runs.state, 'done')))
      .orderBy(asc(forecasts.asOfMs), asc(forecasts.runId)),
);
const modelOf = preparedRead({ body: models.body }, (select) =>
  select
    .from(models)
    .where(
      and(eq(models.connectionId, given('connectionId')), eq(models.version, given('version'))),
    ),
);
const forecastOf = preparedRead({ detail: forecasts.detail }, (select) =>
  select
    .from(forecasts)
    .where(
      and(eq(forecasts.connectionId, given('connectionId')), eq(forecasts.runId, given('runId'))),
    ),
);
const scoresOf = preparedRead({ detail: partnerScores.detail }, (select) =>
  select
    .from(partnerScores)
    .where(
      and(
        eq(partnerScores.connectionId, given('connectionId')),
        eq(partnerScores.runId, given('runId')),
        sql`${partnerScores.partnerId} in ${inGiven('ids')}`,
      ),
    ),
);

/** Real runs whose results and model are kept, the oldest first. */
export const keptRuns = async (store: Store, connectionId: string): Promise<PastRun[]> =>
  await kept(store, { connectionId });

/** The fitted model of a version; null = it is kept no longer. */
export async function readModel(
  store: Store,
  connectionId: string,
  version: string,
): Promise<unknown> {
  const [found] = await modelOf(store, { connectionId, version });
  return found === undefined ? null : JSON.parse(found.body);
}

/** The forecast of one run; null = it is kept no longer. */
export async function forecastOfRun(
  store: Store,
  connectionId: string,
  runId: string,
): Promise<Forecast | null> {
  const [found] = await forecastOf(store, { connectionId, runId });
  return found === undefined ? null : (JSON.parse(found.detail) as Forecast);
}

/** Scores of some partners in one run, by partner. */
export async function scoresOfRun(
  store: Store,
  connectionId: string,
  runId: string,
  ids: string[],
): Promise<Map<string, PartnerScore>> {
  const found = await scoresOf(store, { connectionId, runId, ids });
  return new Map(
    found.map(({ detail }) => {
      const score = JSON.parse(detail) as PartnerScore;
      return [score.partnerId, score];
    }),
  );
}

/** Partners that a run scored, most money at stake first. */
export async function scoredIds(
  store: Store,
  connectionId: string,
  runId: string,
): Promise<string[]> {
  const found = await store.db
    .select({ id: partnerScores.partnerId })
    .from(partnerScores)
    .where(and(eq(partnerScores.connectionId, connectionId), eq(partnerScores.runId, runId)))
    .orderBy(
      sql`coalesce(json_extract(${partnerScores.detail}, '$.moneyAtStake'), 0) desc`,
      asc(partnerScores.partnerId),
    );
  return found.map(({ id }) => id);
}
