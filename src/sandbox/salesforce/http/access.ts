/** Who is asking: the session of a request. */
import type { OrgUser } from '../org-types.ts';
import { fault, noSession } from './faults.ts';
import type { Session } from './sessions.ts';
import type { Site } from './site.ts';

export interface Access {
  user: OrgUser;
  session: Session;
}

/**
 * The user of the Authorization header (`Bearer` or `OAuth`), or of `oauth_token` in the address
 * where that is allowed. Throws 401.
 */
export function requireAccess(site: Site, request: Request, tokenInAddress = false): Access {
  const header = request.headers.get('authorization');
  const given = header === null ? null : /^(?:Bearer|OAuth)\s+(\S.*)$/i.exec(header.trim())?.[1];
  if (header !== null && given === undefined)
    throw fault(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  const token =
    given ?? (tokenInAddress ? new URL(request.url).searchParams.get('oauth_token') : null);
  if (token === null || token === undefined) throw noSession();
  const session =
    site.sessions.use(token, site.switches.sessionMs) ??
    (site.switches.openAuth ? anySession(site, token) : null);
  const user = session === null ? undefined : site.org.user(session.userId);
  if (session === null || user === undefined || !user.active) throw noSession();
  return { user, session };
}

/** Scopes that let a session use the API. */
const API_SCOPES = new Set(['api', 'full']);

/** Throws 401 for a session that was opened for something else, such as knowing who somebody is. */
export function requireApi(session: Session): void {
  if (!session.scope.split(/\s+/).some((scope) => API_SCOPES.has(scope)))
    throw fault(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
}

/** With open auth every token is the first administrator's. */
export function anyAdmin(site: Site): OrgUser {
  const users = site.org.users();
  const user = users.find((one) => one.admin && one.active) ?? users.find((one) => one.active);
  if (user === undefined) throw noSession();
  return user;
}

function anySession(site: Site, token: string): Session {
  const nowMs = site.clock.wallMs();
  return {
    token,
    userId: anyAdmin(site).id,
    clientId: null,
    scope: 'api',
    createdMs: nowMs,
    lastUsedMs: nowMs,
    lasting: true,
    refreshToken: null,
  };
}

/**
 * Requests of a composite call, with the access of the call they came in; they
 * cost nothing of their own.
 */
export const innerAccess = new WeakMap<Request, Access>();

/** A request made inside a composite call, for the same user. */
export function innerRequest(request: Request, access: Access): Request {
  innerAccess.set(request, access);
  return request;
}
