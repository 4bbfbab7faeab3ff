import { allEnded } from '../../model/all-ended.ts';
import type { CrmObject, DeletedPage } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Gone } from '../../mapping/compile/gone.ts';
import { type Cursor, readCursor, saveCursor } from '../../store/cursors.ts';
import type { RunContext } from '../run/context.ts';
import { bury, logReaches } from './deletions.ts';
import { isPaused, orPause } from './pause.ts';

export interface LogStep {
  /** Rows that went by what a log told, by object; where none could tell there is no entry. */
  told: Record<string, number>;
  /** What the CRM turned out to have no more. */
  paused: Gone[];
}

interface Asked {
  stream: StreamSpec;
  cursor: Cursor;
}

/**
 * Rows that were destroyed beyond the bin, by the CRM's delete log while it reaches back to where
 * we stand. All logs are asked for at once: a CRM may answer them in one call.
 */
export async function readDeleteLogs(
  context: RunContext,
  objects: string[],
  full: boolean,
): Promise<LogStep> {
  const { store, session, connectionId, features, asOfMs } = context;
  const asked: Asked[] = [];
  for (const stream of context.mapping.streams.filter(({ object }) => objects.includes(object))) {
    const shape: CrmObject | null = await session.describe(stream.object);
    const cursor = await readCursor(store, connectionId, stream.object);
    if (logReaches(context, stream, { shape, cursor, full })) asked.push({ stream, cursor });
  }
  // A deletion that is committed late stands in the log before the ones we have seen; those seen
  // twice are no longer alive with us.
  const logs = await allEnded(
    asked.map(async ({ stream, cursor: { deletesMs } }) =>
      orPause(context, stream, async () => ({
        log: await session.deleted(stream.object, deletesMs! - features.settleMs, asOfMs),
      })),
    ),
  );
  const step: LogStep = { told: {}, paused: [] };
  for (const [at, { stream, cursor }] of asked.entries()) {
    const answer = logs[at]!;
    const done = isPaused(answer)
      ? answer
      : await orPause(context, stream, async () => await follow(context, stream, cursor, answer));
    if (isPaused(done)) step.paused.push(...done.paused);
    else if (done.gone !== null) step.told[stream.object] = done.gone;
  }
  return step;
}

/** What the log names leaves the local copy, and the next look begins behind it. */
async function follow(
  context: RunContext,
  stream: StreamSpec,
  cursor: Cursor,
  { log }: { log: DeletedPage | null },
): Promise<{ gone: number | null }> {
  if (log === null) return { gone: null };
  const { store, connectionId } = context;
  const gone = await bury(
    context,
    stream,
    log.ids.map((entry) => entry.id),
  );
  const deletesMs = Math.max(cursor.deletesMs ?? 0, log.coveredUntilMs);
  await store.batch(saveCursor(store, connectionId, { ...cursor, deletesMs }));
  return { gone };
}
