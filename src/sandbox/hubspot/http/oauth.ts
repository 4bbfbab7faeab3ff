/** OAuth in the versions v1, v3 and 2026-09: tokens, what a token is, and the end of one. */
import * as z from 'zod';
import { HubSpotError } from '../model/errors.ts';
import type { Access, Grant, OAuthApp } from './access.ts';
import { bodyOf, type HubContext } from './body.ts';
import { type HubApp, json, noContent, type Site } from './site.ts';

const form = z
  .object({
    grant_type: z.string(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    redirect_uri: z.string().optional(),
    code: z.string().optional(),
    refresh_token: z.string().optional(),
    scope: z.string().optional(),
    token: z.string().optional(),
  })
  .partial();
type Form = z.infer<typeof form>;

const bad = (status: string, message: string): HubSpotError =>
  new HubSpotError(400, null, message, { status });

export function mountOAuth(app: HubApp, site: Site): void {
  app.post('/oauth/:version/token', async (c) => {
    const v1 = c.req.param('version') === 'v1';
    const asked = await readForm(c);
    const client = clientOf(site, asked);
    const grant = grantOf(site, client, asked, v1);
    return json(renderToken(site, grant, site.access.issue(grant), v1));
  });
  app.get('/oauth/v1/access-tokens/:token', (c) => {
    const access = site.access.find(c.req.param('token'));
    if (access === null || site.access.secondsLeft(access) <= 0)
      throw new HubSpotError(404, null, 'No OAuth token found', {});
    return json(describe(site, access));
  });
  app.get('/oauth/v1/refresh-tokens/:token', (c) => {
    const grant = site.access.grant(c.req.param('token'));
    if (grant === null) throw new HubSpotError(404, null, 'No OAuth token found', {});
    return json({
      token: grant.refreshToken,
      client_id: grant.app.clientId,
      hub_id: site.portal.settings.portalId,
      user_id: grant.userId,
      scopes: grant.scopes,
      token_type: 'refresh',
    });
  });
  app.delete('/oauth/v1/refresh-tokens/:token', (c) => {
    site.access.revoke(c.req.param('token'));
    return noContent();
  });
  // https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview
  app.post('/oauth/v2/private-apps/get/access-token-info', async (c) => {
    const { tokenKey } = await bodyOf(c, z.object({ tokenKey: z.string() }));
    const access = site.access.find(tokenKey);
    if (access === null || access.kind !== 'private')
      throw new HubSpotError(404, null, 'No private app token found', {});
    return json({
      userId: access.userId,
      hubId: site.portal.settings.portalId,
      appId: access.appId,
      scopes: [...access.scopes],
    });
  });
  app.post('/oauth/:version/token/introspect', async (c) => {
    const { token = '' } = await readForm(c);
    const access = site.access.find(token);
    if (access === null || site.access.secondsLeft(access) <= 0) return json({ active: false });
    const owner = [...site.access.apps.values()].find((one) => one.appId === access.appId);
    return json({
      active: true,
      ...describe(site, access),
      token_use: 'access_token',
      client_id: owner?.clientId ?? null,
      is_private_distribution: access.kind === 'private',
    });
  });
  app.post('/oauth/:version/token/revoke', async (c) => {
    site.access.revoke((await readForm(c)).token ?? '');
    return json({});
  });
}

async function readForm(c: HubContext): Promise<Form> {
  if (!(c.req.header('content-type') ?? '').includes('application/x-www-form-urlencoded'))
    throw new HubSpotError(415, null, 'Unsupported Media Type');
  return form.parse(Object.fromEntries(new URLSearchParams(await c.req.text())));
}

function clientOf(site: Site, asked: Form): OAuthApp {
  const app = site.access.app(asked.client_id ?? '');
  if (app === null) throw bad('BAD_CLIENT_ID', 'missing or unknown client id');
  if (!site.access.openAuth && app.clientSecret !== asked.client_secret)
    throw bad('BAD_CLIENT_SECRET', 'missing or invalid client secret');
  return app;
}

function grantOf(
  site: Site,
  app: OAuthApp,
  asked: Form,
  v1: boolean,
): Pick<Grant, 'app' | 'scopes' | 'userId'> & { refreshToken?: string } {
  if (asked.grant_type === 'refresh_token') {
    const grant = site.access.grant(asked.refresh_token ?? '');
    if (grant === null || grant.app !== app)
      throw bad('BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
    return grant;
  }
  if (asked.grant_type === 'authorization_code') {
    if (!site.access.openAuth && asked.redirect_uri !== app.redirectUri)
      throw bad('BAD_REDIRECT_URI', 'missing or invalid redirect uri');
    const grant = site.access.redeem(app, asked.code ?? '');
    if (grant === null) throw bad('BAD_AUTH_CODE', 'missing or unknown auth code');
    return grant;
  }
  if (asked.grant_type === 'client_credentials' && !v1)
    return {
      app,
      scopes: (asked.scope ?? app.scopes.join(' '))
        .split(' ')
        .filter((scope) => app.scopes.includes(scope)),
      userId: 0,
    };
  throw bad('BAD_GRANT_TYPE', 'missing or unknown grant type');
}

function renderToken(
  site: Site,
  grant: { refreshToken?: string; scopes: string[]; userId: number },
  access: Access,
  v1: boolean,
): Record<string, unknown> {
  const base = {
    token_type: 'bearer',
    ...(grant.refreshToken === undefined ? {} : { refresh_token: grant.refreshToken }),
    access_token: access.token,
    expires_in: site.access.secondsLeft(access),
  };
  return v1
    ? base
    : {
        ...base,
        token_use: 'access_token',
        hub_id: site.portal.settings.portalId,
        user_id: grant.userId,
        scopes: grant.scopes,
      };
}

function describe(site: Site, access: Access): Record<string, unknown> {
  return {
    token: access.token,
    user: `user-${access.userId}@sandbox.example`,
    hub_domain: 'sandbox.example',
    scopes: [...access.scopes],
    hub_id: site.portal.settings.portalId,
    app_id: access.appId,
    expires_in: site.access.secondsLeft(access),
    user_id: access.userId,
    token_type: 'access',
  };
}
