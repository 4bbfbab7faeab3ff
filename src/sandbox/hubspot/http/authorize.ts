/**
 * The page on which a person installs an app: what it asks for, and the way back
 * with a code (or a refusal).
 */
import { HubSpotError } from '../model/errors.ts';
import { ADMIN_ID, type OAuthApp } from './access.ts';
import type { HubApp, Site } from './site.ts';

const PATH = '/oauth/authorize';

interface Asked {
  app: OAuthApp;
  redirectUri: string;
  state: string | null;
  scopes: string[];
}

export function mountAuthorize(app: HubApp, site: Site): void {
  app.get(PATH, (c) => {
    const asked = readAsked(site, new URL(c.req.url).searchParams);
    const hidden = [...new URL(c.req.url).searchParams]
      .map(
        ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
      )
      .join('');
    return new Response(
      `<!doctype html><title>Connect app</title><h1>Connect ${escape(asked.app.clientId)} to portal ${site.portal.settings.portalId}</h1><ul>${asked.scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul><form method="post">${hidden}<button name="decision" value="allow">Connect app</button> <button name="decision" value="deny">Cancel</button></form>`,
      { headers: { 'content-type': 'text/html;charset=utf-8' } },
    );
  });
  app.post(PATH, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const { app: asking, redirectUri, state, scopes } = readAsked(site, form);
    const back = new URL(redirectUri);
    if (form.get('decision') === 'allow')
      back.searchParams.set('code', site.access.authorize(asking, scopes, ADMIN_ID));
    else {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user denied access');
    }
    if (state !== null) back.searchParams.set('state', state);
    return new Response(null, { status: 302, headers: { location: back.href } });
  });
}

/**
 * Optional scopes are given as far as the app has them; one required scope it lacks stops the
 * whole.
 */
function readAsked(site: Site, asked: URLSearchParams): Asked {
  const app = site.access.app(asked.get('client_id') ?? '');
  if (app === null)
    throw new HubSpotError(
      400,
      null,
      "Authorization failed because this app isn't known. Check the client id.",
      { status: 'BAD_CLIENT_ID' },
    );
  const redirectUri = asked.get('redirect_uri') ?? '';
  if (!site.access.openAuth && redirectUri !== app.redirectUri)
    throw new HubSpotError(
      400,
      null,
      "Authorization failed because the redirect URL in this URL doesn't match the app's.",
      { status: 'BAD_REDIRECT_URI' },
    );
  const words = (name: string): string[] =>
    (asked.get(name) ?? '').split(' ').filter((scope) => scope !== '');
  const lacking = words('scope').filter((scope) => !app.scopes.includes(scope));
  if (lacking.length > 0 && !site.access.openAuth)
    throw new HubSpotError(
      400,
      null,
      `Authorization failed because there is a mismatch between the scopes in the install URL and the app's configured scopes: ${lacking.join(', ')}`,
      { status: 'BAD_SCOPE' },
    );
  return {
    app,
    redirectUri,
    state: asked.get('state'),
    scopes: [
      ...words('scope'),
      ...words('optional_scope').filter((scope) => app.scopes.includes(scope)),
    ],
  };
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
