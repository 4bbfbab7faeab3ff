import jsforce from 'jsforce';
import type * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { retried } from '../kit/backoff.ts';
import type { FailureContext } from '../kit/failure.ts';
import { readReply } from '../kit/reply.ts';
import { makeSession } from '../kit/session.ts';
import type { WireResponse } from '../kit/wire.ts';
import type { Source, Token } from './auth.ts';
import { toHeadwaterError, unreadable } from './errors.ts';
import type { Settings } from './settings.ts';
import { install, type Transport, type WireOptions } from './transport.ts';

interface Call {
  method: 'GET' | 'POST' | 'PATCH';
  /** Below `/services/data/vXX.0`, or from the root when it begins with `/services/`. */
  path: string;
  body?: unknown;
  /** In place of `body`, what is sent as it is; its type stands in `headers`. */
  text?: (token: Token) => string;
  headers?: Record<string, string>;
  /** read: may be repeated freely. write: is sent once, and a failure may have changed records. */
  effect: 'read' | 'write';
  /** For messages. */
  what: string;
}

interface Reply {
  text: string;
  headers: Record<string, string>;
}

export interface Client {
  readonly apiVersion: string;
  readonly transport: Transport;
  token(): Promise<Token>;
  /**
   * What `parse` makes of the raw answer; a transient error that it throws counts as the call's
   * own. Throws HeadwaterError only.
   */
  parsed<T>(call: Call, parse: (reply: Reply, context: FailureContext) => T): Promise<T>;
  /**
   * The JSON body, checked; an answer that does not fit is `transient`, since it is nearly always
   * one that was cut off.
   */
  json<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
}

/**
 * Calls through jsforce's connection with our own transport, session renewal and retries (jsforce's
 * differ between Node and browser builds).
 */
export function makeClient(
  settings: Settings,
  source: Source,
  deps: ConnectorDeps,
  transport: Transport,
): Client {
  const session = makeSession(source, deps, 'salesforce');
  const connection = new jsforce.Connection({
    instanceUrl: settings.instanceUrl ?? settings.loginUrl,
    version: settings.apiVersion,
    callOptions: { client: 'Headwater' },
  });
  install(connection, transport);

  async function once(call: Call, token: Token): Promise<Reply> {
    connection.accessToken = token.accessToken;
    connection.instanceUrl = token.instanceUrl;
    let seen: WireResponse | undefined;
    const options: WireOptions & { responseType: string } = {
      responseType: 'text/plain',
      onResponse: (response) => {
        seen = response;
      },
    };
    await connection.request<string>(
      {
        method: call.method,
        url: call.path.startsWith('/services/')
          ? call.path
          : `/services/data/v${settings.apiVersion}${call.path}`,
        headers: {
          accept: 'application/json',
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.text === undefined ? {} : { body: call.text(token) }),
      },
      options,
    );
    if (seen === undefined)
      throw new HeadwaterError('bug', 'jsforce did not use the connector transport.');
    return { text: seen.body, headers: seen.headers };
  }

  const contextOf = (call: Call): FailureContext => ({
    nowMs: deps.nowMs(),
    write: call.effect === 'write',
    what: call.what,
  });

  const again = async <T>(call: Call, work: () => Promise<T>): Promise<T> =>
    await retried(
      deps,
      {
        event: 'salesforce.retry',
        what: call.what,
        write: call.effect === 'write',
        toError: (thrown) => toHeadwaterError(thrown, contextOf(call)),
      },
      work,
    );

  const parsed = async <T>(
    call: Call,
    parse: (reply: Reply, context: FailureContext) => T,
  ): Promise<T> =>
    await again(call, async () => {
      const reply = await session.call(async (token) => await once(call, token));
      return parse(reply, contextOf(call));
    });

  return {
    apiVersion: settings.apiVersion,
    transport,
    token: async () =>
      await again({ method: 'GET', path: '', effect: 'read', what: 'signing in' }, session.current),
    parsed,
    json: async (call, schema) =>
      await parsed(call, ({ text }, context) =>
        readReply(text, schema, (detail) => unreadable(context, detail)),
      ),
  };
}
