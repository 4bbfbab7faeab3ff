import { asHeadwaterError } from '../../model/error.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor, saveCursor, saveReceipt, type Receipt } from '../../store/cursors.ts';
import { countLocal, localIds, middleStamp } from '../../store/rows.ts';
import { changeOfPage } from './commit.ts';
import type { RunContext } from '../run/context.ts';
import { buryAbsent } from './deletions.ts';
import { REREAD_ROWS } from '../run/limits.ts';
import { eachPage } from './read-all.ts';
import type { WindowRows } from './tally.ts';

/**
 * A first window may hold millions of rows, which a CRM does not always count before it gives up; a
 * thirty-second of them it does.
 */
const MAX_HALVINGS = 5;

/**
 * Closes the stream's window up to where no row can come into it any more (the
 * connector's `settleMs` before the pass): our distinct rows against the CRM's own COUNT.
 * A difference re-reads the window once; what still differs is a receipt that says so, and the
 * window stays open for the next run.
 * A window too large to be counted, or to be read again in one step, is closed up to its middle
 * row, and the rest by the runs that follow.
 * `passed`: what the pass that just ended brought of the window, where that is as good as a COUNT;
 * `counted`: rows that live in it, by the CRM's COUNT when the run began.
 * null = nothing to close yet, or the connector cannot count or window this object.
 */
export async function closeWindow(
  context: RunContext,
  stream: StreamSpec,
  passed: WindowRows | null = null,
  counted: CountedRows | null = null,
): Promise<Receipt | null> {
  const { store, connectionId } = context;
  const shape = await context.session.describe(stream.object);
  const cursor = await readCursor(store, connectionId, stream.object);
  const fromMs = cursor.verifiedMs ?? 0;
  // Counted from when the pass began, not from now: where it was interrupted, its
  // first pages were read then.
  let untilMs = (cursor.throughMs ?? 0) - context.features.settleMs;
  if (!context.features.counts || shape?.stampField == null || untilMs <= fromMs) return null;
  const count = async (): Promise<Counted> => await countBoth(context, stream, fromMs, untilMs);
  const asRead = await asPassed(context, stream, passed, counted, { fromMs, untilMs });
  const begun = asRead ?? (await countWhatCan(context, stream, fromMs, untilMs));
  // What the CRM cannot count at all is not verified, and the rest of the run goes on.
  if (begun === null) return null;
  let both = begun.counted;
  ({ untilMs } = begun);
  if (both.crm !== both.ours) {
    // Rows that were edited while we read have left the CRM's window for a later one; they are few,
    // and reading them is cheap.
    await readLater(context, stream, untilMs);
    both = await count();
  }
  while (both.crm !== both.ours && Math.max(both.crm, both.ours) > REREAD_ROWS) {
    const middleMs = await middleStamp(store, connectionId, stream.object, fromMs, untilMs);
    if (middleMs === null) break;
    untilMs = middleMs;
    both = await count();
  }
  if (both.crm !== both.ours) {
    await reread(context, stream, fromMs, untilMs, both.crm);
    both = await count();
  }
  const receipt: Receipt = {
    object: stream.object,
    fromMs: asRead?.fromMs ?? fromMs,
    untilMs,
    ourCount: both.ours,
    crmCount: both.crm,
    verified: both.ours === both.crm,
    checkedMs: context.nowMs(),
    runId: context.runId,
  };
  await store.batch([
    ...saveReceipt(store, connectionId, receipt),
    ...(receipt.verified
      ? saveCursor(store, connectionId, { ...cursor, verifiedMs: untilMs })
      : []),
  ]);
  return receipt;
}

/** Rows that live before a moment, by the CRM's COUNT when the run began. */
export interface CountedRows {
  untilMs: number;
  rows: number;
}

interface Counted {
  ours: number;
  crm: number;
}

const countBoth = async (
  { store, session, connectionId }: RunContext,
  { object, where, includeDeleted }: StreamSpec,
  fromMs: number,
  untilMs: number,
): Promise<Counted> => ({
  crm: await session.count({
    object,
    where,
    range: { kind: 'changed', fromMs, untilMs },
    includeDeleted,
  }),
  ours: await countLocal(store, connectionId, object, fromMs, untilMs),
});

/**
 * The window as the pass itself counted it, and more where the pass read more, where the CRM said so
 * with the rows or when the run began, and we hold as many.
 */
async function asPassed(
  context: RunContext,
  stream: StreamSpec,
  passed: WindowRows | null,
  counted: CountedRows | null,
  window: { fromMs: number; untilMs: number },
): Promise<{ counted: Counted; fromMs: number; untilMs: number } | null> {
  const { untilMs } = window;
  if (passed === null || passed.fromMs > window.fromMs || passed.untilMs !== untilMs) return null;
  const { store, connectionId } = context;
  const { fromMs } = passed;
  const ours = await countLocal(store, connectionId, stream.object, fromMs, untilMs);
  const when = (crm: number) => (crm === ours ? { counted: { crm, ours }, fromMs, untilMs } : null);
  if (passed.confirmed === true || passed.read === passed.total) return when(passed.rows);
  if (passed.confirmed !== 'gone') return null;
  // Of the gone there is no count but the pass; the living are counted.
  const begun =
    fromMs === 0 && counted?.untilMs === untilMs ? when(counted.rows + passed.gone) : null;
  if (begun !== null) return begun;
  const { object, where } = stream;
  const range = { kind: 'changed', fromMs, untilMs } as const;
  try {
    const living = await context.session.count({ object, where, range, includeDeleted: false });
    return when(living + passed.gone);
  } catch (error) {
    if (!asHeadwaterError(error).tooMuch) throw error;
    return null;
  }
}

/** The window, or as much of it as the CRM counts; null = not even a small piece. */
async function countWhatCan(
  context: RunContext,
  stream: StreamSpec,
  fromMs: number,
  endMs: number,
): Promise<{ counted: Counted; untilMs: number } | null> {
  for (let untilMs = endMs, halvings = 0; ; halvings++) {
    try {
      return { counted: await countBoth(context, stream, fromMs, untilMs), untilMs };
    } catch (error) {
      if (!asHeadwaterError(error).tooMuch) throw error;
      if (halvings === MAX_HALVINGS) return null;
      const { store, connectionId } = context;
      const middleMs = await middleStamp(store, connectionId, stream.object, fromMs, untilMs);
      if (middleMs === null) return null;
      untilMs = middleMs;
    }
  }
}

/** Brings what changed since the window's end, up to the CRM's present. */
async function readLater(context: RunContext, stream: StreamSpec, fromMs: number): Promise<void> {
  const range = {
    kind: 'changed',
    fromMs,
    untilMs: (await context.session.serverTimeMs()) + 1,
  } as const;
  await eachPage(context.session, { ...stream, range }, async (rows) => {
    const change = await changeOfPage(
      context.store,
      context.connectionId,
      context.mapping,
      stream.object,
      rows,
      context.runId,
      context,
    );
    await context.store.batch(change.statements);
  });
}

/**
 * Reads the window once more. When as many rows came as the CRM counts, what we hold of the
 * window beside them is gone.
 */
async function reread(
  context: RunContext,
  stream: StreamSpec,
  fromMs: number,
  untilMs: number,
  crmCount: number,
): Promise<void> {
  const { store, connectionId } = context;
  const met = new Set<string>();
  await eachPage(
    context.session,
    { ...stream, range: { kind: 'changed', fromMs, untilMs } },
    async (rows) => {
      for (const row of rows) met.add(row.id);
      const change = await changeOfPage(
        store,
        connectionId,
        context.mapping,
        stream.object,
        rows,
        context.runId,
        context,
      );
      await store.batch(change.statements);
    },
  );
  if (met.size === crmCount)
    await buryAbsent(
      context,
      stream,
      (await localIds(store, connectionId, stream.object, fromMs, untilMs)).filter(
        (id) => !met.has(id),
      ),
    );
}

/** Every stream's windows are closed and counted up to here; null = some stream has none yet. */
export async function verifiedThrough(context: RunContext): Promise<number | null> {
  const stamps: number[] = [];
  for (const stream of context.mapping.streams) {
    const shape = await context.session.describe(stream.object);
    // An object that is gone for now was verified as far as it was; one without stamps never is.
    if (shape !== null && shape.stampField === null) continue;
    const { verifiedMs } = await readCursor(context.store, context.connectionId, stream.object);
    if (verifiedMs === null) return null;
    stamps.push(verifiedMs);
  }
  return stamps.length === 0 ? null : Math.min(...stamps);
}
