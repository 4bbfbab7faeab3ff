import { Problem } from './problem.ts';

/**
 * The body as text, read no further than `limit` bytes whatever the header claims. Errors: 413, 400
 * for bytes that are no UTF-8.
 */
export async function boundedText(request: Request, limit: number): Promise<string> {
  const tooLarge = (): Problem =>
    new Problem(413, 'TOO_LARGE', `the body is larger than ${limit} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  if (request.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reader = request.body.getReader();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > limit) throw tooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error instanceof TypeError
      ? new Problem(400, 'ENCODING', 'the body is not UTF-8 text')
      : error;
  }
}

/** The body as JSON. */
export async function boundedJson(request: Request, limit: number): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new Problem(415, 'CONTENT_TYPE', 'the body must be application/json');
  return parseJson(await boundedText(request, limit));
}

export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, 'JSON', 'the body is not JSON');
  }
  if (isTooDeep(value))
    throw new Problem(400, 'TOO_DEEP', `the body is nested more than ${MAX_DEPTH} levels deep`);
  return value;
}

/** What we take nests ten deep at most; what checks and keeps it calls itself once a level. */
const MAX_DEPTH = 64;

function isTooDeep(value: unknown): boolean {
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [part, depth] = next;
    if (typeof part !== 'object' || part === null) continue;
    if (depth === MAX_DEPTH) return true;
    for (const inner of Object.values(part)) open.push([inner, depth + 1]);
  }
  return false;
}
