/**
 * JWT bearer flow: the assertion's signature is verified with the certificate of the app it names.
 */
import { decodeJwt, errors, jwtVerify } from 'jose';
import type { OrgUser } from '../org-types.ts';
import type { ClientApp } from './oauth-apps.ts';
import { OAuthError } from './oauth-error.ts';
import type { Site } from './site.ts';

const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** Clients' clocks run a little behind or ahead. */
const CLOCK_SKEW_SECONDS = 30;
/** Above this (the year 5138 in seconds) an expiry can only be meant in milliseconds. */
const LAST_SECONDS = 1e11;

/** The app and the user an assertion speaks for. Throws OAuthError with Salesforce's words. */
export async function verifyAssertion(
  site: Site,
  assertion: string,
  origin: string,
): Promise<{ app: ClientApp; user: OrgUser }> {
  const { iss, sub } = claims(assertion);
  const app = iss === undefined ? undefined : site.apps.get(iss);
  if (app === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (app.publicKey === null) throw new OAuthError('invalid_grant', 'invalid assertion');
  const nowMs = site.switches.authClock === 'wall' ? site.clock.wallMs() : site.clock.nowMs();
  try {
    const { payload } = await jwtVerify(assertion, app.publicKey, {
      algorithms: ['RS256'],
      audience: [...AUDIENCES, origin, `${origin}/`],
      requiredClaims: ['exp', 'sub', 'aud'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(nowMs),
    });
    if (expiryMs(payload.exp ?? 0) > nowMs + site.switches.jwtMaxMs + CLOCK_SKEW_SECONDS * 1000)
      throw new OAuthError('invalid_grant', 'invalid assertion');
  } catch (error) {
    throw inSalesforceWords(error);
  }
  const user = sub === undefined ? undefined : site.org.userByName(sub);
  if (user === undefined || (app.approvedUserIds !== null && !app.approvedUserIds.has(user.id)))
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  if (!user.active) throw new OAuthError('inactive_user', 'user is inactive');
  return { app, user };
}

/** The vendor's own command line tool writes milliseconds where seconds belong, and is let in. */
function expiryMs(exp: number): number {
  return exp > LAST_SECONDS ? exp : exp * 1000;
}

/** Who an assertion claims to speak for, unverified. */
export function claims(assertion: string): { iss: string | undefined; sub: string | undefined } {
  try {
    const { iss, sub } = decodeJwt(assertion);
    return { iss, sub };
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

function inSalesforceWords(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof errors.JWTExpired)
    return new OAuthError('invalid_grant', 'expired authorization code');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new OAuthError('invalid_grant', 'audience is invalid');
  return new OAuthError('invalid_grant', 'invalid assertion');
}
