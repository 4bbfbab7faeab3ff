import * as z from 'zod';
import type { ReadRange } from '../../src/model/connector.ts';
import { parseCursor } from '../kit/cursor.ts';

const cursorSchema = z.discriminatedUnion('by', [
  // A text of an earlier version has no `afterId`: its window is read on from the stamp that it had
  // come to.
  z.object({
    by: z.literal('search'),
    /** where the window begins */ fromMs: z.number(),
    /** every record of the window up to this number has been read */ afterId: z
      .string()
      .nullable()
      .default(null),
    total: z.number().nullable(),
  }),
  z.strictObject({ by: z.literal('list'), after: z.string().nullable() }),
  z.strictObject({ by: z.literal('archived'), after: z.string().nullable() }),
  z.strictObject({ by: z.literal('ids'), from: z.int().min(0) }),
]);

/**
 * Where a read stands. It names keys, never a place in a result that moves, so any process can go
 * on from it at any time.
 */
export type Cursor = z.infer<typeof cursorSchema>;
export type SearchCursor = Extract<Cursor, { by: 'search' }>;

const STARTS: Record<ReadRange['kind'], Cursor['by'][]> = {
  all: ['list', 'search', 'archived'],
  changed: ['search', 'archived'],
  ids: ['ids'],
};

export function readCursor(next: string | null, range: ReadRange): Cursor {
  if (next === null) {
    return range.kind === 'ids'
      ? { by: 'ids', from: 0 }
      : range.kind === 'changed'
        ? { by: 'search', fromMs: range.fromMs, afterId: null, total: null }
        : range.kind === 'all' && range.cheaply === true
          ? { by: 'search', fromMs: 0, afterId: null, total: null }
          : { by: 'list', after: null };
  }
  return parseCursor('HubSpot', next, cursorSchema, (cursor) =>
    STARTS[range.kind].includes(cursor.by),
  );
}
