import type { CrmObject, CrmRow, ReadRange } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor, saveCursor, type Cursor } from '../../store/cursors.ts';
import { eraseRecords } from '../../store/erase.ts';
import { forgetLocal, localRows, saveMapped, unseenSince } from '../../store/rows.ts';
import type { RunContext } from '../run/context.ts';
import { AUDIT_PAGES_PER_STEP } from '../run/limits.ts';
import { beginEnumeration, meet, type Enumeration } from './enumeration.ts';
import { eachPage, readByIds } from './read-all.ts';
import { DAY_MS } from '../../model/time.ts';

/**
 * More than this share of an object gone at once is more often a lost permission than a
 * clean-up: a human decides.
 */
const MAX_ABSENT_SHARE = 0.2;
/** Rows in memory at once: after a clean-up the log names hundreds of thousands. */
const BURY_PAGE = 1000;
/** Below this many rows a share says nothing. */
const MIN_ROWS_FOR_SHARE = 20;

interface DeletionResult {
  by: 'nothing' | 'audit';
  gone: number;
  /** ids that an audit did not find and that wait for a human */
  held: number;
}

/** An audit takes as many steps as its pages need: `next` is where it goes on. */
export interface DeletionStep extends DeletionResult, Enumeration {
  next: string | null;
  done: boolean;
}
const ended = (result: DeletionResult): DeletionStep => ({
  ...result,
  next: null,
  met: 0,
  seenMs: 0,
  done: true,
});

/** What decides whether a delete log is asked. */
interface LogQuestion {
  shape: CrmObject | null;
  cursor: Cursor;
  full: boolean;
}

/**
 * A pass that read everything shows what left the filter by a change that moved no stamp, or by
 * the filter's own.
 */
const filterRead = (stream: StreamSpec, { fullMs, throughMs }: Cursor): boolean =>
  stream.where.length > 0 && fullMs !== null && fullMs === throughMs;

/** Whether the delete log reaches back to where we stand, and an audit does not come anyway. */
export const logReaches = (
  { features, asOfMs }: Pick<RunContext, 'features' | 'asOfMs'>,
  stream: StreamSpec,
  { shape, cursor, full }: LogQuestion,
): boolean =>
  cursor.deletesMs !== null &&
  !filterRead(stream, cursor) &&
  shape?.tracksDeletes === true &&
  !full &&
  features.deleteLogDays > 0 &&
  asOfMs - cursor.deletesMs < (features.deleteLogDays - 1) * DAY_MS;

/**
 * Rows that were destroyed beyond the bin, where no query shows them any more and no delete log
 * told (`readDeleteLogs`): after a longer pause, or without a log on a full run and once a day, an
 * audit enumerates all ids. `read`: what the pass that just ended has enumerated already; null = it
 * read less than everything.
 */
export async function pullHardDeletes(
  context: RunContext,
  stream: StreamSpec,
  full: boolean,
  previous: DeletionStep | null,
  read: Enumeration | null = null,
): Promise<DeletionStep> {
  if (previous !== null) return await auditIds(context, stream, previous);
  const { store, session, connectionId, features, asOfMs } = context;
  const shape = await session.describe(stream.object);
  const cursor = await readCursor(store, connectionId, stream.object);
  const nothing = ended({ by: 'nothing', gone: 0, held: 0 });
  if (cursor.deletesMs === null) return nothing;
  const audit = async (): Promise<DeletionStep> =>
    read === null ? await auditIds(context, stream, null) : await endAudit(context, stream, read);
  if (filterRead(stream, cursor)) return await audit();
  if (shape?.tracksDeletes !== true) return nothing;
  // A log that cannot tell although it reaches back (too many deletions, none kept of this object),
  // or that there is none of, may never do so; an audit costs a read of all ids.
  const silent =
    features.deleteLogDays === 0 || logReaches(context, stream, { shape, cursor, full });
  const auditDue = asOfMs - cursor.deletesMs >= (silent ? DAY_MS : 0);
  return full || auditDue ? await audit() : nothing;
}

async function auditIds(
  context: RunContext,
  stream: StreamSpec,
  previous: DeletionStep | null,
): Promise<DeletionStep> {
  const { met, seenMs } = previous ?? (await beginEnumeration(context, stream));
  const enumeration = { met, seenMs };
  let next = previous?.next ?? null;
  for (let n = 0; n < AUDIT_PAGES_PER_STEP && (n === 0 || next !== null); n++) {
    const page = await context.session.read(
      { ...stream, fields: [], range: { kind: 'all' } },
      next,
    );
    next = page.next;
    await context.store.batch(meet(context, stream, enumeration, page.rows));
  }
  if (next !== null) return { by: 'audit', gone: 0, held: 0, next, ...enumeration, done: false };
  return await endAudit(context, stream, enumeration);
}

/**
 * Deletion by absence: only after an enumeration whose size is the CRM's own COUNT, and
 * never more than a set share.
 */
async function endAudit(
  context: RunContext,
  stream: StreamSpec,
  { met, seenMs }: Enumeration,
): Promise<DeletionStep> {
  const { store, session, connectionId } = context;
  const unseen = await unseenSince(store, connectionId, stream.object, seenMs);
  const shape = await session.describe(stream.object);
  // Where all that we hold was met, nothing is gone, however many there are; and what the CRM has
  // no count of would only be read once more.
  const crm =
    unseen.ids.length === 0 || shape?.perRecord !== undefined
      ? 0
      : await session.count({
          object: stream.object,
          where: stream.where,
          range: { kind: 'all' },
          includeDeleted: stream.includeDeleted,
        });
  if (met < crm) return ended({ by: 'audit', gone: 0, held: 0 });
  const left = await leftFilter(context, stream, unseen.ids);
  const absent = unseen.ids.filter((id) => !left.has(id));
  const gone = await bury(context, stream, [...left]);
  if (tooManyGone(context.connection, absent.length, unseen.held))
    return ended({ by: 'audit', gone, held: absent.length });
  const buried = gone + (await bury(context, stream, absent));
  const cursor = await readCursor(store, connectionId, stream.object);
  await store.batch(saveCursor(store, connectionId, { ...cursor, deletesMs: context.asOfMs }));
  return ended({ by: 'audit', gone: buried, held: 0 });
}

/**
 * Rows of links that an enumeration of all their records did not meet: a link that is not told is
 * none. Never more than a set share without a human.
 */
export async function buryUnmet(
  context: RunContext,
  stream: StreamSpec,
  { seenMs }: Enumeration,
): Promise<Named> {
  const { store, connectionId } = context;
  const { ids, held } = await unseenSince(store, connectionId, stream.object, seenMs);
  if (tooManyGone(context.connection, ids.length, held)) return { gone: 0, held: ids.length };
  return { gone: await bury(context, stream, ids), held: 0 };
}

/**
 * Of these ids, those that the CRM still has and the stream's filter leaves out: the mapping wants
 * them no more, which no human has to say once again.
 */
async function leftFilter(
  context: RunContext,
  stream: StreamSpec,
  ids: string[],
): Promise<Set<string>> {
  if (stream.where.length === 0) return new Set();
  const left = new Set<string>();
  for (let from = 0; from < ids.length; from += BURY_PAGE) {
    const page = ids.slice(from, from + BURY_PAGE);
    const ask = async (some: string[], where: StreamSpec['where']) =>
      await readByIds(
        context.session,
        { ...stream, fields: [] },
        some,
        stream.includeDeleted,
        where,
      );
    const inside = await ask(page, stream.where);
    const outside = await ask(
      page.filter((id) => !inside.has(id)),
      [],
    );
    for (const [id, row] of outside) if (!row.deleted) left.add(id);
  }
  return left;
}

/**
 * Retires rows that a change took out of the stream's filter: a filtered read says nothing of them.
 * What changed in the window is enumerated without the filter, ids alone, and what we hold of it is
 * asked for once more with the filter.
 */
export async function retireLeavers(
  context: RunContext,
  stream: StreamSpec,
  range: ReadRange,
): Promise<number> {
  if (stream.where.length === 0 || range.kind !== 'changed') return 0;
  const { store, session, connectionId } = context;
  let retired = 0;
  await eachPage(
    session,
    { ...stream, fields: [], associations: [], history: [], where: [], range },
    async (rows) => {
      const held = await localRows(
        store,
        connectionId,
        stream.object,
        rows.map((row) => row.id),
      );
      // Whatever the stamps say: an edit in the second of our own write has the same one.
      const behind = rows.filter((row) => held.get(row.id)?.deleted === false);
      retired += await retireIds(
        context,
        stream,
        behind.map((row) => row.id),
      );
    },
  );
  return retired;
}

/** Retires those of these rows that we hold and the stream's filter leaves out now. */
export async function retireIds(
  context: RunContext,
  stream: StreamSpec,
  ids: string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  return await bury(context, stream, [...(await leftFilter(context, stream, ids))]);
}

/** Of records that webhooks named in one run: buried, and waiting for a human. */
export interface Named {
  gone: number;
  held: number;
}
export const NONE_NAMED: Named = { gone: 0, held: 0 };

/**
 * Records that a webhook named, that we hold, and that no read by id shows any more: destroyed, as
 * some CRMs do when somebody asks to be forgotten. Bounded as every deletion by absence is, over
 * all that was named in the run.
 */
export async function buryNamed(
  context: RunContext,
  stream: StreamSpec,
  ids: string[],
  before: Named,
): Promise<Named> {
  if (ids.length === 0) return before;
  const { held } = await unseenSince(context.store, context.connectionId, stream.object, 0);
  const absent = before.gone + before.held + ids.length;
  if (tooManyGone(context.connection, absent, held + before.gone))
    return { ...before, held: before.held + ids.length };
  return { ...before, gone: before.gone + (await bury(context, stream, ids)) };
}

/** The person decides by `limits.maxAbsentPercent` of the connection document. */
export const tooManyGone = (
  { limits }: RunContext['connection'],
  absent: number,
  held: number,
): boolean =>
  held >= MIN_ROWS_FOR_SHARE &&
  absent >
    held *
      (limits.maxAbsentPercent === undefined ? MAX_ABSENT_SHARE : limits.maxAbsentPercent / 100);

/**
 * Rows of a window that a complete enumeration of it did not meet: alive ones are gone, dead ones
 * have left the bin, which no log tells.
 * Never more than a set share of the object without a human.
 */
export async function buryAbsent(
  context: RunContext,
  stream: StreamSpec,
  absent: string[],
): Promise<void> {
  const { store, session, connectionId } = context;
  if (absent.length === 0) return;
  const { held } = await unseenSince(store, connectionId, stream.object, 0);
  // What we know to be dead has left the bin, and asks nobody.
  const alive = [...(await localRows(store, connectionId, stream.object, absent)).values()].filter(
    (row) => !row.deleted,
  );
  if (tooManyGone(context.connection, alive.length, held)) return;
  const there = await readByIds(
    session,
    { ...stream, fields: [] },
    absent,
    stream.includeDeleted,
    stream.where,
  );
  const gone = absent.filter((id) => !there.has(id));
  await bury(context, stream, gone);
  const living = new Set(alive.map(({ id }) => id));
  const dead = gone.filter((id) => !living.has(id));
  await store.batch(forgetLocal(store, connectionId, stream.object, dead));
  await eraseRecords(store, connectionId, stream.object, dead);
}

export async function bury(
  context: RunContext,
  stream: StreamSpec,
  ids: string[],
): Promise<number> {
  let gone = 0;
  for (let from = 0; from < ids.length; from += BURY_PAGE)
    gone += await buryPage(context, stream, ids.slice(from, from + BURY_PAGE));
  return gone;
}

/**
 * Of these ids, the ones that we hold as alive and the CRM no longer returns leave the local copy;
 * their tombstones stay in the model, without names.
 */
async function buryPage(context: RunContext, stream: StreamSpec, ids: string[]): Promise<number> {
  const { store, session, connectionId } = context;
  const held = await localRows(store, connectionId, stream.object, ids);
  const alive = [...held.values()].filter((row) => !row.deleted);
  // An id may have come back since it was logged (undelete). Asked as the stream is read: some CRMs
  // show what they archived only together with what they deleted.
  const found = await readByIds(
    session,
    { ...stream, fields: [] },
    alive.map((row) => row.id),
    stream.includeDeleted,
    stream.where,
  );
  const back = (id: string): boolean =>
    found.get(id)?.deleted === false && found.get(id)?.mergedIntoId === null;
  const lost: CrmRow[] = alive
    .filter((row) => !back(row.id))
    .map((row) => ({ ...row, deleted: true }));
  await store.batch([
    ...saveMapped(
      store,
      connectionId,
      lost.flatMap((row) => context.mapping.mapRow(row).rows),
      context.nowMs(),
      context.asOfMs,
    ),
    ...forgetLocal(
      store,
      connectionId,
      stream.object,
      lost.map((row) => row.id),
    ),
  ]);
  // Destroyed, which nobody can take back, perhaps because somebody asked to be forgotten.
  await eraseRecords(
    store,
    connectionId,
    stream.object,
    lost.map((row) => row.id),
  );
  return lost.length;
}
