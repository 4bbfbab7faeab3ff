import type { Operations } from './operations.gen.ts';
import { readJson } from './plain-text.ts';

type Answer<Of extends keyof Operations> = Operations[Of]['answer'];
type Paths<Method extends string> = {
  [Of in keyof Operations]: Of extends `${Method} ${infer Path}` ? Path : never;
}[keyof Operations];

/** What the API answered instead of what was wanted, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly cure: string | null;
  constructor(status: number, body: { code: string; message: string; cure: string | null }) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.cure = body.cure;
  }
}

/** Answers by address with their marks: what has not changed is not sent again. */
const held = new Map<string, { etag: string; body: unknown }>();
const MOST_HELD = 200;

type Values = Record<string, string | number | undefined>;

function addressOf(path: string, params: Values, query: Values): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') asked.set(name, String(value));
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}

/** A proxy in between may answer with anything. */
const attempt = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return null;
  }
};

async function ask(
  method: string,
  address: string,
  body?: unknown,
  seen?: string,
): Promise<unknown> {
  const known = method === 'GET' ? held.get(address) : undefined;
  const response = await fetch(address, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, {
      code: 'OFFLINE',
      message: 'Headwater cannot be reached.',
      cure: 'Check that it is running and that you are online.',
    });
  });
  if (response.status === 304 && known !== undefined) return known.body;
  const text = await response.text();
  const answer = attempt(() => readJson(text)) as Record<string, unknown> | null;
  if (!response.ok)
    throw new ApiError(
      response.status,
      (answer?.['error'] as ApiError | undefined) ?? {
        ...{ code: 'HTTP', message: `The answer was ${response.status}.`, cure: null },
      },
    );
  const etag = response.headers.get('etag');
  if (etag !== null) {
    if (held.size >= MOST_HELD) held.clear();
    held.set(address, { etag, body: answer });
  }
  return answer;
}

type Query<Of extends keyof Operations> = {
  [Name in keyof Operations[Of]['query']]?: Operations[Of]['query'][Name];
};

export const get = async <Path extends Paths<'get'>>(
  path: Path,
  params: Values = {},
  query: Query<`get ${Path}`> = {},
): Promise<Answer<`get ${Path}`>> =>
  (await ask('GET', addressOf(path, params, query as Values))) as Answer<`get ${Path}`>;

/** `seen`: the version that the request goes out from, where it may be overtaken. */
export const post = async <Path extends Paths<'post'>>(
  path: Path,
  params: Values,
  body: Partial<Operations[`post ${Path}`]['body']>,
  seen?: string,
): Promise<Answer<`post ${Path}`>> =>
  (await ask('POST', addressOf(path, params, {}), body, seen)) as Answer<`post ${Path}`>;

export const put = async <Path extends Paths<'put'>>(
  path: Path,
  params: Values,
  body: Partial<Operations[`put ${Path}`]['body']>,
  seen: string,
): Promise<Answer<`put ${Path}`>> =>
  (await ask('PUT', addressOf(path, params, {}), body, seen)) as Answer<`put ${Path}`>;

export const signOut = async (): Promise<void> => {
  held.clear();
  await ask('DELETE', '/v1/session');
};

export type Answered<Of extends keyof Operations> = Answer<Of>;
export type AnswerOf<Path extends Paths<'get'>> = Answer<`get ${Path}`>;
