import type { z } from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { fetchAccount, type Account } from './account.ts';
import type { Token, TokenSource } from './auth.ts';
import { toHeadwaterError, unreadable, waitMs, type FailureContext } from './errors.ts';
import { makePace, type Lane } from './pace.ts';
import { wireRequest, type Build, type Requests } from './requests.ts';
import type { Settings } from './settings.ts';
import { HttpFailure, type Transport, type WireResponse } from './transport.ts';

/** With these waits a short outage of about ten seconds is bridged. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** Calls in ten seconds that every plan allows (Free and Starter), until an answer's header tells the portal's own number. */
const BURST_CALLS = 100;

export interface Call {
  build: Build;
  /** read: may be repeated freely. write: is sent once, unless HubSpot refused it before it did anything; a failure may have changed records. */
  effect: 'read' | 'write';
  /** Which limit it counts against; default `call`. */
  lane?: Lane;
  /** For messages. */
  what: string;
}

export interface Client {
  readonly settings: Settings;
  readonly requests: Requests;
  readonly transport: Transport;
  readonly deps: ConnectorDeps;
  /** The portal's zone, once known; its midnight ends a daily limit. */
  timeZone: string | null;
  token(): Promise<Token>;
  /** The portal, asked for once a session. */
  account(): Promise<Account>;
  /** The JSON body, checked; an answer that does not fit is `transient`, since it is nearly always one that was cut off. Throws HeadwaterError only. */
  json<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
}

/** Calls through the session's own queue, with token renewal and retries. */
export function makeClient(
  settings: Settings,
  source: TokenSource,
  deps: ConnectorDeps,
  transport: Transport,
  requests: Requests,
): Client {
  const session = makeSession(source, deps);
  const pace = makePace({
    burstCalls: () => settings.burstCalls ?? transport.readings.burstLimit ?? BURST_CALLS,
    searchCalls: settings.searchCalls,
    nowMs: deps.nowMs,
    sleep: deps.sleep,
  });

  async function once(call: Call, token: Token): Promise<WireResponse> {
    const request = wireRequest(await call.build(), settings, token.accessToken);
    await pace.turn(call.lane ?? 'call');
    return await transport.send(request);
  }

  async function attempt(call: Call): Promise<WireResponse> {
    const token = await session.current();
    try {
      return await once(call, token);
    } catch (error) {
      // A 401 was refused before anything happened, so even a write may go again, once: the app's tokens may have been revoked before their time.
      if (!(error instanceof HttpFailure) || error.status !== 401 || !source.renewable) throw error;
      return await once(call, await session.renew(token));
    }
  }

  const contextOf = (call: Pick<Call, 'effect' | 'what'>): FailureContext => ({
    nowMs: deps.nowMs(),
    write: call.effect === 'write',
    what: call.what,
    timeZone: client.timeZone,
  });

  async function retried<T>(
    call: Pick<Call, 'effect' | 'what'>,
    work: () => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (thrown) {
        const error = toHeadwaterError(thrown, contextOf(call));
        const wait = waitMs(error, tries, call.effect === 'write', deps.nowMs());
        if (wait === null) throw error;
        const backoff = wait.jitter
          ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + deps.random() / 2)
          : 0;
        const ms = Math.round(Math.max(wait.least, wait.least + backoff));
        deps.log('hubspot.retry', { what: call.what, code: error.code, tries, waitMs: ms });
        await deps.sleep(ms);
      }
    }
  }

  let account: Promise<Account> | null = null;
  const client: Client = {
    settings,
    requests,
    transport,
    deps,
    timeZone: null,
    token: async () => await retried({ effect: 'read', what: 'signing in' }, session.current),
    account() {
      account ??= fetchAccount(client).catch((error: unknown) => {
        account = null;
        throw error;
      });
      return account;
    },
    json: async (call, schema) =>
      await retried(call, async () =>
        parseReply((await attempt(call)).body, schema, contextOf(call)),
      ),
  };
  return client;
}

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

interface Session {
  current(): Promise<Token>;
  renew(stale: Token): Promise<Token>;
}

/** One token for all calls; parallel calls that find it at its end share one renewal. */
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
    async current() {
      if (token !== null && (token.renewAtMs === null || deps.nowMs() < token.renewAtMs))
        return token;
      if (token !== null) deps.log('hubspot.session.renew');
      return await obtain();
    },
    async renew(stale) {
      if (token !== null && token !== stale && pending === null) return token;
      deps.log('hubspot.session.renew');
      return await obtain();
    },
  };
}
