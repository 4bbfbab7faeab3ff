import { and, count, eq, sql } from 'drizzle-orm';
import { listCursors } from './cursors.ts';
import { listRuns, type PinnedConnection, type Run } from './runs.ts';
import { connections, crmRows, issues, writeIntents } from './schema.ts';
import type { Store } from './store.ts';

export interface StreamStatus { object: string; rows: number; throughMs: number | null; verifiedMs: number | null; fullMs: number | null }
export interface ConnectionStatus { connection: PinnedConnection; lastRun: Omit<Run, 'summary'> | null; verifiedThroughMs: number | null; quarantined: number; unsettledWrites: number; streams: StreamStatus[] }

export async function listConnections(store: Store): Promise<PinnedConnection[]> {
  return await store.db.select().from(connections).orderBy(connections.id);
}

/** How fresh and how sure the local copy of a connection is. Fields, windows and calculated values have clocks of their own. */
export async function statusOf(store: Store, connection: PinnedConnection): Promise<ConnectionStatus> {
  const [last] = await listRuns(store, 1, connection.id);
  const held = new Map((await store.db.select({ object: crmRows.object, n: count() }).from(crmRows).where(and(eq(crmRows.connectionId, connection.id), eq(crmRows.deleted, 0))).groupBy(crmRows.object)).map((row) => [row.object, row.n]));
  const streams = (await listCursors(store, connection.id)).map(({ object, throughMs, verifiedMs, fullMs }) => ({ object, rows: held.get(object) ?? 0, throughMs, verifiedMs, fullMs }));
  const [quarantined] = await store.db.select({ n: sql<number>`count(distinct ${issues.object} || '/' || ${issues.id})` }).from(issues).where(eq(issues.connectionId, connection.id));
  const [unsettled] = await store.db.select({ n: count() }).from(writeIntents).where(and(eq(writeIntents.connectionId, connection.id), sql`${writeIntents.state} in ('sent', 'unknown')`));
  // The run knows which streams can be verified at all; a stream of an old mapping says nothing.
  const verified = (await listRuns(store, 20, connection.id)).find((run) => run.state === 'done' && run.kind === 'sync')?.summary?.['verifiedThroughMs'];
  const { summary: _, ...lastRun } = last ?? { summary: null };
  return {
    connection, lastRun: last === undefined ? null : lastRun as Omit<Run, 'summary'>, quarantined: quarantined?.n ?? 0, unsettledWrites: unsettled?.n ?? 0, streams,
    verifiedThroughMs: typeof verified === 'number' ? verified : null,
  };
}
