import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { HeadwaterError } from '../model/error.ts';
import type { Intent, IntentState } from './intents.ts';
import { move, wantedOf, type IntentFilter } from './plan-filter.ts';
import type { Run } from './runs.ts';
import { writeIntents } from './schema.ts';
import type { Store } from './store.ts';

/** What of a run's writes a person wants to see; null = whatever it is. */
export interface PlanFilter extends IntentFilter {
  states: IntentState[] | null;
}

/** What must hold of the intents that a filter leaves of a run's. */
export const whereOf = (
  run: Pick<Run, 'id' | 'connectionId'>,
  filter: PlanFilter,
): SQL | undefined =>
  and(
    eq(writeIntents.runId, run.id),
    ...wantedOf(run.connectionId, filter),
    filter.states === null ? undefined : inArray(writeIntents.state, filter.states),
  );

export interface PlanCount {
  object: string;
  field: string;
  state: IntentState;
  reason: string | null;
  firstWrites: number;
  fields: number;
  records: number;
}

/** Counts of a run's writes by object, field and what becomes of them. */
export async function countPlan(
  store: Store,
  run: Pick<Run, 'id' | 'connectionId'>,
  filter: PlanFilter,
): Promise<PlanCount[]> {
  const { object, field, state, reason } = writeIntents;
  const found = await store.db
    .select({
      ...{ object, field, state, reason },
      firstWrites: sql<number>`sum(${writeIntents.oldValue} = 'null')`,
      fields: sql<number>`count(*)`,
    })
    .from(writeIntents)
    .where(whereOf(run, filter))
    .groupBy(object, field, state, reason)
    .orderBy(object, field, state, reason);
  // A run writes a field of a record once: so many fields are so many records.
  return found.map((row) => ({
    ...row,
    records: row.fields,
    state: row.state as IntentState,
  }));
}

/** How many records a filter leaves of a run's writes. */
export async function plannedRecords(
  store: Store,
  run: Pick<Run, 'id' | 'connectionId'>,
  filter: PlanFilter,
): Promise<number> {
  const { object, recordId } = writeIntents;
  const records = store.db
    .selectDistinct({ object, recordId })
    .from(writeIntents)
    .where(whereOf(run, filter))
    .as('records');
  const [found] = await store.db.select({ n: sql<number>`count(*)` }).from(records);
  return found?.n ?? 0;
}

/** A page of a run's writes: the largest moves first, or in record order. */
export async function planRows(
  store: Store,
  run: Pick<Run, 'id' | 'connectionId'>,
  filter: PlanFilter,
  page: { order: 'largest' | 'record'; skip: number; limit: number },
): Promise<(Intent & { move: number | null })[]> {
  const place = [writeIntents.object, writeIntents.recordId, writeIntents.field];
  const found = await store.db
    .select({ intent: writeIntents, move: sql<number | null>`${move}`.as('move') })
    .from(writeIntents)
    .where(whereOf(run, filter))
    .orderBy(...(page.order === 'largest' ? [sql`move desc nulls last`] : []), ...place)
    .limit(page.limit)
    .offset(page.skip);
  return found.map(({ intent, move: moved }) => ({
    ...intent,
    state: intent.state as IntentState,
    oldValue: JSON.parse(intent.oldValue),
    newValue: JSON.parse(intent.newValue),
    move: moved,
  }));
}

/**
 * Holds what a dry run planned, so that it cannot be applied any more. Returns how many fields.
 * Errors: `config` for a run that is no plan.
 */
export async function rejectPlan(
  store: Store,
  run: Run,
  only: IntentFilter,
  by: string,
  nowMs: number,
): Promise<number> {
  if (!run.dryRun || run.state === 'running')
    throw new HeadwaterError('config', `run ${run.id} is no plan that waits for an approval`, {
      code: 'NOT_A_PLAN',
      cure: 'Only what a dry run planned can be rejected; a run that wrote can be undone.',
    });
  const where = and(
    eq(writeIntents.runId, run.id),
    eq(writeIntents.state, 'planned'),
    ...wantedOf(run.connectionId, only),
  );
  const [found] = await store.db
    .select({ n: sql<number>`count(*)` })
    .from(writeIntents)
    .where(where);
  await store.batch([
    store.db
      .update(writeIntents)
      .set({ state: 'held', reason: `rejected by ${by}`, atMs: nowMs })
      .where(where),
  ]);
  return found?.n ?? 0;
}
