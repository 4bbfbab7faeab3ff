/**
 * One HTTP path for jsforce on Node and on Workers: the platform's own fetch. jsforce's Node build uses undici (which workerd refuses and
 * tests cannot see) and its browser build never settles when a connection fails. Nothing is retried here: the caller knows what may be repeated.
 */
import { Duplex } from 'node:stream';
import type { Connection } from 'jsforce';
import { errorWithoutSecrets, secretsOfRequest, withoutSecrets } from '../../src/model/redact.ts';

export interface WireRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}
export interface WireResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}
/** Passed by `client.ts` through jsforce, which hides response headers otherwise. */
export interface WireOptions {
  onResponse?: (response: WireResponse) => void;
}

/** The server answered, and not with 2xx. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  constructor(response: WireResponse) {
    super(`HTTP ${response.statusCode}`);
    this.status = response.statusCode;
    this.headers = response.headers;
    this.body = response.body;
  }
}

/** No whole answer came: refused, reset, timed out, cut. `sent` is false only where the request surely never left. */
export class NetworkFailure extends Error {
  readonly sent: boolean;
  readonly timedOut: boolean;
  constructor(cause: unknown) {
    const code = causeCode(cause);
    super(
      cause instanceof Error ? [cause.message, code].filter(Boolean).join(' ') : String(cause),
      { cause },
    );
    this.timedOut = cause instanceof Error && cause.name === 'TimeoutError';
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

export interface TransportReadings {
  calls: number;
  usedCalls: number | null;
  limitCalls: number | null;
  limitReadAtMs: number | null;
}

export interface Transport {
  /** What jsforce calls (`connection.js`, `http-api.js`): a promise that also has `stream()`. */
  httpRequest(
    request: WireRequest,
    options?: WireOptions,
  ): Promise<WireResponse> & { stream(): Duplex };
  /** The same without jsforce's stream. Throws HttpFailure or NetworkFailure. */
  send(request: WireRequest): Promise<WireResponse>;
  readonly readings: TransportReadings;
}

/** `api-usage=18/15000`, alone or followed by `; per-app-api-usage=17/250(appName=x)`; null when there is no such part. */
export function parseLimitInfo(header: string | undefined): { used: number; limit: number } | null {
  const match = /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match ? { used: Number(match[1]), limit: Number(match[2]) } : null;
}

export function makeTransport(options: {
  fetch: typeof fetch;
  timeoutMs: number;
  nowMs: () => number;
}): Transport {
  // A fetch called as a method throws "Illegal invocation" in workerd.
  const { fetch: platformFetch } = options;
  const doFetch: typeof fetch = (input, init) => platformFetch(input, init);
  const readings: TransportReadings = {
    calls: 0,
    usedCalls: null,
    limitCalls: null,
    limitReadAtMs: null,
  };

  async function send(request: WireRequest): Promise<WireResponse> {
    // Token calls do not count against the org's API allocation.
    if (!new URL(request.url).pathname.startsWith('/services/oauth2/')) readings.calls++;
    const response = await exchange(doFetch, request, options.timeoutMs);
    const usage = parseLimitInfo(response.headers['sforce-limit-info']);
    if (usage)
      Object.assign(readings, {
        usedCalls: usage.used,
        limitCalls: usage.limit,
        limitReadAtMs: options.nowMs(),
      });
    if (response.statusCode < 200 || response.statusCode > 299)
      throw new HttpFailure({ ...response, ...quotable(response, secretsOfRequest(request)) });
    return response;
  }

  return {
    readings,
    send,
    httpRequest(request, wireOptions = {}) {
      const stream = emptyStream();
      const promise = send(request).then((response) => {
        wireOptions.onResponse?.(response);
        return response;
      });
      return Object.assign(promise, { stream: () => stream });
    },
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
    if (response.status >= 300 && response.status < 400 && response.status !== 300) {
      await response.body?.cancel(); // an unread body keeps one of a Worker's six connections
      return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: '',
      };
    }
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (error) {
    throw new NetworkFailure(errorWithoutSecrets(error, secretsOfRequest(request)));
  }
}

/** jsforce wires up a stream beside every promise; ours carries nothing, since no call of the connector streams. */
function emptyStream(): Duplex {
  const stream = new Duplex({
    read() {
      this.push(null);
    },
    write(_chunk, _encoding, done) {
      done();
    },
  });
  stream.on('error', () => {});
  return stream;
}

/** Puts the transport in jsforce's place for it: underscore-named, public in its types; `transport.test.ts` fails when jsforce stops using it. */
export function install(connection: Connection, transport: Transport): void {
  connection._transport = transport as unknown as Connection['_transport'];
  connection.oauth2._transport = connection._transport;
}
