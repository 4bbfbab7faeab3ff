/**
 * OAuth endpoints under `/services/oauth2`: token, revoke, introspect;
 * authorize stands in its own file.
 */
import { createHmac } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { OrgUser } from '../org-types.ts';
import { jsonResponse } from './faults.ts';
import { secretMatches, type ClientApp } from './oauth-apps.ts';
import { authorizationCode, mountAuthorize } from './oauth-authorize.ts';
import { OAuthError } from './oauth-error.ts';
import { claims, verifyAssertion } from './oauth-jwt.ts';
import type { Session } from './sessions.ts';
import type { SalesforceEnv, Site } from './site.ts';
import { anyAdmin } from './access.ts';

export type Form = Record<string, string>;
type Grant = (site: Site, form: Form, origin: string) => Promise<Response>;

const GRANTS: Record<string, Grant> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': jwtBearer,
  client_credentials: clientCredentials,
  refresh_token: refreshToken,
  authorization_code: authorizationCode,
  password: passwordOf,
};

export function mountOAuth(app: Hono<SalesforceEnv>, site: Site): void {
  const guarded = (work: (form: Form, c: Context) => Promise<Response>) => async (c: Context) => {
    try {
      return await work(await readForm(c), c);
    } catch (error) {
      if (error instanceof OAuthError) return error.response();
      throw error;
    }
  };
  mountAuthorize(app, site);
  app.post(
    '/services/oauth2/token',
    guarded(async (form, c) => {
      const grant = GRANTS[form.grant_type ?? ''];
      if (grant === undefined)
        throw new OAuthError('unsupported_grant_type', 'grant type not supported');
      return grant(site, form, originOf(c.req.raw));
    }),
  );
  app.on(
    ['GET', 'POST'],
    '/services/oauth2/revoke',
    guarded(async (form) => {
      if (
        (form.token === undefined || !site.sessions.revoke(form.token)) &&
        !site.switches.openAuth
      )
        throw new OAuthError('unsupported_token_type', 'this token is not supported');
      return new Response(null, { status: 200 });
    }),
  );
  app.post(
    '/services/oauth2/introspect',
    guarded(async (form) => {
      if (!site.switches.openAuth) requireClient(site, form);
      return jsonResponse(introspect(site, form.token ?? ''));
    }),
  );
}

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

/** The 200 answer of every flow; `extra` are the keys only some flows carry. */
export function tokenAnswer(
  site: Site,
  session: Session,
  origin: string,
  extra: Record<string, string> = {},
): Response {
  const host = site.switches.identityHost === 'login' ? 'https://login.salesforce.com' : origin;
  return jsonResponse({
    access_token: session.token,
    scope: session.scope,
    instance_url: origin,
    id: `${host}/id/${site.org.id}/${session.userId}`,
    token_type: 'Bearer',
    ...extra,
  });
}

/** `issued_at` (wall ms as text) and the signature over identity and time that some flows carry. */
export function signed(site: Site, origin: string): Record<string, string> {
  const issuedAt = String(site.clock.wallMs());
  return {
    issued_at: issuedAt,
    signature: createHmac('sha256', site.org.id)
      .update(origin + issuedAt)
      .digest('base64'),
  };
}

function requireClient(site: Site, form: Form): ClientApp {
  const app = site.apps.get(form.client_id ?? '');
  if (app === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!secretMatches(app, form.client_secret ?? ''))
    throw new OAuthError('invalid_client', 'invalid client credentials');
  return app;
}

function introspect(site: Site, token: string): Record<string, unknown> {
  const session = site.sessions.use(token, site.switches.sessionMs);
  const grant = site.sessions.refreshGrant(token);
  const of = session ?? grant;
  if (of === null) return { active: false };
  const user = site.org.user(of.userId);
  return {
    active: true,
    scope: of.scope,
    client_id: of.clientId,
    username: user?.username,
    sub: `https://login.salesforce.com/id/${site.org.id}/${of.userId}`,
    token_type: session ? 'access_token' : 'refresh_token',
    ...(session
      ? {
          iat: Math.floor(session.createdMs / 1000),
          nbf: Math.floor(session.createdMs / 1000),
          exp: Math.floor((session.lastUsedMs + site.switches.sessionMs) / 1000),
        }
      : {}),
  };
}

/** With open auth: the named user when there is one, else the first administrator. */
export function openUser(site: Site, username?: string): OrgUser {
  return (username === undefined ? undefined : site.org.userByName(username)) ?? anyAdmin(site);
}

function claimedUser(assertion: string): string | undefined {
  try {
    return claims(assertion).sub;
  } catch {
    return undefined; // open auth takes even what is no assertion at all
  }
}

/**
 * The form of the body (urlencoded, as the vendor wants it) over the query; client id and secret
 * may stand in a Basic header.
 */
async function readForm(c: Context): Promise<Form> {
  const form: Form = Object.fromEntries(new URL(c.req.url).searchParams);
  if (c.req.method === 'POST')
    for (const [name, value] of new URLSearchParams(await c.req.text())) form[name] = value;
  const basic = /^Basic\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic !== undefined) {
    const [id, ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    form.client_id ??= decodeURIComponent(id ?? '');
    form.client_secret ??= decodeURIComponent(secret.join(':'));
  }
  return form;
}

/** The address the client knows us by. */
export function originOf(request: Request): string {
  const url = new URL(request.url);
  const host = request.headers.get('host') ?? url.host;
  return `${url.protocol}//${host}`;
}
