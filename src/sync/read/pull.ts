import type { ReadRange } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor, saveCursor } from '../../store/cursors.ts';
import type { RunContext } from '../run/context.ts';
import { PULL_PAGES_PER_STEP } from '../run/limits.ts';
import { besidePage, joinedTo } from './beside.ts';
import { retireLeavers } from './deletions.ts';
import { freshnessOf } from './freshness.ts';
import { choosePass, type Pass } from './pass.ts';
import { beginReading, type Brought, cursorAfter, type Reading, takePage } from './reading.ts';
import { NO_TALLY } from './tally.ts';

/** `beside`: of the streams whose rows came with these records, by object. */
export interface PullStep extends Brought {
  beside?: Record<string, Brought>;
}
export type PullResult = Omit<Brought, 'done' | 'linksUnread' | 'tally'> & {
  object: string;
};

/**
 * A few pages of the fast pass over one stream. Each page, what it maps to and the place to go on
 * from are committed together, so a crash costs at most one page.
 * `previous` null: begin a pass (or take up the one that a dead process left). A field the local
 * copy lacks makes the pass a full one, its back-fill.
 * `deferred`: only what changed; the full pass that is due waits for a run
 * whose budget has room for it.
 * `beside`: streams whose rows come with these records, as far as their passes are the same.
 */
export async function pullStream(
  context: RunContext,
  stream: StreamSpec,
  pass: { full: boolean; deferred?: boolean; beside?: StreamSpec[] },
  previous: PullStep | null,
): Promise<PullStep> {
  const { store, connectionId } = context;
  const { full, deferred = false, beside = [] } = pass;
  // What is read cheaply is known by the place where it stands, but for the first page.
  const own: Pass =
    previous === null
      ? await choosePass(context, stream, full, deferred)
      : { cursor: await readCursor(store, connectionId, stream.object), mode: 'resumed' };
  // The last page was committed and its step died before it could say so:
  // there is nothing left to read.
  if (previous !== null && own.cursor.passUntilMs === null)
    return await afterEnd(context, stream, previous);
  const begun = previous !== null || own.mode === 'resumed';
  const joined = await joinedTo(context, own, beside, begun, { full, deferred });
  // Kept before the first page, so that a new process finds the same window.
  if (previous === null)
    await store.batch(
      [own, ...joined].flatMap(({ cursor }) => saveCursor(store, connectionId, cursor)),
    );
  const reading = await beginReading(context, stream, own, previous);
  const others: Reading[] = [];
  for (const each of joined) {
    const before = previous?.beside?.[each.stream.object] ?? null;
    others.push(await beginReading(context, each.stream, each, before));
  }
  await readPages(context, reading, others, own.cheaply === true);
  const brought = others.map((each) => [each.stream.object, each.result] as const);
  return {
    ...reading.result,
    ...(others.length === 0 ? {} : { beside: Object.fromEntries(brought) }),
  };
}

async function readPages(
  context: RunContext,
  reading: Reading,
  others: Reading[],
  cheaply: boolean,
): Promise<void> {
  const { store, session, connectionId } = context;
  const { stream, cursor, result } = reading;
  const range: ReadRange =
    cursor.passFromMs === null
      ? { kind: 'all', ...(cheaply ? { cheaply } : {}) }
      : { kind: 'changed', fromMs: cursor.passFromMs, untilMs: cursor.passUntilMs!, older: true };
  const beside = others.length === 0 ? {} : { beside: others.map((each) => each.stream) };
  const request = { ...stream, range, ...beside };
  let next = cursor.passNext;
  for (let n = 0; n < PULL_PAGES_PER_STEP && !result.done; n++) {
    const page = await session.read(request, next);
    next = page.next;
    const statements = await takePage(context, reading, page);
    for (const other of others)
      statements.push(...(await takePage(context, other, besidePage(page, other.stream.object))));
    // Before the pass counts as ended, so that a crash does not lose them.
    if (next === null) result.left += await retireLeavers(context, stream, range);
    for (const each of [reading, ...others])
      statements.push(...saveCursor(store, connectionId, cursorAfter(each, next)));
    await store.batch(statements);
    tell(context, reading, page.totalRows);
    for (const each of others) tell(context, each, null);
  }
}

/** A step that finds the pass ended knows nothing of its last pages. */
async function afterEnd(
  { store, connectionId }: RunContext,
  { object }: StreamSpec,
  { beside = {}, ...previous }: PullStep,
): Promise<PullStep> {
  const ended = async (of: string, each: Brought): Promise<Brought> => ({
    ...each,
    ...{ read: 0, changed: 0, rejected: 0, left: 0, tally: NO_TALLY, done: true },
    ...freshnessOf(await readCursor(store, connectionId, of)),
  });
  const others: [string, Brought][] = [];
  for (const [other, each] of Object.entries(beside))
    others.push([other, await ended(other, each)]);
  return { ...(await ended(object, previous)), beside: Object.fromEntries(others) };
}

function tell({ progress }: RunContext, { stream, result }: Reading, totalRows: number | null) {
  progress({
    kind: 'rows',
    step: `pull ${stream.object}`,
    object: stream.object,
    rows: result.read,
    changed: result.changed,
    totalRows,
  });
}

/** The steps of one stream's pass as one line of a report. */
export const pullResult = (object: string, steps: Brought[]): PullResult =>
  steps.reduce<PullResult>(
    (sum, step) => ({
      ...sum,
      read: sum.read + step.read,
      changed: sum.changed + step.changed,
      rejected: sum.rejected + step.rejected,
      left: sum.left + step.left,
      transport: step.transport,
      ...(step.slower === undefined ? {} : { slower: step.slower }),
      fieldsMs: step.fieldsMs,
      associationsMs: step.associationsMs,
      calculatedMs: step.calculatedMs,
    }),
    {
      object,
      mode: steps[0]?.mode ?? 'full',
      read: 0,
      changed: 0,
      rejected: 0,
      left: 0,
      transport: 'none',
      fieldsMs: null,
      associationsMs: null,
      calculatedMs: null,
    },
  );
