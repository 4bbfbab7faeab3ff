/**
 * One HTTP path on Node and on Workers: the platform's own fetch.
 * Nothing is retried here: the caller knows what may be repeated.
 */
import { errorWithoutSecrets, secretsOfRequest, withoutSecrets } from '../../src/model/redact.ts';

export interface WireRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}
export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The server answered, and not with 2xx. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  constructor(response: WireResponse) {
    super(`HTTP ${response.status}`);
    this.status = response.status;
    this.headers = response.headers;
    this.body = response.body;
  }
}

/**
 * No whole answer came: refused, reset, timed out, cut.
 * `sent` is false only where the request surely never left.
 */
export class NetworkFailure extends Error {
  readonly sent: boolean;
  readonly timedOut: boolean;
  /** Node's code for what went wrong, such as ENOTFOUND. */
  readonly code: string | null;
  constructor(cause: unknown) {
    const code = causeCode(cause);
    super(
      cause instanceof Error ? [cause.message, code].filter(Boolean).join(' ') : String(cause),
      { cause },
    );
    this.timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    this.code = code ?? null;
    this.sent = !NEVER_SENT.has(code ?? '');
  }
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function causeCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

export interface WireOptions {
  fetch: typeof fetch;
  timeoutMs: number;
  /** Beginning of the paths that issue tokens, whose calls count against no limit. */
  tokenPath: string;
  /** A call that counts is about to leave. */
  onCall: () => void;
  /** What an answer's headers tell, whatever its status. */
  onHeaders: (headers: Record<string, string>) => void;
}

/** Sends one request; throws HttpFailure or NetworkFailure. */
export type Send = (request: WireRequest) => Promise<WireResponse>;

export function makeSend(options: WireOptions): Send {
  // A fetch called as a method throws "Illegal invocation" in workerd.
  const { fetch: platformFetch } = options;
  const doFetch: typeof fetch = (input, init) => platformFetch(input, init);
  return async (request) => {
    if (!new URL(request.url).pathname.startsWith(options.tokenPath)) options.onCall();
    const response = await exchange(doFetch, request, options.timeoutMs);
    options.onHeaders(response.headers);
    if (response.status < 200 || response.status > 299)
      throw new HttpFailure({ ...response, ...quotable(response, secretsOfRequest(request)) });
    return response;
  };
}

/** What an error may hold of an answer: proxies echo the request's credentials. */
const quotable = (
  { headers, body }: WireResponse,
  secrets: string[],
): Pick<WireResponse, 'headers' | 'body'> => ({
  body: withoutSecrets(body, secrets),
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutSecrets(value, secrets)]),
  ),
});

const isRedirect = (status: number): boolean => status > 300 && status < 400;

async function exchange(
  doFetch: typeof fetch,
  request: WireRequest,
  timeoutMs: number,
): Promise<WireResponse> {
  // fetch works the length out itself and refuses to be told.
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(
      ([name]) => name.toLowerCase() !== 'content-length',
    ),
  );
  const body =
    request.method === 'GET' || request.body === undefined || request.body === null
      ? undefined
      : String(request.body);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await doFetch(request.url, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body }),
    });
    // What a redirect says is nothing; left unread it would keep one of a Worker's six connections.
    if (isRedirect(response.status)) await response.body?.cancel();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: isRedirect(response.status) ? '' : await response.text(),
    };
  } catch (error) {
    throw new NetworkFailure(errorWithoutSecrets(error, secretsOfRequest(request)));
  }
}
