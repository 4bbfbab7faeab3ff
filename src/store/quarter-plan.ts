import { and, eq, sql } from 'drizzle-orm';
import { partners, partnerScores } from './schema.ts';
import type { Store } from './store.ts';
import type { ResultsPlace } from './what-if.ts';

/** What the joint plans in force promise, of partners whose score is about a plan's goal. */
export interface QuarterPlan {
  partners: number;
  /** Goals over their whole periods, and what is expected of them, reporting currency. */
  goal: number;
  expected: number;
  /** The part of the goals that falls into the quarter, spread evenly over their days. */
  inQuarter: number;
}

/** Null = no joint plan with an outcome goal is in force. */
export async function quarterPlan(
  store: Store,
  { rowsId, resultsId }: Pick<ResultsPlace, 'rowsId' | 'resultsId'>,
  runId: string,
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<QuarterPlan | null> {
  const of = (path: string) => sql<number>`json_extract(${partnerScores.detail}, ${path})`;
  // Two partners of one account have one plan.
  const plans = store.db
    .select({
      goal: sql<number>`max(${of('$.event.goal')})`.as('goal'),
      reached: sql<number>`max(${of('$.expectedAttainment')})`.as('reached'),
      fromMs: sql<number>`min(${of('$.event.fromMs')})`.as('from_ms'),
      dueMs: sql<number>`max(${of('$.event.dueMs')})`.as('due_ms'),
    })
    .from(partnerScores)
    .innerJoin(
      partners,
      and(
        eq(partners.connectionId, rowsId),
        eq(partners.object, partnerScores.object),
        eq(partners.id, partnerScores.partnerId),
      ),
    )
    .where(
      and(
        eq(partnerScores.connectionId, resultsId),
        eq(partnerScores.runId, runId),
        sql`${of('$.event.kind')} = 'plan-target'`,
      ),
    )
    .groupBy(sql`coalesce(${partners.accountId}, ${partners.id})`)
    .as('plans');
  const inside = sql`max(0, min(${plans.dueMs}, ${endMs}) - max(${plans.fromMs}, ${startMs}))`;
  const share = sql`${inside} * 1.0 / max(1, ${plans.dueMs} - ${plans.fromMs})`;
  const [found] = await store.db
    .select({
      partners: sql<number>`count(*)`,
      goal: sql<number>`coalesce(sum(${plans.goal}), 0)`,
      expected: sql<number>`coalesce(sum(${plans.goal} * ${plans.reached}), 0)`,
      inQuarter: sql<number>`coalesce(sum(${plans.goal} * ${share}), 0)`,
    })
    .from(plans);
  return found === undefined || found.partners === 0 ? null : found;
}
