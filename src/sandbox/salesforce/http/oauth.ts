/**
 * OAuth endpoints under `/services/oauth2`: token, revoke, introspect;
 * authorize stands in its own file.
 */
import { Hono, type Context } from 'hono';
import { jsonResponse } from './faults.ts';
import { mountAuthorize } from './oauth-authorize.ts';
import { OAuthError } from './oauth-error.ts';
import type { SalesforceEnv, Site } from './site.ts';
import { type Form, originOf } from './oauth-answer.ts';
import { GRANTS, requireClient } from './oauth-grants.ts';

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
