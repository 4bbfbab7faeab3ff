/**
 * The kit's HTTP path in jsforce's place for its own: jsforce's Node build uses undici (which
 * workerd refuses and tests cannot see), and its browser build never settles when a connection
 * fails.
 */
import { Duplex } from 'node:stream';
import type { Connection } from 'jsforce';
import { makeSend, type Send, type WireRequest, type WireResponse } from '../kit/wire.ts';

/** An answer as jsforce wants it. */
interface JsforceResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}
/** Passed by `client.ts` through jsforce, which hides response headers otherwise. */
export interface WireOptions {
  onResponse?: (response: WireResponse) => void;
}

interface TransportReadings {
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
  ): Promise<JsforceResponse> & { stream(): Duplex };
  /** The same without jsforce's stream. Throws HttpFailure or NetworkFailure. */
  send: Send;
  readonly readings: TransportReadings;
}

/**
 * `api-usage=18/15000`, alone or followed by `; per-app-api-usage=17/250(appName=x)`; null when
 * there is no such part.
 */
export function parseLimitInfo(header: string | undefined): { used: number; limit: number } | null {
  const match = /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match ? { used: Number(match[1]), limit: Number(match[2]) } : null;
}

export function makeTransport(options: {
  fetch: typeof fetch;
  timeoutMs: number;
  nowMs: () => number;
}): Transport {
  const readings: TransportReadings = {
    calls: 0,
    usedCalls: null,
    limitCalls: null,
    limitReadAtMs: null,
  };

  const send = makeSend({
    ...options,
    // Token calls do not count against the org's API allocation.
    tokenPath: '/services/oauth2/',
    onCall: () => readings.calls++,
    onHeaders(headers) {
      const usage = parseLimitInfo(headers['sforce-limit-info']);
      if (usage)
        Object.assign(readings, {
          usedCalls: usage.used,
          limitCalls: usage.limit,
          limitReadAtMs: options.nowMs(),
        });
    },
  });

  return {
    readings,
    send,
    httpRequest(request, wireOptions = {}) {
      const stream = emptyStream();
      const promise = send(request).then((response) => {
        wireOptions.onResponse?.(response);
        const { status, headers, body } = response;
        return { statusCode: status, headers, body };
      });
      return Object.assign(promise, { stream: () => stream });
    },
  };
}

/**
 * jsforce wires up a stream beside every promise; ours carries nothing, since no call of the
 * connector streams.
 */
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

/**
 * Puts the transport in jsforce's place for it: underscore-named, public in its types;
 * `transport.test.ts` fails when jsforce stops using it.
 */
export function install(connection: Connection, transport: Transport): void {
  connection._transport = transport as unknown as Connection['_transport'];
  connection.oauth2._transport = connection._transport;
}
