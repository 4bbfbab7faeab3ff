/**
 * One token for all calls of a session, its renewal, and the second try of a call that it refused.
 */
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HttpFailure } from './wire.ts';

export interface AccessToken {
  accessToken: string;
  /** When to fetch the next one, epoch ms; absent or null = when the CRM refuses this one. */
  renewAtMs?: number | null;
}

/** Where access tokens come from: `obtain` for the first, and again whenever one has ended. */
export interface TokenSource<Token extends AccessToken> {
  obtain(): Promise<Token>;
  readonly renewable: boolean;
}

export interface Session<Token extends AccessToken> {
  current(): Promise<Token>;
  /**
   * A call with the current token, and once more with a new one when the CRM answers 401:
   * that was refused before anything happened, so even a write may go again.
   */
  call<T>(send: (token: Token) => Promise<T>): Promise<T>;
}

/**
 * Parallel calls that find the token at its end share one renewal: a rotated one works only once.
 */
export function makeSession<Token extends AccessToken>(
  source: TokenSource<Token>,
  deps: Pick<ConnectorDeps, 'log' | 'nowMs'>,
  connector: string,
): Session<Token> {
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

  async function renew(stale: Token): Promise<Token> {
    if (token !== null && token !== stale && pending === null) return token;
    deps.log(`${connector}.session.renew`);
    return await obtain();
  }

  async function current(): Promise<Token> {
    if (token === null) return await obtain();
    const renewAtMs = token.renewAtMs ?? null;
    if (renewAtMs === null || deps.nowMs() < renewAtMs) return token;
    deps.log(`${connector}.session.renew`);
    return await obtain();
  }

  return {
    current,
    async call(send) {
      const used = await current();
      try {
        return await send(used);
      } catch (error) {
        if (!(error instanceof HttpFailure) || error.status !== 401 || !source.renewable)
          throw error;
        return await send(await renew(used));
      }
    },
  };
}
