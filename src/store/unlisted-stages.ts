import { and, eq, sql } from 'drizzle-orm';
import { fold, keyFinder } from '../model/fold.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { dealEvents, deals } from './schema.ts';
import { stageKeys } from './stage-keys.ts';
import type { Store } from './store.ts';

/** A stage of deals that no list names. */
export interface UnlistedStage {
  object: string;
  stage: string;
  deals: number;
  /** Of those, deals of which nothing says whether they are open, won or lost. */
  unknown: number;
  /**
   * Rows of the history that name it, of deals that are in another stage now or of unknown outcome.
   */
  events: number;
  examples: string[];
}

const EXAMPLES = 3;

const unsaid = sql`(coalesce(${deals.won}, 0) <> 1 and (${deals.closed} is null or (${deals.closed} = 1 and ${deals.won} is null)))`;
const dealsIn = preparedRead(
  {
    object: deals.object,
    stage: deals.stage,
    deals: sql<number>`count(*)`,
    unknown: sql<number>`sum(${unsaid})`,
    first: sql<string>`min(${deals.id})`,
    last: sql<string>`max(${deals.id})`,
  },
  (select) =>
    select
      .from(deals)
      .where(
        and(
          eq(deals.connectionId, given('connectionId')),
          eq(deals.deleted, 0),
          sql`${deals.stage} not in ${inGiven('listed')}`,
        ),
      )
      .groupBy(deals.object, deals.stage)
      .orderBy(deals.object, deals.stage),
);
const eventsIn = preparedRead(
  {
    object: sql<string>`max(${deals.object})`,
    stage: dealEvents.stage,
    events: sql<number>`count(*)`,
    first: sql<string>`min(${deals.id})`,
    last: sql<string>`max(${deals.id})`,
  },
  (select) =>
    select
      .from(dealEvents)
      .innerJoin(
        deals,
        and(
          eq(deals.connectionId, dealEvents.connectionId),
          eq(deals.id, dealEvents.dealId),
          eq(deals.deleted, 0),
        ),
      )
      .where(
        and(
          eq(dealEvents.connectionId, given('connectionId')),
          eq(dealEvents.deleted, 0),
          sql`${dealEvents.stage} not in ${inGiven('listed')}`,
          sql`(${deals.stage} <> ${dealEvents.stage} or ${unsaid})`,
        ),
      )
      .groupBy(dealEvents.stage)
      .orderBy(dealEvents.stage),
);

/** Stages of deals and of their histories that are in no list, spelling apart. */
export async function unlistedStages(store: Store, connectionId: string): Promise<UnlistedStage[]> {
  const listed = await stageKeys(store, connectionId);
  const known = keyFinder(listed);
  const asked = { connectionId, listed };
  const found = new Map<string, UnlistedStage>();
  const add = (
    row: { object: string; stage: string | null; first: string; last: string },
    counts: Partial<UnlistedStage>,
  ): void => {
    if (row.stage === null || known(row.stage) !== null) return;
    const one = found.get(fold(row.stage)) ?? {
      object: row.object,
      stage: row.stage,
      deals: 0,
      unknown: 0,
      events: 0,
      examples: [],
    };
    one.deals += counts.deals ?? 0;
    one.unknown += counts.unknown ?? 0;
    one.events += counts.events ?? 0;
    one.examples = [...new Set([...one.examples, row.first, row.last])].slice(0, EXAMPLES);
    found.set(fold(row.stage), one);
  };
  for (const row of await dealsIn(store, asked)) add(row, row);
  for (const row of await eventsIn(store, asked)) add(row, { events: row.events });
  return [...found.values()];
}
