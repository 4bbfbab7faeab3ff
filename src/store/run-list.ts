import { and, desc, eq, getTableColumns } from 'drizzle-orm';
import type { Run } from './runs.ts';
import { runs } from './schema.ts';
import type { Store } from './store.ts';

/** A run without its summary, which is long and which no list shows. */
export type RunHead = Omit<Run, 'summary'>;

export interface RunFilter extends Partial<Pick<Run, 'kind' | 'state' | 'dryRun'>> {
  connectionId?: string;
}

const { summary: _, ...HEAD } = getTableColumns(runs);

/** A page of runs, newest first. */
export async function runHeads(
  store: Store,
  filter: RunFilter,
  page: { skip: number; limit: number },
): Promise<RunHead[]> {
  const { connectionId, kind, state, dryRun } = filter;
  const found = await store.db
    .select(HEAD)
    .from(runs)
    .where(
      and(
        connectionId === undefined ? undefined : eq(runs.connectionId, connectionId),
        kind === undefined ? undefined : eq(runs.kind, kind),
        state === undefined ? undefined : eq(runs.state, state),
        dryRun === undefined ? undefined : eq(runs.dryRun, dryRun ? 1 : 0),
      ),
    )
    .orderBy(desc(runs.startedMs), desc(runs.id))
    .limit(page.limit)
    .offset(page.skip);
  return found.map((row) => ({
    ...row,
    kind: row.kind as Run['kind'],
    state: row.state as Run['state'],
    dryRun: row.dryRun === 1,
    full: row.full === 1,
  }));
}
