import type { ConnectorDeps } from '../../src/model/connector.ts';
import { retried } from '../kit/backoff.ts';
import { once } from '../kit/cache.ts';
import { readReply } from '../kit/reply.ts';
import { makeSession } from '../kit/session.ts';
import { makeSizes, type Sizes } from '../kit/sizes.ts';
import type { WireResponse } from '../kit/wire.ts';
import { type Account, fetchAccount } from './account.ts';
import type { Source, Token } from './auth.ts';
import type { Call, Caller } from './call.ts';
import { type HubspotContext, toHeadwaterError, unreadable, obstacleOf } from './errors.ts';
import { makePace } from './pace.ts';
import { type Requests, wireRequest } from './requests.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/** Calls in ten seconds that every plan allows (Free and Starter), until an answer tells more. */
const BURST_CALLS = 100;

export interface Client extends Caller {
  /** What was too much for one call. */
  readonly sizes: Sizes;
  token(): Promise<Token>;
  /** The portal, asked for once a session; its zone's midnight ends a daily limit. */
  account(): Promise<Account>;
}

/** Calls through the session's own queue, with token renewal and retries. */
export function makeClient(
  settings: Settings,
  source: Source,
  deps: ConnectorDeps,
  transport: Transport,
  requests: Requests,
): Client {
  const session = makeSession(source, deps, 'hubspot');
  let timeZone: string | null = null;
  const pace = makePace({
    burstCalls: () => settings.burstCalls ?? transport.readings.burstLimit ?? BURST_CALLS,
    searchCalls: settings.searchCalls,
    nowMs: deps.nowMs,
    sleep: deps.sleep,
  });

  const send = async (call: Call): Promise<WireResponse> =>
    await session.call(async (token) => {
      const request = wireRequest(await call.build(), settings, token.accessToken);
      await pace.turn(call.lane ?? 'call');
      return await transport.send(request);
    });

  const contextOf = (call: Pick<Call, 'effect' | 'what'>): HubspotContext => ({
    nowMs: deps.nowMs(),
    write: call.effect === 'write',
    what: call.what,
    timeZone,
  });

  const again = async <T>(
    call: Pick<Call, 'effect' | 'what'>,
    work: () => Promise<T>,
  ): Promise<T> =>
    await retried(
      deps,
      {
        event: 'hubspot.retry',
        what: call.what,
        write: call.effect === 'write',
        toError: (thrown) => toHeadwaterError(thrown, contextOf(call)),
        obstacle: obstacleOf,
      },
      work,
    );

  const caller: Caller = {
    settings,
    requests,
    transport,
    deps,
    json: async (call, schema) =>
      await again(call, async () =>
        readReply((await send(call)).body, schema, (detail) => unreadable(contextOf(call), detail)),
      ),
  };
  return {
    ...caller,
    sizes: makeSizes(deps.pageSizes),
    token: async () => await again({ effect: 'read', what: 'signing in' }, session.current),
    account: once(async () => {
      const account = await fetchAccount(caller);
      ({ timeZone } = account);
      return account;
    }),
  };
}
