import { canonicalJson } from '../../model/canonical.ts';
import type { ConnectorFeatures, CrmObject } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor, type Cursor } from '../../store/cursors.ts';
import type { RunContext } from '../run/context.ts';
import {
  LATE_INDEX_REFRESH_MS,
  refreshDue,
  setUpMoved,
  setUpOf,
  type SetUp,
  unstampedOf,
} from './freshness.ts';
import { type RefreshBy, refreshBy } from './refresh.ts';

export type PassMode = 'full' | 'changes' | 'refresh' | 'resumed';

/** In place of where a pass stands: its rows come beside those of another stream. */
export const BESIDE = 'beside';

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
  if (asksMore(before, stream)) return before.throughMs === null ? 'first' : 'fields';
  if (before.throughMs === null || shape?.stampField == null) return 'first';
  // A back-fill that was begun and never ended.
  if (before.fullMs === null) return 'fields';
  if (setUpMoved(before.shape, stream, shape)) return 'refresh';
  return refreshDue(unstampedOf(stream, shape), features, asOfMs - before.fullMs, written)
    ? 'refresh'
    : null;
}

/** A pass as it is to be read, kept before its first page so that a new process finds it. */
export interface Pass {
  cursor: Cursor;
  mode: PassMode;
  /** A whole one that an index may answer. */
  cheaply?: boolean;
}

/** What was read beside a pass that goes on no more is read from its beginning. */
const byItself = (cursor: Cursor): Cursor =>
  cursor.passNext === BESIDE
    ? { ...cursor, passNext: null, passFromMs: null, passUntilMs: null }
    : cursor;

/** What is asked for is not what the rows hold. */
const asksMore = (before: Cursor, stream: StreamSpec): boolean =>
  reshapedFrom(before.shape, stream) ||
  before.pausedMs !== null ||
  stream.fields.some((field) => !before.fields.includes(field));

/** Where a pass begins that leaves the rest as it is; null = it leaves nothing. */
function windowFrom(
  { throughMs, fullMs }: Cursor,
  { settleMs }: ConnectorFeatures,
  by: RefreshBy,
  changesSuffice: boolean,
): number | null {
  if (throughMs === null) return null;
  if (by === 'links' && fullMs !== null) return fullMs - LATE_INDEX_REFRESH_MS;
  return changesSuffice ? throughMs - settleMs : null;
}

/** `full`: a run that was asked to read everything. `deferred`: as `pullStream` has it. */
export async function choosePass(
  context: RunContext,
  stream: StreamSpec,
  full: boolean,
  deferred: boolean,
): Promise<Pass> {
  const { store, connectionId, asOfMs, features } = context;
  const before = byItself(await readCursor(store, connectionId, stream.object));
  const shape = await context.session.describe(stream.object);
  const written = context.mapping.writes.some((write) => write.object === stream.object);
  const due = fullPassDue(before, stream, shape, features, asOfMs, written);
  const reshaped = reshapedFrom(before.shape, stream);
  const newField = asksMore(before, stream);
  // What changed is no substitute for fields that the rows do not hold.
  const waits = deferred && due !== 'fields' && due !== 'first';
  if (before.passUntilMs !== null && !newField && !full && !(waits && before.passFromMs === null)) {
    // The rest of the pass reads what this mapping asks for, so that is all that every row will
    // hold.
    return { cursor: { ...before, fields: stream.fields }, mode: 'resumed' };
  }
  const refresh = due === 'refresh' && !full && !waits;
  const by = refresh ? await refreshBy(context, stream, shape, before) : null;
  const fromMs =
    shape?.stampField == null
      ? null
      : windowFrom(before, features, by, waits || (due === null && !full));
  const windowed = fromMs !== null;
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
    passFromMs: fromMs,
    ...(newField && !windowed ? { fullMs: null } : {}),
    pausedMs: windowed ? before.pausedMs : null,
  };
  const mode = refresh ? 'refresh' : windowed ? 'changes' : 'full';
  return { cursor, mode, ...(by === 'values' ? { cheaply: true } : {}) };
}
