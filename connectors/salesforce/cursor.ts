import * as z from 'zod';
import type { CrmObject, ReadRequest } from '../../src/model/connector.ts';
import { parseCursor } from '../kit/cursor.ts';
import { needStamp } from './columns.ts';
import { soqlInstant, soqlString } from './soql.ts';

/**
 * The last row of a page: reads go on behind it. `stampMs` is null in reads ordered by Id alone.
 */
const position = z.strictObject({ id: z.string(), stampMs: z.number().nullable() });
export type Position = z.infer<typeof position>;

const cursorSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('keys'),
    after: position.nullable(),
    total: z.number().nullable(),
    /** true: Bulk was tried and refused; low: the org has little of it left */ noBulk: z.union([
      z.boolean(),
      z.literal('low'),
    ]),
  }),
  z.strictObject({ by: z.literal('ids'), from: z.int().min(0) }),
  z.strictObject({
    by: z.literal('bulk'),
    job: z.string(),
    /** null until the first result page */ locator: z.string().nullable(),
    /** the job reads what lies behind this */ after: position.nullable(),
    total: z.number().nullable(),
    waits: z.int(),
    restarts: z.int(),
  }),
]);

/**
 * Where a read stands. It names keys, never a server-side query cursor, so any process can go on
 * from it at any time.
 */
export type Cursor = z.infer<typeof cursorSchema>;
export type BulkCursor = Extract<Cursor, { by: 'bulk' }>;
export type KeysCursor = Extract<Cursor, { by: 'keys' }>;

export function readCursor(next: string | null, request: ReadRequest): Cursor {
  if (next === null)
    return request.range.kind === 'ids'
      ? { by: 'ids', from: 0 }
      : { by: 'keys', after: null, total: null, noBulk: false };
  return parseCursor(
    'Salesforce',
    next,
    cursorSchema,
    (cursor) => (cursor.by === 'ids') === (request.range.kind === 'ids'),
  );
}

/**
 * Order of a read: a window goes by stamp, so that late changes fall behind; a whole read by Id,
 * the primary index, where no change moves a row.
 */
export const orderOf = (object: CrmObject, request: Pick<ReadRequest, 'range'>): string[] =>
  request.range.kind === 'changed' ? [needStamp(object), 'Id'] : ['Id'];

/** The condition for what lies behind a position; equal stamps are told apart by Id. */
export function behind(object: CrmObject, after: Position | null): string[] {
  if (after === null) return [];
  const id = soqlString(after.id);
  if (after.stampMs === null) return [`Id > ${id}`];
  const [stamp, at] = [needStamp(object), soqlInstant(after.stampMs)];
  return [`((${stamp} = ${at} AND Id > ${id}) OR ${stamp} > ${at})`];
}
