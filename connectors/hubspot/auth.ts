import * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { spendingOf } from '../../src/model/own-secret.ts';
import { parseJson } from '../kit/reply.ts';
import type { AccessToken, TokenSource } from '../kit/session.ts';
import { toHeadwaterError, unreadable } from './errors.ts';
import { type Requests, wireRequest } from './requests.ts';
import type { Secrets, Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/**
 * Access tokens live 30 minutes; one is renewed this long before its end, since HubSpot does not
 * want a 401 as the sign to do it.
 */
const RENEW_AHEAD_MS = 5 * 60_000;

/**
 * HubSpot's first token endpoint gives the same refresh token back for as long as the app is
 * installed. Of the dated one nobody has said so yet:
 * a token that it replaces must have a place.
 */
const isLasting = (settings: Settings): boolean => settings.apiVersion === 'v3';

export interface Token extends AccessToken {
  userId: string | null;
}

/** `obtain` is called for the first token and again shortly before each ends. */
export type Source = TokenSource<Token>;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().min(0),
  refresh_token: z.string().min(1).optional(),
  user_id: z.union([z.string(), z.number()]).transform(String).optional(),
});

export function tokenSource(
  settings: Settings,
  secrets: Secrets,
  deps: ConnectorDeps,
  transport: Transport,
  requests: Requests,
): Source {
  if (settings.auth === 'token') {
    const fixed: Token = { accessToken: secrets.accessToken ?? '', renewAtMs: null, userId: null };
    return { renewable: false, obtain: async () => fixed };
  }
  const spend = spendingOf(secrets.refreshToken ?? '', deps);
  return {
    renewable: true,
    // The new one is saved before the token is used: where refresh tokens rotate, the old one is
    // spent.
    obtain: async () =>
      await spend(
        'refreshToken',
        async (refreshToken) => {
          const context = { nowMs: deps.nowMs(), write: false, what: 'signing in' };
          let text: string;
          try {
            const built = await requests.tokens.create(
              'refresh_token',
              undefined,
              undefined,
              settings.clientId,
              secrets.clientSecret,
              refreshToken,
            );
            text = (await transport.send(wireRequest(built, settings, null))).body;
          } catch (error) {
            throw toHeadwaterError(error, context);
          }
          const answer = tokenAnswer.safeParse(parseJson(text));
          if (!answer.success) throw unreadable(context, 'the token endpoint sent no token');
          const { access_token, expires_in, refresh_token, user_id } = answer.data;
          const token = {
            accessToken: access_token,
            userId: user_id ?? null,
            renewAtMs:
              deps.nowMs() + Math.max(expires_in * 1000 - RENEW_AHEAD_MS, expires_in * 500),
          };
          return { result: token, next: refresh_token };
        },
        { lasting: isLasting(settings) },
      ),
  };
}
