import * as z from 'zod';
import type { ReadRequest } from '../../src/model/connector.ts';
import { parseCursor } from '../kit/cursor.ts';
import type { MemoryRecord } from './crm-types.ts';

/**
 * The last row of a page: the read goes on behind it. Keys, never a position: rows that come, go or
 * move meanwhile shift nothing.
 */
const cursorSchema = z.strictObject({
  /** null in reads ordered by id alone */ stampMs: z.number().nullable(),
  id: z.string(),
});
export type Cursor = z.infer<typeof cursorSchema>;

export function readCursor(
  next: string | null,
  request: Pick<ReadRequest, 'range'>,
): Cursor | null {
  if (next === null) return null;
  return parseCursor(
    'memory',
    next,
    cursorSchema,
    (cursor) => (cursor.stampMs !== null) === (request.range.kind === 'changed'),
  );
}

/**
 * A window goes by stamp, equal stamps by id, so that what changes meanwhile falls behind the
 * reader; all else by id alone, where no change moves a row.
 */
export const cursorOf = (request: Pick<ReadRequest, 'range'>, record: MemoryRecord): Cursor => ({
  stampMs: request.range.kind === 'changed' ? record.stampMs : null,
  id: record.id,
});

export function compareCursors(a: Cursor, b: Cursor): number {
  const byStamp = (a.stampMs ?? 0) - (b.stampMs ?? 0);
  return byStamp !== 0 ? byStamp : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
