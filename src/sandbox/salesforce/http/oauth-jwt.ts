/**
 * JWT bearer flow: the assertion's signature is verified with the certificate of the app it names.
 */
import { compactVerify, decodeJwt } from 'jose';
import * as z from 'zod';
import type { OrgUser } from '../org-types.ts';
import type { ClientApp } from './oauth-apps.ts';
import { OAuthError } from './oauth-error.ts';
import type { Site } from './site.ts';

const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** Clients' clocks run a little behind or ahead. */
const SKEW_MS = 30_000;
/** Above this (the year 5138 in seconds) an expiry can only be meant in milliseconds. */
const LAST_SECONDS = 1e11;

/**
 * `exp` may be a number or, as in the vendor's own sample, the same as text
 * (help.salesforce.com, "OAuth 2.0 JWT Bearer Flow": `"exp": "1333685628"`).
 */
const claimsShape = z.object({
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).default([]),
  exp: z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)]),
});

const invalidAssertion = (): OAuthError => new OAuthError('invalid_grant', 'invalid assertion');

async function verified(
  assertion: string,
  key: Parameters<typeof compactVerify>[1],
): Promise<z.infer<typeof claimsShape>> {
  try {
    const { payload } = await compactVerify(assertion, key, { algorithms: ['RS256'] });
    return claimsShape.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    throw invalidAssertion();
  }
}

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
  const { aud, exp } = await verified(assertion, app.publicKey);
  const heard = [...AUDIENCES, origin, `${origin}/`];
  if (![aud].flat().some((one) => heard.includes(one)))
    throw new OAuthError('invalid_grant', 'audience is invalid');
  const untilMs = expiryMs(Number(exp));
  if (untilMs <= nowMs - SKEW_MS)
    throw new OAuthError('invalid_grant', 'expired authorization code');
  if (untilMs > nowMs + site.switches.jwtMaxMs + SKEW_MS) throw invalidAssertion();
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
    throw invalidAssertion();
  }
}
