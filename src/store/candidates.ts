import { and, eq, lte, sql, type SQL } from 'drizzle-orm';
import type { NextAction } from '../model/score.ts';
import { deals, dealScores, partners, partnerScores } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Where an action could be shown, and to whom. */
export interface ActionPlace {
  kind: 'partner' | 'deal';
  object: string;
  id: string;
  ownerId: string | null;
  action: NextAction;
}
type Scores = typeof dealScores | typeof partnerScores;

const CANDIDATE = '$.candidate';
const stakeOf = (scores: Scores): SQL => sql`json_extract(${scores.detail}, '$.candidate.stake')`;

/** Each owner's candidates with the most money at stake, `each` of partners and `each` of deals. */
export async function topCandidates(
  store: Store,
  rowsId: string,
  resultsId: string,
  runId: string,
  each: number,
): Promise<ActionPlace[]> {
  return [
    ...(await topOf(store, 'partner', rowsId, resultsId, runId, each)),
    ...(await topOf(store, 'deal', rowsId, resultsId, runId, each)),
  ];
}

async function topOf(
  store: Store,
  kind: ActionPlace['kind'],
  rowsId: string,
  resultsId: string,
  runId: string,
  each: number,
): Promise<ActionPlace[]> {
  const [scores, rows, id] =
    kind === 'partner'
      ? ([partnerScores, partners, partnerScores.partnerId] as const)
      : ([dealScores, deals, dealScores.dealId] as const);
  const ranked = store.db
    .select({
      object: rows.object,
      id: rows.id,
      ownerId: rows.ownerId,
      action: sql<string>`json_extract(${scores.detail}, ${CANDIDATE})`.as('action'),
      place:
        sql<number>`row_number() over (partition by ${rows.ownerId} order by ${stakeOf(scores)} desc, ${rows.id})`.as(
          'place',
        ),
    })
    .from(scores)
    .innerJoin(
      rows,
      and(eq(rows.connectionId, rowsId), eq(rows.object, scores.object), eq(rows.id, id)),
    )
    .where(
      and(
        eq(scores.connectionId, resultsId),
        eq(scores.runId, runId),
        sql`json_extract(${scores.detail}, ${CANDIDATE}) is not null`,
      ),
    )
    .as('ranked');
  const found = await store.db
    .select({
      object: ranked.object,
      id: ranked.id,
      ownerId: ranked.ownerId,
      action: ranked.action,
    })
    .from(ranked)
    .where(lte(ranked.place, each));
  return found.map((row) => ({ ...row, kind, action: JSON.parse(row.action) as NextAction }));
}

/** Puts each chosen action where it is shown. */
export function saveActions(
  store: Store,
  resultsId: string,
  runId: string,
  chosen: readonly ActionPlace[],
): Statement[] {
  return chosen.map(({ kind, id, action }) => {
    const [scores, column] =
      kind === 'partner'
        ? ([partnerScores, partnerScores.partnerId] as const)
        : ([dealScores, dealScores.dealId] as const);
    return store.db
      .update(scores)
      .set({
        detail: sql`json_set(${scores.detail}, '$.nextAction', json(${JSON.stringify(action)}))`,
      })
      .where(
        and(eq(scores.connectionId, resultsId), eq(scores.runId, runId), eq(column, id)),
      ) as unknown as Statement;
  });
}
