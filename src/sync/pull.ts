import type { ReadRange } from '../model/connector.ts';
import type { StreamSpec } from '../model/mapping.ts';
import { readCursor, saveCursor, type Cursor } from '../store/cursors.ts';
import { changeOfPage } from './commit.ts';
import type { RunContext } from './context.ts';

/** Rows committed late carry an older stamp than rows already seen; the platform ends transactions after ten minutes. */
export const OVERLAP_MS = 10 * 60_000;

export interface PullResult { object: string; mode: 'full' | 'changes' | 'resumed'; read: number; changed: number; rejected: number; transport: string }

/**
 * The fast pass over one stream, page by page; each page, what it maps to and the place to go on from are committed together,
 * so a crash costs at most one page. A field the local copy lacks makes the pass a full one (its back-fill).
 */
export async function pullStream(context: RunContext, stream: StreamSpec, full: boolean): Promise<PullResult> {
  const { store, session, connectionId, mapping } = context;
  const shape = await session.describe(stream.object);
  const before = await readCursor(store, connectionId, stream.object);
  const newField = stream.fields.some((field) => !before.fields.includes(field));
  const resumable = before.passUntilMs !== null && !newField && !full;
  const windowed = shape?.stampField != null && before.throughMs !== null && !full && !newField;
  const cursor: Cursor = resumable ? before : {
    ...before, fields: stream.fields, passNext: null, passUntilMs: context.asOfMs,
    passFromMs: windowed ? before.throughMs! - OVERLAP_MS : null,
  };
  const range: ReadRange = cursor.passFromMs === null ? { kind: 'all' } : { kind: 'changed', fromMs: cursor.passFromMs, untilMs: cursor.passUntilMs! };
  const result: PullResult = { object: stream.object, mode: resumable ? 'resumed' : windowed ? 'changes' : 'full', read: 0, changed: 0, rejected: 0, transport: 'none' };
  // Written before the first page too, so that a new process finds the same window.
  await store.batch(saveCursor(store, connectionId, cursor));
  for (let next = cursor.passNext, first = true; first || next !== null; first = false) {
    const page = await session.read({ ...stream, range }, next);
    const change = await changeOfPage(store, connectionId, mapping, stream.object, page.rows, context.runId, context.nowMs());
    const after: Cursor = page.next !== null
      ? { ...cursor, passNext: page.next }
      : { ...cursor, throughMs: cursor.passUntilMs, passFromMs: null, passUntilMs: null, passNext: null };
    await store.batch([...change.statements, ...saveCursor(store, connectionId, after)]);
    next = page.next;
    result.read += page.rows.length;
    result.changed += change.changed;
    result.rejected += change.rejected;
    result.transport = page.transport;
    context.progress({ kind: 'rows', step: `pull ${stream.object}`, object: stream.object, rows: result.read, changed: result.changed, totalRows: page.totalRows });
  }
  return result;
}
