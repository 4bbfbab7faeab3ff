import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { sessionOfToken } from '../../../store/web-sessions.ts';
import type { AppDeps } from '../deps.ts';
import type { Principal } from './principal.ts';

/** Browsers keep one jar for all ports of a host, and two servers may run on one machine. */
export const cookieName = (c: Context): string =>
  `headwater_session_${new URL(c.req.url).port || 'https'}`;

/** Who is signed in by the cookie of this request; null = nobody. */
export async function principalOfCookie(c: Context, deps: AppDeps): Promise<Principal | null> {
  const token = getCookie(c, cookieName(c));
  if (token === undefined || deps.sessions === undefined) return null;
  const session = await sessionOfToken(deps.sessions, token, 'session', deps.nowMs());
  if (session === null) return null;
  const { name, scopes, hash, expiresMs } = session;
  return { name, scopes: new Set(scopes), by: 'session', session: { hash, expiresMs } };
}
