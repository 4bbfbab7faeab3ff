import { Hono, type Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { addressClass } from './address.ts';
import { cleanAnswer } from './answer.ts';
import { boundedJson } from './body.ts';
import { digest, toHex } from '../../model/api-token.ts';
import { plainJson } from '../../model/clean-text.ts';
import type { Principal } from './auth/principal.ts';
import { demandReach, withinReach } from './auth/reach.ts';
import { principalOfCookie } from './auth/sessions.ts';
import type { AppDeps } from './deps.ts';
import { asProblem, Problem, problemBody } from './problem.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/index.ts';
import { mountShort } from './short.ts';
import { onPage } from '../pages/page.ts';
import { onSignIn, SIGN_IN } from '../pages/sign-in.ts';
import { onCrm } from '../webhooks/crm.ts';
import { onSignals } from '../webhooks/signals.ts';

/** A mapping of a large org has some tens of kilobytes. */
const MAX_BODY_BYTES = 512 * 1024;
/** Of a SHA-256; two answers of one address that share them are the same. */
const ETAG_BYTES = 12;

/**
 * The HTTP surface: health, API, OpenAPI document, webhooks. Everything but health and webhooks
 * needs a principal with the route's scope; webhooks prove themselves by signature or secret. There
 * is no CORS: no page of another origin can read an answer.
 */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.use('*', secureHeaders({ referrerPolicy: 'no-referrer', xFrameOptions: 'DENY' }));
  // What says no other policy is data, which nobody shows and nobody keeps.
  app.use('*', async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('content-security-policy'))
      c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.onError((error, c) => {
    const problem = asProblem(error);
    if (problem.status >= 500)
      deps.log('request failed', {
        path: new URL(c.req.url).pathname.split('/').slice(0, 3).join('/'),
        error: asSafe(error),
      });
    if (problem.status === 401) c.header('www-authenticate', 'Bearer');
    return c.json(problemBody(problem), problem.status);
  });
  // The addresses that CRMs post to take no token: each proves itself in its vendor's way.
  // Counted before anything is read or computed: a signature is cheaper to invent than to check.
  app.use('/webhooks/*', async (c, next) => {
    await count(deps, `webhook:${addressClass(deps.addressOf(c))}`);
    await next();
  });
  app.post('/webhooks/:crm', (c, next) => onCrm(c, deps, next));
  app.post('/webhooks/:crm/:secret', (c, next) => onCrm(c, deps, next));
  app.post('/webhooks/signals/:connection/:feed', (c) => onSignals(c, deps));
  for (const route of allRoutes) mount(app, deps, route);
  mountShort(app, deps, allRoutes);
  if (deps.sessions !== undefined) app.get(SIGN_IN, (c) => onSignIn(c, deps));
  if (deps.asset !== undefined) app.get('*', (c, next) => onPage(c, deps, next));
  // Closed by default: who has no token learns not even which paths exist.
  app.all('*', async (c) => {
    await admit(c, deps, 'read');
    throw new Problem(
      404,
      'NOT_FOUND',
      `there is no ${c.req.method} ${new URL(c.req.url).pathname}`,
    );
  });
  return app;
}

const asSafe = (error: unknown): string =>
  error instanceof Error && !error.message.startsWith('Failed query:')
    ? error.message
    : 'a failed query';

function mount(app: Hono, deps: AppDeps, route: Route): void {
  app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
    const principal = route.scope === null ? null : await admit(c, deps, route.scope);
    await demandReach(deps, principal, route, c.req.param());
    const query = route.query === undefined ? {} : checked(route.query, c.req.query(), 'the query');
    const body =
      route.body === undefined
        ? undefined
        : checked(route.body, await boundedJson(c.req.raw, MAX_BODY_BYTES), 'the body');
    const ifMatch = c.req.header('if-match')?.replace(/^"|"$/g, '') ?? null;
    const params = c.req.param();
    const answer = await route.handle({ deps, principal, params, query, body, ifMatch });
    const shown = withinReach(principal, route, answer);
    return await tagged(c, plainJson(cleanAnswer(shown)), route.status ?? 200);
  });
}

/** An answer with its mark: a client that holds it already gets that news instead of the body. */
async function tagged(c: Context, text: string, status: 200 | 202): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  if (c.req.method !== 'GET') return c.body(text, status, headers);
  const etag = `"${toHex((await digest(text)).subarray(0, ETAG_BYTES))}"`;
  const held = c.req.header('if-none-match')?.split(',') ?? [];
  if (held.some((one) => one.trim().replace(/^W\//, '') === etag))
    return c.body(null, 304, { etag });
  return c.body(text, status, { ...headers, etag });
}

async function admit(
  c: Context,
  deps: AppDeps,
  scope: NonNullable<Route['scope']>,
): Promise<Principal> {
  const principal = (await principalOfCookie(c, deps)) ?? (await deps.authenticate(c.req.raw));
  // A page asks for more than a program does. Only a session that is good says that it is one: a
  // cookie or a header that anybody can make up counts as the address that it comes from.
  const person = principal !== null && principal.by !== 'token';
  // Who has no token is counted by address, and who has one by itself: behind one address may stand
  // many, and those without must not lock out those with.
  if (principal === null) await count(deps, `address:${addressClass(deps.addressOf(c))}`);
  if (principal === null)
    throw new Problem(
      401,
      'UNAUTHENTICATED',
      'a bearer token, a session of the pages or one of Cloudflare Access is needed',
      'Open the link that `headwater serve` prints, or make one with `headwater session link`.',
    );
  if (!principal.scopes.has(scope))
    throw new Problem(403, 'SCOPE', `${principal.name} lacks the scope ${scope}`);
  await count(
    deps,
    person ? `browser:${principal.session?.hash ?? principal.name}` : `principal:${principal.name}`,
  );
  // A browser's session is a cookie, which the browser may also send along with another site's
  // form.
  if (principal.by !== 'token' && c.req.method !== 'GET' && !isOwnPage(c, principal.by))
    throw new Problem(403, 'CROSS_SITE', 'this request comes from another site');
  return principal;
}

async function count(deps: AppDeps, key: string): Promise<void> {
  if (!(await deps.allow(key)))
    throw new Problem(429, 'TOO_MANY', 'too many requests; try again in a minute');
}

function isOwnPage(c: Context, by: Principal['by']): boolean {
  const origin = c.req.header('origin');
  const own = new URL(c.req.url);
  // Every browser names the origin of what may change something. Which protocol it speaks with the
  // proxy in front of us, it alone knows.
  if (by === 'session') return origin !== undefined && URL.parse(origin)?.host === own.host;
  if (origin !== undefined && origin !== own.origin) return false;
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

function checked<T>(type: NonNullable<Route['query']>, value: T, what: string): unknown {
  const parsed = type.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem(
    400,
    'INVALID',
    `${what}: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`).join('; ')}`,
  );
}
