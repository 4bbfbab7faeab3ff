import type { CrmObject } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { type Cursor, readCursor } from '../../store/cursors.ts';
import type { RunContext } from '../run/context.ts';
import { setUpMoved, unstampedOf } from './freshness.ts';

/** What a refresh reads of all rows; null = everything, as a first pass does. */
export type RefreshBy = 'values' | 'links' | null;

/**
 * How a day-old copy is brought up to date where links can be read apart: what is calculated or
 * written needs the values of all rows, which an index tells; else what changed since the day
 * before the last refresh is read once more, and the links apart (`refreshLinks`).
 * null: set-up changed values, or nothing is cheaper.
 */
export async function refreshBy(
  context: Pick<RunContext, 'session' | 'mapping' | 'store' | 'connectionId'>,
  stream: StreamSpec,
  shape: CrmObject | null,
  before: Cursor,
): Promise<RefreshBy> {
  const { session, mapping, store, connectionId } = context;
  if (session.readLinks === undefined || setUpMoved(before.shape, stream, shape)) return null;
  const of = shape?.perRecord;
  if (of?.links === true) {
    // Links come with the records that they are of, the same way.
    const records = mapping.streams.find(({ object }) => object === of.object);
    if (records === undefined) return 'values';
    const cursor = await readCursor(store, connectionId, of.object);
    return await refreshBy(context, records, await session.describe(of.object), cursor);
  }
  const written = mapping.writes.some((write) => write.object === stream.object);
  return written || stream.where.length > 0 || unstampedOf(stream, shape).calculated
    ? 'values'
    : 'links';
}
