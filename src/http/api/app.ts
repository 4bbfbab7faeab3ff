import { Hono, type Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { boundedJson } from './body.ts';
import type { AppDeps } from './deps.ts';
import { asProblem, Problem, problemBody } from './problem.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/index.ts';
import { onHubSpot } from '../webhooks/hubspot.ts';
import { onSalesforce } from '../webhooks/salesforce.ts';

/** A mapping of a large org has some tens of kilobytes. */
const MAX_BODY_BYTES = 512 * 1024;

/**
 * The HTTP surface: health, API, OpenAPI document, webhooks. Everything but health and webhooks
 * needs a principal with the route's scope; webhooks prove themselves by signature or secret. There
 * is no CORS: no page of another origin can read an answer.
 */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.use(
    '*',
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  );
  app.use('*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
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
  app.post('/webhooks/hubspot', (c) => onHubSpot(c, deps));
  app.post('/webhooks/salesforce/:secret', (c) => onSalesforce(c, deps));
  for (const route of allRoutes) mount(app, deps, route);
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
    if (route.scope !== null) await admit(c, deps, route.scope);
    const query = route.query === undefined ? {} : checked(route.query, c.req.query(), 'the query');
    const body =
      route.body === undefined
        ? undefined
        : checked(route.body, await boundedJson(c.req.raw, MAX_BODY_BYTES), 'the body');
    return c.json(
      (await route.handle({ deps, params: c.req.param(), query, body })) as Record<string, unknown>,
      route.status ?? 200,
    );
  });
}

async function admit(c: Context, deps: AppDeps, scope: NonNullable<Route['scope']>): Promise<void> {
  if (!(await deps.allow(`address:${deps.addressOf(c)}`)))
    throw new Problem(429, 'TOO_MANY', 'too many requests; try again in a minute');
  const principal = await deps.authenticate(c.req.raw);
  if (principal === null)
    throw new Problem(
      401,
      'UNAUTHENTICATED',
      'a bearer token or a Cloudflare Access session is needed',
    );
  if (!principal.scopes.has(scope))
    throw new Problem(403, 'SCOPE', `${principal.name} lacks the scope ${scope}`);
  if (!(await deps.allow(`principal:${principal.name}`)))
    throw new Problem(429, 'TOO_MANY', 'too many requests; try again in a minute');
  // A browser's Access session is a cookie, which the browser also sends
  // along with another site's form.
  if (principal.by === 'access' && c.req.method !== 'GET' && !isOwnPage(c))
    throw new Problem(403, 'CROSS_SITE', 'this request comes from another site');
}

function isOwnPage(c: Context): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== new URL(c.req.url).origin) return false;
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
