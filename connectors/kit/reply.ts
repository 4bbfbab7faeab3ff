import type * as z from 'zod';
import type { HeadwaterError } from '../../src/model/error.ts';

/** null where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A JSON body, checked; `unreadable` makes the error of one that is not what the call returns. */
export function readReply<T>(
  text: string,
  schema: z.ZodType<T>,
  unreadable: (detail: string) => HeadwaterError,
): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw unreadable(/^\s*</.test(text) ? 'a web page instead of data' : 'the JSON is cut off');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'unexpected shape'}`.trim());
}
