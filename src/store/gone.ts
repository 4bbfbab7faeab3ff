import { and, asc, gt, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/sqlite-core';
import { there } from './alive.ts';
import { given, preparedRead } from './prepared.ts';
import { deals, runs, statements } from './schema.ts';
import type { Store } from './store.ts';

const firstRead = preparedRead({ ms: sql<number | null>`min(${runs.asOfMs})` }, (select) =>
  select
    .from(runs)
    .where(sql`${runs.connectionId} = ${given('connectionId')} and ${runs.kind} = 'sync'`),
);

/**
 * The moment of the first run: nothing was seen to be gone before it. Infinity = there was none.
 */
export const firstReadMs = async (store: Store, connectionId: string): Promise<number> =>
  (await firstRead(store, { connectionId }))[0]?.ms ?? Infinity;

const spoken = preparedRead({ id: sql<string>`distinct ${statements.subjectId}` }, (select) =>
  select
    .from(statements)
    .where(
      sql`${statements.connectionId} = ${given('connectionId')} and ${statements.source} = 'live' and ${statements.kind} = 'partner' and ${statements.saidMs} <= ${given('atMs')}`,
    ),
);

/** Partners of whom a run had spoken by then; undefined = no run had. */
export async function spokenOfBy(
  store: Store,
  connectionId: string,
  atMs: number,
): Promise<ReadonlySet<string> | undefined> {
  const ids = (await spoken(store, { connectionId, atMs })).map(({ id }) => id);
  return ids.length === 0 ? undefined : new Set(ids);
}

/** Deals that one statement counts. */
const COUNT_PAGE = 5000;
const dealsCounted = preparedRead(
  {
    n: sql<number>`count(*)`,
    known: sql<number>`count(*) filter (where created_at <= ${given('atMs')})`,
    lastId: sql<string | null>`max(id)`,
  },
  (select) =>
    select.from(
      new QueryBuilder()
        .select({ id: deals.id, createdAt: deals.createdAt })
        .from(deals)
        .where(and(there(deals), gt(deals.id, given('afterId'))))
        .orderBy(asc(deals.id))
        .limit(COUNT_PAGE)
        .as('page'),
    ),
);

/** How many deals there were at a moment. */
export async function countKnownDeals(
  store: Store,
  connectionId: string,
  atMs: number,
): Promise<number> {
  let known = 0;
  for (let afterId: string | null = ''; afterId !== null; ) {
    const [page] = await dealsCounted(store, { connectionId, atMs, afterId });
    known += page?.known ?? 0;
    afterId = page?.n === COUNT_PAGE ? page.lastId : null;
  }
  return known;
}
