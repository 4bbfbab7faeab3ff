import { sql } from 'drizzle-orm';
import { given, preparedRead } from './prepared.ts';
import { runs, statements } from './schema.ts';
import type { Store } from './store.ts';

const firstRead = preparedRead({ ms: sql<number | null>`min(${runs.asOfMs})` }, (select) =>
  select
    .from(runs)
    .where(sql`${runs.connectionId} = ${given('connectionId')} and ${runs.kind} = 'sync'`),
);

/** The moment of the first run: nothing was seen to be gone before it. Infinity = there was none. */
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
