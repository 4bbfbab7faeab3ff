import type * as z from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';
import { parseJson } from './reply.ts';

export const writeCursor = <Cursor extends object>(cursor: Cursor): string =>
  JSON.stringify(cursor);

/** A place to go on from, as it was given for this very kind of request; any other is a `bug`. */
export function parseCursor<T>(
  connector: string,
  next: string,
  schema: z.ZodType<T>,
  belongs: (cursor: T) => boolean,
): T {
  const parsed = schema.safeParse(parseJson(next));
  if (parsed.success && belongs(parsed.data)) return parsed.data;
  throw new HeadwaterError(
    'bug',
    `The text to go on from is not one that the ${connector} connector gave for this request.`,
    { code: 'CURSOR' },
  );
}
