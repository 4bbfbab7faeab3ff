import { and, eq, sql } from 'drizzle-orm';
import type { PlanGoal } from '../model/plan.ts';
import { partners, partnerScores } from './schema.ts';
import { partnerOfScore } from './scored.ts';
import type { Store } from './store.ts';
import type { ResultsPlace } from './what-if.ts';

/** Goals of the joint plans that scores are about: two partners of one account have one plan. */
export async function planGoals(
  store: Store,
  { rowsId, resultsId }: Pick<ResultsPlace, 'rowsId' | 'resultsId'>,
  runId: string,
): Promise<PlanGoal[]> {
  const of = (path: string) => sql<number>`json_extract(${partnerScores.detail}, ${path})`;
  return await store.db
    .select({
      goal: sql<number>`max(${of('$.event.goal')})`,
      reached: sql<number>`max(${of('$.expectedAttainment')})`,
      fromMs: sql<number>`min(${of('$.event.fromMs')})`,
      dueMs: sql<number>`max(${of('$.event.dueMs')})`,
    })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(rowsId))
    .where(
      and(
        eq(partnerScores.connectionId, resultsId),
        eq(partnerScores.runId, runId),
        sql`${of('$.event.kind')} = 'plan-target'`,
      ),
    )
    .groupBy(sql`coalesce(${partners.accountId}, ${partners.id})`);
}
