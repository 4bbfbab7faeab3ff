import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { connections, documents, runs, runSteps } from './schema.ts';
import type { Store } from './store.ts';

type RunState = 'running' | 'done' | 'failed' | 'paused-budget' | 'abandoned' | 'stopped';

export interface Run {
  id: string;
  connectionId: string;
  kind: 'sync' | 'apply' | 'undo';
  state: RunState;
  dryRun: boolean;
  full: boolean;
  startedMs: number;
  asOfMs: number | null;
  endedMs: number | null;
  mapping: string | null;
  model: string | null;
  calls: number;
  error: string | null;
  resumeAtMs: number | null;
  undoes: string | null;
  summary: Record<string, unknown> | null;
  /** Version of the flow that it began under; another version cannot take it up. */
  flow: number | null;
}

export interface RunStep {
  runId: string;
  seq: number;
  name: string;
  state: 'running' | 'done' | 'failed';
  startedMs: number;
  endedMs: number | null;
  calls: number;
  result: unknown;
}

export async function saveRun(store: Store, run: Run): Promise<void> {
  await store.batch(
    upsertRows(store, runs, [
      {
        ...run,
        dryRun: run.dryRun ? 1 : 0,
        full: run.full ? 1 : 0,
        summary: run.summary === null ? null : JSON.stringify(run.summary),
      },
    ]),
  );
}

export async function saveStep(store: Store, step: RunStep): Promise<void> {
  await store.batch(
    upsertRows(store, runSteps, [
      { ...step, result: step.result === undefined ? null : JSON.stringify(step.result) },
    ]),
  );
}

type StoredRun = typeof runs.$inferSelect;
const toRun = (stored: StoredRun): Run => ({
  ...stored,
  kind: stored.kind as Run['kind'],
  state: stored.state as RunState,
  dryRun: stored.dryRun === 1,
  full: stored.full === 1,
  summary: stored.summary === null ? null : (JSON.parse(stored.summary) as Record<string, unknown>),
});

/** The newest runs, of one connection or of all, narrowed to what `wanted` names. */
export async function listRuns(
  store: Store,
  limit: number,
  connectionId?: string,
  wanted: Partial<Pick<Run, 'kind' | 'state' | 'dryRun'>> = {},
): Promise<Run[]> {
  const found = await store.db
    .select()
    .from(runs)
    .where(
      and(
        connectionId === undefined ? undefined : eq(runs.connectionId, connectionId),
        wanted.kind === undefined ? undefined : eq(runs.kind, wanted.kind),
        wanted.state === undefined ? undefined : eq(runs.state, wanted.state),
        wanted.dryRun === undefined ? undefined : eq(runs.dryRun, wanted.dryRun ? 1 : 0),
      ),
    )
    .orderBy(desc(runs.startedMs), desc(runs.id))
    .limit(limit);
  return found.map(toRun);
}

const unfinished = preparedRead(getTableColumns(runs), (select) =>
  select
    .from(runs)
    .where(and(eq(runs.connectionId, given('connectionId')), eq(runs.state, 'running')))
    .orderBy(desc(runs.startedMs), desc(runs.id))
    .limit(1),
);
const stepsOf = preparedRead(getTableColumns(runSteps), (select) =>
  select
    .from(runSteps)
    .where(eq(runSteps.runId, given('runId')))
    .orderBy(runSteps.seq),
);
const lastSynced = preparedRead({ mapping: runs.mapping }, (select) =>
  select
    .from(runs)
    .where(
      and(
        eq(runs.connectionId, given('connectionId')),
        eq(runs.kind, 'sync'),
        eq(runs.state, 'done'),
        // A dry run with a mapping of its own works on a copy.
        sql`coalesce(json_extract(${runs.summary}, '$.copied'), 0) = 0`,
      ),
    )
    .orderBy(desc(runs.startedMs), desc(runs.id))
    .limit(1),
);
const connectionOf = preparedRead(getTableColumns(connections), (select) =>
  select.from(connections).where(eq(connections.id, given('id'))),
);

/**
 * The newest run of a connection that has not ended: it is at work elsewhere, or its process died.
 */
export async function unfinishedRun(store: Store, connectionId: string): Promise<Run | null> {
  const [found] = await unfinished(store, { connectionId });
  return found ? toRun(found) : null;
}

/** The version of the mapping that the local copy was last brought up to; null = never. */
export async function lastSyncedMapping(
  store: Store,
  connectionId: string,
): Promise<string | null> {
  const [found] = await lastSynced(store, { connectionId });
  return found?.mapping ?? null;
}

export async function findRun(store: Store, id: string): Promise<Run | null> {
  const [found] = await store.db.select().from(runs).where(eq(runs.id, id));
  return found ? toRun(found) : null;
}

export async function listSteps(store: Store, runId: string): Promise<RunStep[]> {
  const found = await stepsOf(store, { runId });
  return found.map((step) => ({
    ...step,
    state: step.state as RunStep['state'],
    result: step.result === null ? null : (JSON.parse(step.result) as unknown),
  }));
}

export interface PinnedConnection {
  id: string;
  crm: string;
  orgId: string;
  orgName: string;
  instanceUrl: string;
  pinnedMs: number;
}

export async function findConnection(store: Store, id: string): Promise<PinnedConnection | null> {
  const [found] = await connectionOf(store, { id });
  return found ?? null;
}

export async function pinConnection(store: Store, connection: PinnedConnection): Promise<void> {
  await store.batch(upsertRows(store, connections, [{ ...connection }], { ignore: true }));
}

/** Keeps the version of a document that a run uses; one that comes back is as good as new. */
export async function saveDocument(
  store: Store,
  connectionId: string,
  kind: 'mapping' | 'connection',
  version: string,
  body: string,
  savedMs: number,
): Promise<void> {
  await store.batch(upsertRows(store, documents, [{ version, kind, connectionId, body, savedMs }]));
}

export async function findDocument(
  store: Store,
  connectionId: string,
  kind: 'mapping' | 'connection',
  version: string,
): Promise<string | null> {
  const [found] = await store.db
    .select({ body: documents.body })
    .from(documents)
    .where(
      and(
        eq(documents.connectionId, connectionId),
        eq(documents.kind, kind),
        eq(documents.version, version),
      ),
    );
  return found?.body ?? null;
}
