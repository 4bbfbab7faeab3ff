import { z } from 'zod';
import type { ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';

const cursorSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('row'),
    /** data rows behind us */ row: z.int().min(0),
    /** of the file that they were counted in */ version: z.string(),
  }),
  z.strictObject({ by: z.literal('ids'), from: z.int().min(0) }),
]);

/** Where a read stands: a place in one version of a file. In another version the read begins again, since rows may have moved: twice is well, not at all is not. */
export type Cursor = z.infer<typeof cursorSchema>;

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

export function readCursor(
  next: string | null,
  request: Pick<ReadRequest, 'range'>,
  version: string,
): Cursor {
  const ids = request.range.kind === 'ids';
  const start: Cursor = ids ? { by: 'ids', from: 0 } : { by: 'row', row: 0, version };
  if (next === null) return start;
  let body: unknown;
  try {
    body = JSON.parse(next);
  } catch {
    body = null;
  }
  const parsed = cursorSchema.safeParse(body);
  if (!parsed.success || (parsed.data.by === 'ids') !== ids)
    throw new HeadwaterError(
      'bug',
      'The text to go on from is not one that the CSV connector gave for this request.',
      { code: 'CURSOR' },
    );
  return parsed.data.by === 'row' && parsed.data.version !== version ? start : parsed.data;
}
