import * as z from 'zod';
import type { DeletedPage } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { isCode } from '../kit/failure.ts';
import { needObject } from './columns.ts';
import type { Describer } from './describe.ts';
import { to18 } from './ids.ts';
import type { Together } from './together.ts';
import { instantMs } from './values.ts';
import { MINUTE_MS } from '../../src/model/time.ts';

/** The delete log keeps 15 days, so no call may span more. */
export const DELETE_LOG_DAYS = 15;
const LONGEST_WINDOW_MS = DELETE_LOG_DAYS * 24 * 60 * MINUTE_MS;

const answer = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.string() })),
  earliestDateAvailable: z.string().nullish(),
  latestDateCovered: z.string(),
});

/**
 * Deletions in [fromMs, untilMs) from the delete log, hard deletions and merge losers included. The
 * log has minutes, so the window is widened to whole ones
 * and a deletion just outside may come along. null = the log cannot tell: it no longer reaches back
 * to `fromMs`, holds more of one minute than an answer may (some 600,000), or does not exist for
 * the object.
 */
export async function deleted(
  together: Together,
  describer: Describer,
  objectName: string,
  fromMs: number,
  untilMs: number,
): Promise<DeletedPage | null> {
  const object = await needObject(describer, objectName);
  const ids: DeletedPage['ids'] = [];
  let covered = fromMs;
  // A window that the log gave up on is asked for in halves, down to a minute.
  let spanMs = LONGEST_WINDOW_MS;
  while (covered < untilMs) {
    const startMs = Math.floor(covered / MINUTE_MS) * MINUTE_MS;
    const endMs = Math.min(
      Math.max(Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS, startMs + MINUTE_MS),
      startMs + spanMs,
    );
    const log = await logOf(together, object.name, startMs, endMs);
    if (log === 'too much') {
      if (endMs - startMs <= MINUTE_MS) return null;
      spanMs = Math.ceil((endMs - startMs) / 2 / MINUTE_MS) * MINUTE_MS;
      continue;
    }
    if (log === null) return null;
    const found = log.deletedRecords.map((row) => ({
      id: to18(row.id),
      deletedAtMs: instantMs(row.deletedDate),
    }));
    if (
      log.earliestDateAvailable &&
      purged(instantMs(log.earliestDateAvailable), covered, endMs, found)
    )
      return null;
    ids.push(...found);
    const latest = Math.min(instantMs(log.latestDateCovered), untilMs);
    // The log is behind the clock: vouch for what it covers, and begin there next time.
    if (latest <= covered || latest < Math.min(endMs, untilMs))
      return { ids: once(ids), coveredUntilMs: Math.max(covered, latest) };
    covered = latest;
  }
  return { ids: once(ids), coveredUntilMs: covered };
}

async function logOf(
  together: Together,
  object: string,
  startMs: number,
  endMs: number,
): Promise<z.infer<typeof answer> | 'too much' | null> {
  const path = `/sobjects/${object}/deleted?start=${stamp(startMs)}&end=${stamp(endMs)}`;
  try {
    return await together.read({ path, what: `reading the delete log of ${object}` }, answer);
  } catch (error) {
    if (isCode(error, 'EXCEEDED_ID_LIMIT') || (error instanceof HeadwaterError && error.tooMuch))
      return 'too much';
    return cannotTell(error);
  }
}

/**
 * `earliestDateAvailable` is the oldest entry of the log. When it lies inside the window and that
 * entry is not among the answers, what stood before it
 * was purged (Salesforce trims long logs from the old end); when it is among them, nothing was
 * deleted before it.
 */
function purged(
  earliestMs: number,
  fromMs: number,
  endMs: number,
  found: DeletedPage['ids'],
): boolean {
  return (
    earliestMs > fromMs &&
    earliestMs < endMs &&
    !found.some((row) => row.deletedAtMs < earliestMs + MINUTE_MS)
  );
}

const stamp = (ms: number): string =>
  encodeURIComponent(new Date(ms).toISOString().replace('.000Z', '+00:00'));

/** Windows meet on whole minutes, where a deletion may be told twice. */
const once = (ids: DeletedPage['ids']): DeletedPage['ids'] => [
  ...new Map(ids.map((row) => [row.id, row])).values(),
];

/**
 * The vendor refuses a window that begins before its log does, and objects that are not replicated.
 */
function cannotTell(error: unknown): null {
  if (isCode(error, 'INVALID_REPLICATION_DATE', 'INVALID_TYPE_FOR_OPERATION')) return null;
  throw error;
}
