/** Several orgs behind one address: a token, a client or a user name says whose a request is. */
import { claims } from './oauth-jwt.ts';
import type { Site } from './site.ts';

/**
 * The org a request is for among `sites`; the first where nothing says otherwise. Leaves
 * the request's body readable.
 */
export async function siteOf(sites: readonly Site[], request: Request): Promise<Site> {
  const [first] = sites;
  if (first === undefined) throw new Error('A sandbox has at least one org');
  if (sites.length === 1) return first;
  const url = new URL(request.url);
  const named = orgIdIn(
    `${request.headers.get('authorization') ?? ''} ${request.headers.get('x-sfdc-session') ?? ''} ${decodeURIComponent(url.search)} ${url.pathname}`,
  );
  const byId = (id: string | null) =>
    id === null ? undefined : sites.find(({ org }) => org.id.startsWith(id));
  const known = byId(named) ?? byForm(sites, Object.fromEntries(url.searchParams));
  if (
    known !== undefined ||
    request.method !== 'POST' ||
    !/\/services\/(?:oauth2|Soap)\//i.test(url.pathname)
  )
    return known ?? first;
  const text = await request.clone().text();
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const form: Record<string, string> = {
    ...Object.fromEntries(new URLSearchParams(text)),
    ...(basic === undefined
      ? {}
      : {
          client_id: decodeURIComponent(
            Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '',
          ),
        }),
  };
  return (
    byForm(sites, form) ??
    byId(orgIdIn(text)) ??
    byName(sites, /<(?:\w+:)?username>([^<]+)</.exec(text)?.[1]) ??
    first
  );
}

/** The 15 characters of an org id, as tokens, session ids and identity addresses begin. */
function orgIdIn(text: string): string | null {
  return /\b(00D\w{12})(?:\w{3})?(?=[!/<\s]|$)/.exec(text)?.[1] ?? null;
}

function byForm(sites: readonly Site[], form: Record<string, string>): Site | undefined {
  const {
    client_id: clientId,
    refresh_token: refreshToken,
    token,
    assertion,
    username,
    login_hint: hint,
  } = form;
  const held = refreshToken ?? token;
  return (
    sites.find(
      (site) =>
        (clientId !== undefined && site.apps.get(clientId) !== undefined) ||
        (held !== undefined && site.sessions.refreshGrant(held) !== null),
    ) ??
    byAssertion(sites, assertion) ??
    byName(sites, username ?? hint)
  );
}

function byAssertion(sites: readonly Site[], assertion: string | undefined): Site | undefined {
  if (assertion === undefined) return undefined;
  try {
    const { iss, sub } = claims(assertion);
    return (
      sites.find((site) => iss !== undefined && site.apps.get(iss) !== undefined) ??
      byName(sites, sub)
    );
  } catch {
    return undefined; // no assertion at all: the token endpoint says so
  }
}

/** User names are unique over all orgs, as they are over all of Salesforce. */
function byName(sites: readonly Site[], username: string | undefined): Site | undefined {
  return username === undefined
    ? undefined
    : sites.find((site) => site.org.userByName(username) !== undefined);
}
