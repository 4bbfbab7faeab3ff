/**
 * Web server flow: the authorize endpoint, its consent page, and the
 * exchange of the code it leads to.
 */
import type { Hono } from 'hono';
import type { OrgUser } from '../org-types.ts';
import { escapeXml } from '../metadata-api/xml.ts';
import { secretMatches } from './oauth-apps.ts';
import { verifyChallenge } from './oauth-codes.ts';
import { OAuthError } from './oauth-error.ts';
import type { SalesforceEnv, Site } from './site.ts';
import { openUser, signed, tokenAnswer, type Form } from './oauth-answer.ts';

interface Asked {
  clientId: string;
  redirectUri: string;
  state: string | null;
  scope: string;
  challenge: string | null;
  loginHint: string | null;
}

const AUTHORIZE = '/services/oauth2/authorize';
const DEFAULT_SCOPE = 'api refresh_token';
/** Scopes that let a client stay logged in. */
const LASTING = /\b(?:refresh_token|offline_access|full)\b/;

export function mountAuthorize(app: Hono<SalesforceEnv>, site: Site): void {
  app.get(AUTHORIZE, (c) =>
    guarded(() => {
      const asked = readAsked(site, new URL(c.req.url).searchParams);
      // Anyone may come in: nobody is asked.
      if (site.switches.openAuth)
        return approve(site, asked, openUser(site, asked.loginHint ?? undefined));
      return page(consent(site, asked));
    }),
  );
  app.post(AUTHORIZE, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    return guarded(() => {
      const asked = readAsked(site, form);
      if (form.get('decision') !== 'allow')
        return back(asked, {
          error: 'access_denied',
          error_description: 'end-user denied authorization',
        });
      const user = site.org.userByName(form.get('username') ?? '');
      if (user === undefined || !user.active)
        return page(consent(site, asked, 'There is no active user of that name.'), 400);
      return approve(site, asked, user);
    });
  });
}

/** Exchanges a code. With open auth every code is good for the first administrator. */
export async function authorizationCode(site: Site, form: Form, origin: string): Promise<Response> {
  const app = site.apps.get(form.client_id ?? '');
  if (app === undefined && !site.switches.openAuth)
    throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const grant = redeem(site, form);
  if (grant === null)
    return issue(site, openUser(site).id, form.client_id ?? '', DEFAULT_SCOPE, origin);
  if (!site.switches.openAuth) {
    if (grant.clientId !== form.client_id)
      throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (grant.redirectUri !== form.redirect_uri)
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    verifyChallenge(grant.challenge, form.code_verifier);
    const secret = form.client_secret ?? '';
    // A public client proves itself by its verifier; a secret that is given must be right.
    if (
      app !== undefined &&
      (secret !== '' || grant.challenge === null) &&
      !secretMatches(app, secret)
    )
      throw new OAuthError('invalid_client', 'invalid client credentials');
  }
  return issue(site, grant.userId, grant.clientId, grant.scope, origin);
}

function redeem(
  site: Site,
  form: Form,
): {
  userId: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  challenge: string | null;
} | null {
  try {
    return site.codes.redeem(form.code ?? '', site.clock.wallMs());
  } catch (error) {
    if (site.switches.openAuth) return null;
    throw error;
  }
}

function issue(
  site: Site,
  userId: string,
  clientId: string,
  scope: string,
  origin: string,
): Response {
  const user = site.org.user(userId);
  if (user === undefined || !user.active) throw new OAuthError('inactive_user', 'user is inactive');
  const refresh = LASTING.test(scope) ? site.sessions.issueRefresh(userId, clientId, scope) : null;
  const session = site.sessions.open(userId, { clientId, scope, refreshToken: refresh });
  return tokenAnswer(site, session, origin, {
    ...signed(site, origin),
    ...(refresh === null ? {} : { refresh_token: refresh }),
  });
}

/** Throws while there is no address that may be told of what is wrong: then the page says it. */
function readAsked(site: Site, asked: URLSearchParams): Asked {
  const clientId = asked.get('client_id') ?? '';
  const redirectUri = asked.get('redirect_uri') ?? '';
  const app = site.apps.get(clientId);
  if (!site.switches.openAuth) {
    if (app === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    if (!app.redirectUris.includes(redirectUri))
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (!URL.canParse(redirectUri))
    throw new OAuthError('redirect_uri_missing', 'redirect_uri not provided');
  const result: Asked = {
    clientId,
    redirectUri,
    state: asked.get('state'),
    scope: asked.get('scope') ?? app?.scope ?? DEFAULT_SCOPE,
    challenge: asked.get('code_challenge'),
    loginHint: asked.get('login_hint'),
  };
  if (asked.get('response_type') !== 'code')
    throw new ToldClient(result, 'unsupported_response_type', 'response type not supported');
  if (!['S256', '', null].includes(asked.get('code_challenge_method')))
    throw new ToldClient(result, 'invalid_request', 'code_challenge_method must be S256');
  return result;
}

/** A refusal that goes back to the client by way of the browser. */
class ToldClient extends Error {
  readonly asked: Asked;
  readonly code: string;

  constructor(asked: Asked, code: string, description: string) {
    super(description);
    this.asked = asked;
    this.code = code;
  }
}

function guarded(work: () => Response): Response {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToldClient)
      return back(error.asked, { error: error.code, error_description: error.message });
    if (error instanceof OAuthError)
      return page(
        `<h1>We can't authorize you</h1><p>error=${escapeXml(error.code)}&amp;error_description=${escapeXml(error.message)}</p>`,
        400,
      );
    throw error;
  }
}

function approve(site: Site, asked: Asked, user: OrgUser): Response {
  const { clientId, redirectUri, scope, challenge } = asked;
  return back(asked, {
    code: site.codes.issue({
      userId: user.id,
      clientId,
      redirectUri,
      scope,
      challenge,
      issuedMs: site.clock.wallMs(),
    }),
  });
}

function back(asked: Asked, answer: Record<string, string>): Response {
  const target = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (asked.state !== null) target.searchParams.set('state', asked.state);
  return new Response(null, { status: 302, headers: { location: target.href } });
}

function page(body: string, status = 200): Response {
  return new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Allow access?</title><body>${body}</body></html>`,
    { status, headers: { 'content-type': 'text/html;charset=UTF-8', 'cache-control': 'no-store' } },
  );
}

/** Users have no passwords here: one is chosen, then allowed or denied. */
function consent(site: Site, asked: Asked, problem?: string): string {
  const { clientId, redirectUri, state, scope, challenge, loginHint } = asked;
  const kept: Record<string, string | null> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    scope,
    code_challenge: challenge,
  };
  const hidden = Object.entries(kept)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeXml(value ?? '')}">`,
    )
    .join('');
  const users = site.org
    .users()
    .filter(({ active }) => active)
    .map(
      ({ username }) =>
        `<option${username === loginHint ? ' selected' : ''}>${escapeXml(username)}</option>`,
    )
    .join('');
  return (
    `<h1>Allow access?</h1>${problem === undefined ? '' : `<p role="alert">${escapeXml(problem)}</p>`}<p>The app ${escapeXml(clientId.slice(0, 16))}… asks for: ${escapeXml(scope)}</p><p>It sends you on to ${escapeXml(redirectUri)}</p>` +
    `<form method="post" action="${AUTHORIZE}">${hidden}<label>User <select name="username">${users}</select></label> <button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>`
  );
}
