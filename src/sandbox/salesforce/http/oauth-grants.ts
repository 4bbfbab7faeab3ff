/** Ways to a session, by `grant_type`; the code of the authorize page stands in its own file. */
import type { Site } from './site.ts';
import { type Form, tokenAnswer, openUser, signed } from './oauth-answer.ts';
import { authorizationCode } from './oauth-authorize.ts';
import { verifyAssertion, claims } from './oauth-jwt.ts';
import { OAuthError } from './oauth-error.ts';
import { secretMatches, type ClientApp } from './oauth-apps.ts';

type Grant = (site: Site, form: Form, origin: string) => Promise<Response>;

export const GRANTS: Record<string, Grant> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': jwtBearer,
  client_credentials: clientCredentials,
  refresh_token: refreshToken,
  authorization_code: authorizationCode,
  password: passwordOf,
};

async function jwtBearer(site: Site, form: Form, origin: string): Promise<Response> {
  const assertion = form.assertion ?? '';
  if (site.switches.openAuth) {
    return tokenAnswer(site, site.sessions.open(openUser(site, claimedUser(assertion)).id), origin);
  }
  const { app, user } = await verifyAssertion(site, assertion, origin);
  return tokenAnswer(
    site,
    site.sessions.open(user.id, { clientId: app.clientId, scope: app.scope }),
    origin,
  );
}

async function clientCredentials(site: Site, form: Form, origin: string): Promise<Response> {
  if (site.switches.openAuth)
    return tokenAnswer(site, site.sessions.open(openUser(site).id), origin, signed(site, origin));
  const app = requireClient(site, form);
  const user = app.runAsUserId === null ? undefined : site.org.user(app.runAsUserId);
  if (user === undefined)
    throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  if (!user.active) throw new OAuthError('inactive_user', 'user is inactive');
  return tokenAnswer(
    site,
    site.sessions.open(user.id, { clientId: app.clientId, scope: app.scope }),
    origin,
    { token_format: 'opaque', ...signed(site, origin) },
  );
}

/**
 * Orgs no longer allow this flow unless an admin unblocks it; only open
 * auth stands for such an org.
 */
async function passwordOf(site: Site, form: Form, origin: string): Promise<Response> {
  if (!site.switches.openAuth)
    throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  return tokenAnswer(
    site,
    site.sessions.open(openUser(site, form.username).id),
    origin,
    signed(site, origin),
  );
}

async function refreshToken(site: Site, form: Form, origin: string): Promise<Response> {
  const given = form.refresh_token ?? '';
  if (site.switches.openAuth && site.sessions.refreshGrant(given) === null)
    return tokenAnswer(site, site.sessions.open(openUser(site).id), origin, signed(site, origin));
  const app = site.switches.openAuth ? undefined : site.apps.get(form.client_id ?? '');
  if (app === undefined && !site.switches.openAuth)
    throw new OAuthError('invalid_client_id', 'client identifier invalid');
  // The secret is optional in this flow, but a wrong one is refused.
  if (
    app !== undefined &&
    form.client_secret !== undefined &&
    form.client_secret !== '' &&
    !secretMatches(app, form.client_secret)
  )
    throw new OAuthError('invalid_client', 'invalid client credentials');
  site.sessions.punishReuse(given);
  const grant = site.sessions.refreshGrant(given);
  if (grant === null || (app !== undefined && grant.clientId !== app.clientId))
    throw new OAuthError('invalid_grant', 'expired access/refresh token');
  const user = site.org.user(grant.userId);
  if (user === undefined || !user.active) throw new OAuthError('inactive_user', 'user is inactive');
  const next = site.switches.refreshRotation ? site.sessions.rotate(given) : given;
  const session = site.sessions.open(user.id, {
    clientId: grant.clientId,
    scope: grant.scope,
    refreshToken: next,
  });
  return tokenAnswer(site, session, origin, {
    ...signed(site, origin),
    ...(next === given ? {} : { refresh_token: next }),
  });
}

export function requireClient(site: Site, form: Form): ClientApp {
  const app = site.apps.get(form.client_id ?? '');
  if (app === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!secretMatches(app, form.client_secret ?? ''))
    throw new OAuthError('invalid_client', 'invalid client credentials');
  return app;
}

function claimedUser(assertion: string): string | undefined {
  try {
    return claims(assertion).sub;
  } catch {
    return undefined; // open auth takes even what is no assertion at all
  }
}
