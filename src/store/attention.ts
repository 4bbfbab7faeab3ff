import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { DealScore, PartnerScore } from '../model/score.ts';
import { inJson } from './json-batch.ts';
import { deals, dealScores, partners, partnerScores, users } from './schema.ts';
import { dealOfScore, partnerOfScore } from './scored.ts';
import type { Store } from './store.ts';

export interface AttentionPlace {
  rowsId: string;
  resultsId: string;
  runId: string;
}
export interface OwnerRow {
  id: string;
  name: string;
  active: boolean;
}
export interface PartnerRow {
  id: string;
  accountId: string | null;
  name: string;
  type: string | null;
  region: string | null;
  ownerId: string | null;
  score: PartnerScore;
}
export interface DealRow {
  id: string;
  name: string;
  ownerId: string | null;
  score: DealScore;
}

const shown = (detail: SQL, waiting: boolean): SQL =>
  waiting
    ? sql`(json_extract(${detail}, '$.nextAction') is not null or json_extract(${detail}, '$.candidate') is not null)`
    : sql`json_extract(${detail}, '$.nextAction') is not null`;

/** Partners with an action; with `waiting`, also those whose owner has enough to do today. */
export const partnersToAttend = async (
  store: Store,
  place: AttentionPlace,
  waiting: boolean,
): Promise<PartnerRow[]> =>
  await partnerRows(store, place, shown(sql`${partnerScores.detail}`, waiting));

/** The partners that deals name, with their scores. */
export const partnersNamed = async (
  store: Store,
  place: AttentionPlace,
  accountIds: string[],
): Promise<PartnerRow[]> =>
  await partnerRows(
    store,
    place,
    sql`coalesce(${partners.accountId}, ${partners.id}) in ${inJson(accountIds)}`,
  );

async function partnerRows(
  store: Store,
  { rowsId, resultsId, runId }: AttentionPlace,
  which: SQL,
): Promise<PartnerRow[]> {
  const found = await store.db
    .select({
      id: partners.id,
      accountId: partners.accountId,
      name: partners.name,
      type: partners.type,
      region: partners.region,
      ownerId: partners.ownerId,
      detail: partnerScores.detail,
    })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(rowsId))
    .where(and(eq(partnerScores.connectionId, resultsId), eq(partnerScores.runId, runId), which));
  return found.map(({ detail, ...row }) => ({ ...row, score: JSON.parse(detail) as PartnerScore }));
}

/** Deals with an action, those that are closed in one go left out. */
export async function dealsToAttend(
  store: Store,
  { rowsId, resultsId, runId }: AttentionPlace,
  waiting: boolean,
  closeRule: string,
): Promise<DealRow[]> {
  const found = await store.db
    .select({
      id: deals.id,
      name: deals.name,
      ownerId: deals.ownerId,
      detail: dealScores.detail,
    })
    .from(dealScores)
    .innerJoin(deals, dealOfScore(rowsId))
    .where(
      and(
        eq(dealScores.connectionId, resultsId),
        eq(dealScores.runId, runId),
        shown(sql`${dealScores.detail}`, waiting),
        sql`coalesce(json_extract(${dealScores.detail}, '$.nextAction.rule'), '') <> ${closeRule}`,
      ),
    );
  return found.map(({ detail, ...row }) => ({ ...row, score: JSON.parse(detail) as DealScore }));
}

/** How many deals of each owner and partner are to be closed in one go, and what is on them. */
export const dealsToClose = async (
  store: Store,
  { rowsId, resultsId, runId }: AttentionPlace,
  closeRule: string,
): Promise<
  { ownerId: string | null; partnerId: string | null; deals: number; amount: number }[]
> => {
  const partnerId = sql<string | null>`json_extract(${dealScores.detail}, '$.partnerId')`;
  return await store.db
    .select({
      ownerId: deals.ownerId,
      partnerId,
      deals: sql<number>`count(*)`,
      amount: sql<number>`sum(json_extract(${dealScores.detail}, '$.amount'))`,
    })
    .from(dealScores)
    .innerJoin(deals, dealOfScore(rowsId))
    .where(
      and(
        eq(dealScores.connectionId, resultsId),
        eq(dealScores.runId, runId),
        sql`json_extract(${dealScores.detail}, '$.nextAction.rule') = ${closeRule}`,
      ),
    )
    .groupBy(deals.ownerId, partnerId);
};

/** Owners by id; one that the CRM no longer shows is missing. */
export async function ownersOf(
  store: Store,
  rowsId: string,
  ids: string[],
): Promise<Map<string, OwnerRow>> {
  const found = await store.db
    .select({ id: users.id, name: users.name, active: users.active, deleted: users.deleted })
    .from(users)
    .where(and(eq(users.connectionId, rowsId), sql`${users.id} in ${inJson(ids)}`));
  return new Map(
    found.map(({ id, name, active, deleted }) => [
      id,
      { id, name, active: active !== 0 && deleted === 0 },
    ]),
  );
}
