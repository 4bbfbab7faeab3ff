import jsforce from 'jsforce';
import type { z } from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type { Token, TokenSource } from './auth.ts';
import { mostTries, toHeadwaterError, unreadable, type FailureContext } from './errors.ts';
import type { Settings } from './settings.ts';
import {
  HttpFailure,
  install,
  type Transport,
  type WireOptions,
  type WireResponse,
} from './transport.ts';

/** With these waits and the tries of `mostTries` a short outage of about ten seconds is bridged. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

export interface Call {
  method: 'GET' | 'POST' | 'PATCH';
  /** Below `/services/data/vXX.0`, or from the root when it begins with `/services/`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** read: may be repeated freely. write: is sent once, and a failure may have changed records. */
  effect: 'read' | 'write';
  /** For messages. */
  what: string;
}

export interface Reply {
  text: string;
  headers: Record<string, string>;
}

export interface Client {
  readonly apiVersion: string;
  readonly transport: Transport;
  token(): Promise<Token>;
  /** What `parse` makes of the raw answer; a transient error that it throws counts as the call's own. Throws HeadwaterError only. */
  parsed<T>(call: Call, parse: (reply: Reply) => T): Promise<T>;
  /** The JSON body, checked; an answer that does not fit is `transient`, since it is nearly always one that was cut off. */
  json<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
}

/** Calls through jsforce's connection with our own transport, session renewal and retries (jsforce's differ between Node and browser builds). */
export function makeClient(
  settings: Settings,
  source: TokenSource,
  deps: ConnectorDeps,
  transport: Transport,
): Client {
  const session = makeSession(source, deps);
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
      },
      options,
    );
    if (seen === undefined)
      throw new HeadwaterError('bug', 'jsforce did not use the connector transport.');
    return { text: seen.body, headers: seen.headers };
  }

  async function attempt(call: Call): Promise<Reply> {
    const token = await session.current();
    try {
      return await once(call, token);
    } catch (error) {
      // A 401 was refused before anything happened, so even a write may go again, once.
      if (!(error instanceof HttpFailure) || error.status !== 401 || !source.renewable) throw error;
      return await once(call, await session.renew(token));
    }
  }

  async function parsed<T>(
    call: Call,
    parse: (reply: Reply, context: FailureContext) => T,
  ): Promise<T> {
    return await retried(call, deps, async () => parse(await attempt(call), contextOf(call, deps)));
  }

  return {
    apiVersion: settings.apiVersion,
    transport,
    token: async () =>
      await retried(
        { method: 'GET', path: '', effect: 'read', what: 'signing in' },
        deps,
        session.current,
      ),
    parsed,
    json: async (call, schema) =>
      await parsed(call, (reply, context) => parseReply(reply.text, schema, context)),
  };
}

const contextOf = (call: Call, deps: ConnectorDeps): FailureContext => ({
  nowMs: deps.nowMs(),
  write: call.effect === 'write',
  what: call.what,
});

function parseReply<T>(text: string, schema: z.ZodType<T>, context: FailureContext): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw unreadable(
      context,
      /^\s*</.test(text) ? 'a web page instead of data' : 'the JSON is cut off',
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(
    context,
    `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'unexpected shape'}`.trim(),
  );
}

/** Bounded backoff with jitter for what may be repeated; a write goes out once. */
async function retried<T>(call: Call, deps: ConnectorDeps, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const error = toHeadwaterError(thrown, contextOf(call, deps));
      const again =
        error.kind === 'transient' && call.effect === 'read' && tries < mostTries(error);
      if (!again) throw error;
      const waitMs =
        Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + deps.random() / 2);
      deps.log('salesforce.retry', {
        what: call.what,
        code: error.code,
        tries,
        waitMs: Math.round(waitMs),
      });
      await deps.sleep(waitMs);
    }
  }
}

interface Session {
  current(): Promise<Token>;
  renew(stale: Token): Promise<Token>;
}

/** One token for all calls; parallel calls that find it expired share one renewal, since a rotated refresh token works only once. */
function makeSession(source: TokenSource, deps: ConnectorDeps): Session {
  let token: Token | null = null;
  let pending: Promise<Token> | null = null;
  async function obtain(): Promise<Token> {
    pending ??= source
      .obtain()
      .then((fresh) => {
        token = fresh;
        return fresh;
      })
      .finally(() => {
        pending = null;
      });
    return await pending;
  }
  return {
    current: async () => token ?? (await obtain()),
    async renew(stale) {
      if (token !== null && token !== stale && pending === null) return token;
      deps.log('salesforce.session.renew');
      return await obtain();
    },
  };
}
