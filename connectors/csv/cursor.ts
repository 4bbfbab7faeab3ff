import * as z from 'zod';
import type { ReadRequest } from '../../src/model/connector.ts';
import { parseCursor } from '../kit/cursor.ts';

const cursorSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('row'),
    /** data rows behind us */ row: z.int().min(0),
    /** of the file that they were counted in */ version: z.string(),
  }),
  z.strictObject({ by: z.literal('ids'), from: z.int().min(0) }),
]);

/**
 * Where a read stands: a place in one version of a file. In another version the read begins again,
 * since rows may have moved: twice is well, not at all is not.
 */
export type Cursor = z.infer<typeof cursorSchema>;

export function readCursor(
  next: string | null,
  request: Pick<ReadRequest, 'range'>,
  version: string,
): Cursor {
  const ids = request.range.kind === 'ids';
  const start: Cursor = ids ? { by: 'ids', from: 0 } : { by: 'row', row: 0, version };
  if (next === null) return start;
  const cursor = parseCursor('CSV', next, cursorSchema, (cursor) => (cursor.by === 'ids') === ids);
  return cursor.by === 'row' && cursor.version !== version ? start : cursor;
}
