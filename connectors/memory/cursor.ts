import { z } from 'zod';
import type { ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type { MemoryRecord } from './crm-types.ts';

/** The last row of a page: the read goes on behind it. Keys, never a position: rows that come, go or move meanwhile shift nothing. */
const cursorSchema = z.strictObject({
  /** null in reads ordered by id alone */ stampMs: z.number().nullable(),
  id: z.string(),
});
export type Cursor = z.infer<typeof cursorSchema>;

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

export function readCursor(
  next: string | null,
  request: Pick<ReadRequest, 'range'>,
): Cursor | null {
  if (next === null) return null;
  let body: unknown;
  try {
    body = JSON.parse(next);
  } catch {
    body = null;
  }
  const parsed = cursorSchema.safeParse(body);
  if (!parsed.success || (parsed.data.stampMs !== null) !== (request.range.kind === 'changed')) {
    throw new HeadwaterError(
      'bug',
      'The text to go on from is not one that the memory connector gave for this request.',
      { code: 'CURSOR' },
    );
  }
  return parsed.data;
}

/** A window goes by stamp, equal stamps by id, so that what changes meanwhile falls behind the reader; all else by id alone, where no change moves a row. */
export const cursorOf = (request: Pick<ReadRequest, 'range'>, record: MemoryRecord): Cursor => ({
  stampMs: request.range.kind === 'changed' ? record.stampMs : null,
  id: record.id,
});

export function compareCursors(a: Cursor, b: Cursor): number {
  const byStamp = (a.stampMs ?? 0) - (b.stampMs ?? 0);
  return byStamp !== 0 ? byStamp : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
