import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwksCache,
  jwtVerify,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
} from 'jose';
import { HeadwaterError } from '../../../model/error.ts';
import type { Scope } from '../../../model/api-token.ts';
import type { Principal } from './principal.ts';

export interface AccessSettings {
  teamDomain: string;
  audience: string;
  scopes: Set<Scope>;
}

/**
 * Header that Cloudflare Access adds
 * (https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/).
 */
export const ACCESS_HEADER = 'cf-access-jwt-assertion';
/** Access signs with RS256; naming it keeps a token from choosing another way. */
const ALGORITHMS = ['RS256'];
const CLOCK_SECONDS = 10;

/**
 * The team's keys as they were last fetched: plain data, so that it may outlive a request; by team.
 */
const caches = new Map<string, JWKSCacheInput>();

/**
 * Checks an Access JWT against the team's keys: signature, issuer, audience, times. Answers who it
 * is, null for a token that is not good.
 * Errors: `transient` when the keys cannot be fetched.
 */
export function accessVerifier(
  settings: AccessSettings,
  platformFetch: typeof fetch,
): (jwt: string, nowMs: number) => Promise<Principal | null> {
  const issuer = new URL(settings.teamDomain).origin;
  const cache = caches.get(issuer) ?? {};
  caches.set(issuer, cache);
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL('/cdn-cgi/access/certs', issuer), {
    [jwksCache]: cache,
    [customFetch]: (url, init) => platformFetch(url, init),
  });
  return async (jwt, nowMs) => {
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        issuer,
        audience: settings.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_SECONDS,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      // A service token has no e-mail address but a common name.
      const name =
        typeof payload['email'] === 'string'
          ? payload['email']
          : typeof payload['common_name'] === 'string'
            ? payload['common_name']
            : String(payload.sub);
      return { name, scopes: settings.scopes, by: 'access' };
    } catch (error) {
      const unfetched =
        error instanceof errors.JWKSTimeout ||
        !(error instanceof errors.JOSEError) ||
        error.message.startsWith('Expected 200 OK');
      if (unfetched)
        throw new HeadwaterError('transient', 'the keys of Cloudflare Access cannot be fetched', {
          code: 'ACCESS_KEYS',
          cause: error,
        });
      return null;
    }
  };
}
