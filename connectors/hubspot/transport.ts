/** One HTTP path on Node and on Workers: the platform's own fetch. Nothing is retried here: the caller knows what may be repeated. */

import { errorWithoutSecrets, secretsOfRequest, withoutSecrets } from '../../src/model/redact.ts';

export interface WireRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
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

/** What the answers told on the way. Daily numbers come with private apps and service keys only. */
export interface TransportReadings {
  calls: number;
  dailyLimit: number | null;
  dailyRemaining: number | null;
  dailyReadAtMs: number | null;
  /** Calls allowed in ten seconds. */
  burstLimit: number | null;
  /** The Date header of the last answer, epoch ms. */
  serverMs: number | null;
}

export interface Transport {
  /** Throws HttpFailure or NetworkFailure. */
  send(request: WireRequest): Promise<WireResponse>;
  readonly readings: TransportReadings;
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
    dailyLimit: null,
    dailyRemaining: null,
    dailyReadAtMs: null,
    burstLimit: null,
    serverMs: null,
  };

  function note(headers: Record<string, string>): void {
    const number = (name: string): number | null =>
      /^\d+$/.test(headers[name] ?? '') ? Number(headers[name]) : null;
    const [limit, remaining] = [
      number('x-hubspot-ratelimit-daily'),
      number('x-hubspot-ratelimit-daily-remaining'),
    ];
    if (limit !== null && remaining !== null)
      Object.assign(readings, {
        dailyLimit: limit,
        dailyRemaining: remaining,
        dailyReadAtMs: options.nowMs(),
      });
    if (number('x-hubspot-ratelimit-interval-milliseconds') === 10_000)
      readings.burstLimit = number('x-hubspot-ratelimit-max') ?? readings.burstLimit;
    const date = Date.parse(headers['date'] ?? '');
    readings.serverMs = Number.isNaN(date) ? null : date;
  }

  return {
    readings,
    async send(request) {
      // Token calls count against no limit of the portal.
      if (!new URL(request.url).pathname.startsWith('/oauth/')) readings.calls++;
      const response = await exchange(doFetch, request, options.timeoutMs);
      note(response.headers);
      if (response.status < 200 || response.status > 299)
        throw new HttpFailure({ ...response, ...quotable(response, secretsOfRequest(request)) });
      return response;
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
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await doFetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (error) {
    throw new NetworkFailure(errorWithoutSecrets(error, secretsOfRequest(request)));
  }
}
