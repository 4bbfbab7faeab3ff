import type { ReadPage } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Cursor } from '../../store/cursors.ts';
import type { Statement } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';
import { changeOfPage } from './commit.ts';
import {
  endedPass,
  type Freshness,
  freshnessOf,
  linksUnread,
  type Unstamped,
  unstampedOf,
} from './freshness.ts';
import { BESIDE, type Pass, type PassMode } from './pass.ts';
import { beginTally, NO_TALLY, tallied, type Tally } from './tally.ts';

/** What one step of a pass brought of one stream. */
export interface Brought extends Freshness {
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

/** One stream of a pull step, while it is read. */
export interface Reading {
  stream: StreamSpec;
  cursor: Cursor;
  unstamped: Unstamped;
  result: Brought;
}

/** What a dead process read of the pass it cannot say any more. */
export async function beginReading(
  context: RunContext,
  stream: StreamSpec,
  { cursor, mode }: Pass,
  previous: Brought | null,
): Promise<Reading> {
  const shape = await context.session.describe(stream.object);
  const fresh = previous === null && mode !== 'resumed';
  return {
    stream,
    cursor,
    unstamped: unstampedOf(stream, shape),
    result: {
      mode,
      read: 0,
      changed: 0,
      rejected: 0,
      left: 0,
      transport: 'none',
      tally: fresh
        ? await beginTally(context, stream, shape, cursor)
        : (previous?.tally ?? NO_TALLY),
      linksUnread: previous?.linksUnread ?? (mode === 'resumed' && cursor.passNext !== null),
      ...freshnessOf(cursor),
      done: false,
    },
  };
}

/** Takes one page into the result, and gives what is to be committed with it. */
export async function takePage(
  context: RunContext,
  { stream, unstamped, result }: Reading,
  page: Omit<ReadPage, 'next'>,
): Promise<Statement[]> {
  const change = await changeOfPage(
    context.store,
    context.connectionId,
    context.mapping,
    stream.object,
    page.rows,
    context.runId,
    context,
  );
  const { tally, statements } = tallied(context, stream, result.tally, page);
  result.linksUnread ||= page.rows.some((row) => linksUnread(row, stream, unstamped.linked));
  result.tally = tally;
  result.read += page.rows.length;
  result.changed += change.changed;
  result.rejected += change.rejected;
  result.transport = page.transport;
  if (page.slower !== undefined) result.slower = page.slower;
  return [...change.statements, ...statements];
}

/** Where the pass stands after a page; `next` null: it has ended, which the result says too. */
export function cursorAfter({ cursor, unstamped, result }: Reading, next: string | null): Cursor {
  if (next !== null) return { ...cursor, passNext: cursor.passNext === BESIDE ? BESIDE : next };
  const ended = endedPass(cursor, unstamped, result.linksUnread);
  Object.assign(result, { done: true, ...freshnessOf(ended) });
  return ended;
}
