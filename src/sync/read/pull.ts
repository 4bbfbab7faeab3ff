import { canonicalJson } from '../../model/canonical.ts';
import type { ConnectorFeatures, CrmObject, ReadRange } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor, saveCursor, type Cursor } from '../../store/cursors.ts';
import { changeOfPage } from './commit.ts';
import type { RunContext } from '../run/context.ts';
import {
  endedPass,
  freshnessOf,
  linksUnread,
  refreshDue,
  setUpChanged,
  setUpOf,
  type SetUp,
  unstampedOf,
  type Freshness,
} from './freshness.ts';
import { retireLeavers } from './deletions.ts';
import { beginTally, NO_TALLY, tallied, type Tally } from './tally.ts';
import { PULL_PAGES_PER_STEP } from '../run/limits.ts';

type PassMode = 'full' | 'changes' | 'refresh' | 'resumed';
export interface PullStep extends Freshness {
  mode: PassMode;
  read: number;
  changed: number;
  rejected: number;
  transport: string;
  /** Why it took a slower way than it would have. */
  slower?: string;
  linksUnread: boolean;
  /** Rows that a change took out of the filter. */
  left: number;
  tally: Tally;
  done: boolean;
}
export type PullResult = Omit<PullStep, 'done' | 'linksUnread' | 'tally'> & {
  object: string;
};

/**
 * A few pages of the fast pass over one stream. Each page, what it maps to and the place to go on
 * from are committed together, so a crash costs at most one page.
 * `previous` null: begin a pass (or take up the one that a dead process left). A field the local
 * copy lacks makes the pass a full one, its back-fill.
 * `deferred`: only what changed; the full pass that is due waits for a run
 * whose budget has room for it.
 */
export async function pullStream(
  context: RunContext,
  stream: StreamSpec,
  full: boolean,
  previous: PullStep | null,
  deferred = false,
): Promise<PullStep> {
  const { store, session, connectionId, mapping } = context;
  const first = previous === null;
  const { cursor, mode } = first
    ? await beginPass(context, stream, full, deferred)
    : { cursor: await readCursor(store, connectionId, stream.object), mode: 'resumed' as const };
  // What a dead process read of the pass it cannot say any more.
  const nothing = {
    mode,
    read: 0,
    changed: 0,
    rejected: 0,
    left: 0,
    transport: 'none',
    tally: previous?.tally ?? NO_TALLY,
    linksUnread: previous?.linksUnread ?? (mode === 'resumed' && cursor.passNext !== null),
    ...freshnessOf(cursor),
  };
  // The last page was committed and its step died before it could say so:
  // there is nothing left to read.
  if (!first && cursor.passUntilMs === null) return { ...nothing, tally: NO_TALLY, done: true };
  const range: ReadRange =
    cursor.passFromMs === null
      ? { kind: 'all' }
      : { kind: 'changed', fromMs: cursor.passFromMs, untilMs: cursor.passUntilMs! };
  const result: PullStep = { ...nothing, done: false };
  const shape = await session.describe(stream.object);
  if (mode !== 'resumed') result.tally = await beginTally(context, stream, shape, cursor);
  const unstamped = unstampedOf(stream, shape);
  let next = cursor.passNext;
  for (let n = 0; n < PULL_PAGES_PER_STEP && !result.done; n++) {
    const page = await session.read({ ...stream, range }, next);
    const change = await changeOfPage(
      store,
      connectionId,
      mapping,
      stream.object,
      page.rows,
      context.runId,
      context,
    );
    next = page.next;
    result.done = next === null;
    const { tally, statements } = tallied(context, stream, result.tally, page);
    result.linksUnread ||= page.rows.some((row) => linksUnread(row, stream, unstamped.linked));
    // Before the pass counts as ended, so that a crash does not lose them.
    if (result.done) result.left += await retireLeavers(context, stream, range);
    const ended = endedPass(cursor, unstamped, result.linksUnread);
    await store.batch([
      ...change.statements,
      ...statements,
      ...saveCursor(store, connectionId, result.done ? ended : { ...cursor, passNext: next }),
    ]);
    result.tally = tally;
    result.read += page.rows.length;
    result.changed += change.changed;
    result.rejected += change.rejected;
    result.transport = page.transport;
    if (page.slower !== undefined) result.slower = page.slower;
    if (result.done) Object.assign(result, freshnessOf(ended));
    context.progress({
      kind: 'rows',
      step: `pull ${stream.object}`,
      object: stream.object,
      rows: result.read,
      changed: result.changed,
      totalRows: page.totalRows,
    });
  }
  return result;
}

const askedOf = (stream: StreamSpec, setUp: SetUp): string =>
  canonicalJson({
    where: stream.where,
    associations: stream.associations,
    history: stream.history,
    setUp,
  });

/**
 * Whether the stream is asked for in another way than before; what set-up changed is no question.
 */
function reshapedFrom(shape: string, stream: StreamSpec): boolean {
  if (shape === '') return false;
  const { setUp: _, ...asked } = JSON.parse(shape) as Record<string, unknown>;
  const { setUp: _now, ...now } = JSON.parse(askedOf(stream, { types: {}, options: {} })) as Record<
    string,
    unknown
  >;
  return canonicalJson(asked) !== canonicalJson(now);
}

/** null shape: nothing can be told of the object now, so nothing changed. */
const setUpMoved = (before: Cursor, stream: StreamSpec, shape: CrmObject | null): boolean =>
  before.shape !== '' &&
  shape !== null &&
  setUpChanged((JSON.parse(before.shape) as { setUp?: SetUp }).setUp, setUpOf(stream, shape));

/**
 * Why a pass must read everything: it never did, the question is another one (`fields`), or what
 * moves no stamp is a day old; null = what changed is enough.
 */
export function fullPassDue(
  before: Cursor,
  stream: StreamSpec,
  shape: CrmObject | null,
  features: ConnectorFeatures,
  asOfMs: number,
  written: boolean,
): 'first' | 'fields' | 'refresh' | null {
  // A wider filter brings old rows, a narrower one leaves some behind: nothing that was verified
  // holds for another question. What was gone may come back with other values under old stamps.
  if (
    before.pausedMs !== null ||
    reshapedFrom(before.shape, stream) ||
    stream.fields.some((field) => !before.fields.includes(field))
  )
    return before.throughMs === null ? 'first' : 'fields';
  if (before.throughMs === null || shape?.stampField == null) return 'first';
  // A back-fill that was begun and never ended.
  if (before.fullMs === null) return 'fields';
  if (setUpMoved(before, stream, shape)) return 'refresh';
  return refreshDue(unstampedOf(stream, shape), features, asOfMs - before.fullMs, written)
    ? 'refresh'
    : null;
}

async function beginPass(
  context: RunContext,
  stream: StreamSpec,
  full: boolean,
  deferred: boolean,
): Promise<{ cursor: Cursor; mode: PassMode }> {
  const { store, connectionId, asOfMs } = context;
  const before = await readCursor(store, connectionId, stream.object);
  const shape = await context.session.describe(stream.object);
  const written = context.mapping.writes.some((write) => write.object === stream.object);
  const due = fullPassDue(before, stream, shape, context.features, asOfMs, written);
  const reshaped = reshapedFrom(before.shape, stream);
  const newField =
    reshaped ||
    before.pausedMs !== null ||
    stream.fields.some((field) => !before.fields.includes(field));
  // What changed is no substitute for fields that the rows do not hold.
  const waits = deferred && due !== 'fields' && due !== 'first';
  if (before.passUntilMs !== null && !newField && !full && !(waits && before.passFromMs === null)) {
    // The rest of the pass reads what this mapping asks for, so that is all that every row will
    // hold.
    const cursor = { ...before, fields: stream.fields };
    await store.batch(saveCursor(store, connectionId, cursor));
    return { cursor, mode: 'resumed' };
  }
  const windowed =
    shape?.stampField != null && before.throughMs !== null && (waits || (due === null && !full));
  // What the first read returns is there, so deletions count from its beginning, whoever ends it.
  const cursor = {
    ...before,
    ...(reshaped ? { verifiedMs: null } : {}),
    // What set-up was when everything was read: a windowed pass leaves the rest as it was then.
    shape: windowed && before.shape !== '' ? before.shape : askedOf(stream, setUpOf(stream, shape)),
    deletesMs: before.deletesMs ?? asOfMs,
    fields: stream.fields,
    passNext: null,
    passUntilMs: asOfMs,
    passFromMs: windowed ? before.throughMs! - context.features.settleMs : null,
    ...(newField && !windowed ? { fullMs: null } : {}),
    pausedMs: windowed ? before.pausedMs : null,
  };
  // Written before the first page, so that a new process finds the same window.
  await store.batch(saveCursor(store, connectionId, cursor));
  return { cursor, mode: windowed ? 'changes' : due === 'refresh' && !full ? 'refresh' : 'full' };
}

/** The steps of one stream's pass as one line of a report. */
export const pullResult = (object: string, steps: PullStep[]): PullResult =>
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
