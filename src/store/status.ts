import { and, count, desc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { listCursors } from './cursors.ts';
import { given, preparedRead } from './prepared.ts';
import { GONE, listFindings, type Finding } from './findings.ts';
import { listRuns, type PinnedConnection, type Run } from './runs.ts';
import { connections, crmRows, issues, runs, writeIntents } from './schema.ts';
import type { TrackRecord } from '../model/record.ts';
import { evidenceOf, type ServedEvidence } from './served-evidence.ts';
import type { Store } from './store.ts';
import { readTrackRecord } from './track-record.ts';

interface StreamStatus {
  object: string;
  rows: number;
  throughMs: number | null;
  verifiedMs: number | null;
  fullMs: number | null;
  associationsMs: number | null;
  calculatedMs: number | null;
  pausedMs: number | null;
}
/**
 * Something of the CRM that the mapping needs and that is gone; `field` null = the whole object.
 */
interface PausedMapping {
  object: string;
  field: string | null;
  message: string;
  sinceMs: number;
}
export interface ConnectionStatus {
  connection: PinnedConnection;
  /** `callsLeft`: above the quota floor when it began; null = the CRM told no budget. */
  lastRun: (Omit<Run, 'summary'> & { callsLeft: number | null }) | null;
  /** The run whose results are served: the last real one that ended. */
  servedRun: { id: string; asOfMs: number | null } | null;
  verifiedThroughMs: number | null;
  quarantined: number;
  unsettledWrites: number;
  /** What was said and how it came out, as the last real run counted it; null = never counted. */
  trackRecord: TrackRecord | null;
  /** What the first run or a backtest replayed on the past. */
  replayedRecord: TrackRecord | null;
  /** Where `shadow: until-skill` stood at the end of the last run; null = it is not asked for. */
  shadow: { open: boolean; sinceMs: number | null; why: string } | null;
  /** What the served numbers rest on; null = no real run has ended. */
  evidence: ServedEvidence | null;
  paused: PausedMapping[];
  /** What of the data a person should put right, as the last run found it. */
  findings: Finding[];
  streams: StreamStatus[];
}

const servedRun = preparedRead({ id: runs.id, asOfMs: runs.asOfMs }, (select) =>
  select
    .from(runs)
    .where(
      and(
        eq(runs.connectionId, given('connectionId')),
        eq(runs.state, 'done'),
        eq(runs.kind, 'sync'),
        eq(runs.dryRun, 0),
      ),
    )
    .orderBy(desc(runs.startedMs))
    .limit(1),
);

export async function listConnections(store: Store): Promise<PinnedConnection[]> {
  return await store.db.select().from(connections).orderBy(connections.id);
}

/** What the last run found gone, from the findings that it left. */
async function pausedMappings(store: Store, connectionId: string): Promise<PausedMapping[]> {
  const found = await store.db
    .select({
      object: issues.object,
      field: issues.field,
      code: issues.code,
      message: issues.message,
      sinceMs: issues.firstMs,
    })
    .from(issues)
    .where(
      and(
        eq(issues.connectionId, connectionId),
        eq(issues.kind, 'data'),
        inArray(issues.code, Object.values(GONE)),
      ),
    )
    .orderBy(issues.object, issues.field);
  return found.map(({ code, field, ...rest }) => ({
    ...rest,
    field: code === GONE.field ? field : null,
  }));
}

/**
 * How fresh and how sure the local copy of a connection is. Fields, windows and calculated
 * values have clocks of their own.
 */
export async function statusOf(
  store: Store,
  connection: PinnedConnection,
): Promise<ConnectionStatus> {
  const [last] = await listRuns(store, 1, connection.id);
  const held = new Map(
    (
      await store.db
        .select({ object: crmRows.object, n: count() })
        .from(crmRows)
        .where(and(eq(crmRows.connectionId, connection.id), eq(crmRows.deleted, 0)))
        .groupBy(crmRows.object)
    ).map((row) => [row.object, row.n]),
  );
  const streams = (await listCursors(store, connection.id)).map(
    ({ object, throughMs, verifiedMs, fullMs, associationsMs, calculatedMs, pausedMs }) => ({
      object,
      rows: held.get(object) ?? 0,
      throughMs,
      verifiedMs,
      fullMs,
      associationsMs,
      calculatedMs,
      pausedMs,
    }),
  );
  const [quarantined] = await store.db
    .select({ n: sql<number>`count(distinct ${issues.object} || '/' || ${issues.id})` })
    .from(issues)
    .where(
      and(eq(issues.connectionId, connection.id), notInArray(issues.code, Object.values(GONE))),
    );
  const [unsettled] = await store.db
    .select({ n: count() })
    .from(writeIntents)
    .where(and(eq(writeIntents.connectionId, connection.id), sql`${writeIntents.state} = 'sent'`));
  // The run knows which streams can be verified at all; a stream of an old mapping says nothing.
  const verified = (await listRuns(store, 20, connection.id)).find(
    (run) => run.state === 'done' && run.kind === 'sync' && run.summary?.['copied'] !== true,
  )?.summary?.['verifiedThroughMs'];
  const served = (await servedRun(store, { connectionId: connection.id }))[0] ?? null;
  return {
    connection,
    lastRun: last === undefined ? null : withoutSummary(last),
    servedRun: served,
    quarantined: quarantined?.n ?? 0,
    unsettledWrites: unsettled?.n ?? 0,
    trackRecord: (await readTrackRecord(store, connection.id, 'live'))?.record ?? null,
    replayedRecord: (await readTrackRecord(store, connection.id, 'replayed'))?.record ?? null,
    shadow: (last?.summary?.['shadow'] ?? null) as ConnectionStatus['shadow'],
    evidence: served === null ? null : await evidenceOf(store, connection.id, served.id),
    paused: await pausedMappings(store, connection.id),
    findings: await listFindings(store, connection.id),
    streams,
    verifiedThroughMs: typeof verified === 'number' ? verified : null,
  };
}

function withoutSummary({ summary, ...run }: Run): NonNullable<ConnectionStatus['lastRun']> {
  const left = summary?.['callsLeft'];
  return { ...run, callsLeft: typeof left === 'number' ? left : null };
}
