import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { useSignInLink } from '../../store/web-sessions.ts';
import { cookieName } from '../api/auth/sessions.ts';
import type { AppDeps } from '../api/deps.ts';
import { Problem } from '../api/problem.ts';

export const SIGN_IN = '/sign-in';

/**
 * Turns a link that works once into a session. The token leaves the address bar at once; a link
 * that was used or is too old leads to the page that says how to get another one.
 */
export async function onSignIn(c: Context, deps: AppDeps): Promise<Response> {
  if (!(await deps.allow(`address:${deps.addressOf(c)}`)))
    throw new Problem(429, 'TOO_MANY', 'too many requests; try again in a minute');
  const token = c.req.query('token') ?? '';
  const used =
    deps.sessions === undefined || token === ''
      ? null
      : await useSignInLink(deps.sessions, token, deps.nowMs());
  if (used === null) return c.redirect('/signed-out?why=link', 303);
  const { url } = c.req;
  const secure = url.startsWith('https:') || c.req.header('x-forwarded-proto') === 'https';
  setCookie(c, cookieName(c), used.token, {
    httpOnly: true,
    sameSite: 'Strict',
    secure,
    path: '/',
    expires: new Date(used.session.expiresMs),
  });
  return c.redirect(ownPath(c.req.query('to')), 303);
}

/** Where to go after signing in: a path of ours and nothing else. */
function ownPath(wanted: string | undefined): string {
  const to = wanted ?? '/';
  return /^\/(?![/\\])[\w\-./?=&%~:]*$/.test(to) ? to : '/';
}
