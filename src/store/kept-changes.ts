import { and, desc, eq, gte, isNotNull, sql } from 'drizzle-orm';
import { runs } from './schema.ts';
import type { Store } from './store.ts';

/** What one run's summary says of the run before it, without its partners. */
export interface KeptChange {
  runId: string;
  asOfMs: number;
  changes: unknown;
}

/** More runs than a schedule of every few minutes makes in a quarter. */
const MAX_RUNS = 10_000;

/** What the real runs that are of that moment or later said had changed, the newest first. */
export async function keptChanges(
  store: Store,
  connectionId: string,
  sinceMs: number,
): Promise<KeptChange[]> {
  const changes = sql<string>`json_remove(json_extract(${runs.summary}, '$.changes'), '$.partners')`;
  const found = await store.db
    .select({ runId: runs.id, asOfMs: runs.asOfMs, changes })
    .from(runs)
    .where(
      and(
        eq(runs.connectionId, connectionId),
        eq(runs.kind, 'sync'),
        eq(runs.state, 'done'),
        eq(runs.dryRun, 0),
        gte(runs.asOfMs, sinceMs),
        isNotNull(changes),
      ),
    )
    .orderBy(desc(runs.asOfMs), desc(runs.startedMs), desc(runs.id))
    .limit(MAX_RUNS);
  return found.map(({ runId, asOfMs, changes: text }) => ({
    ...{ runId, asOfMs: asOfMs ?? 0 },
    changes: JSON.parse(text) as unknown,
  }));
}
