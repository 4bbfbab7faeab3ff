/** HubSpot's wire protocol over a portal, as one fetch function. */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { HubSpotError, noRoute } from '../model/errors.ts';
import type { Access } from './access.ts';
import { mountAccount } from './account.ts';
import { mountAssociations } from './associations.ts';
import { mountAssociationsV3 } from './associations-v3.ts';
import { mountAuthorize } from './authorize.ts';
import { mountBatch } from './batch.ts';
import { mountLabels } from './labels.ts';
import { mountOAuth } from './oauth.ts';
import { mountObjects } from './objects.ts';
import { mountOwners } from './owners.ts';
import { mountPages } from '../pages/mount.ts';
import { canonicalPath } from './paths.ts';
import { mountPipelines } from './pipelines.ts';
import { mountProperties } from './properties.ts';
import { mountRecordLinks } from './record-links.ts';
import { mountSchemas } from './schemas.ts';
import { mountSearch } from './search.ts';
import { errorResponse, json, type HubEnv, type Site } from './site.ts';

/** Above this an address is refused, as the front end does; lists of properties reach it. */
const MAX_ADDRESS = 16_384;

/** Builds the whole API over `site` and returns its front door. */
export function createHubSpotApp(site: Site): (request: Request) => Promise<Response> {
  const app = new Hono<HubEnv>({
    getPath: (request) => canonicalPath(new URL(request.url).pathname),
  });
  app.onError((error) => {
    if (error instanceof HubSpotError) return errorResponse(error);
    process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    return json({ status: 'error', message: 'internal error', correlationId: randomUUID() }, 500);
  });
  app.notFound(() => errorResponse(noRoute()));
  mountOAuth(app, site);
  mountAuthorize(app, site);
  mountPages(app, site);
  const callers = guard(app, site);
  // The order matters where a fixed segment could be taken for an id.
  for (const mount of [
    mountSearch,
    mountBatch,
    mountRecordLinks,
    mountObjects,
    mountLabels,
    mountAssociations,
    mountAssociationsV3,
    mountProperties,
    mountPipelines,
    mountOwners,
    mountSchemas,
    mountAccount,
  ])
    mount(app, site);
  return async (request) => {
    const response = await app.fetch(request);
    const brief = response.status === 429 || isSearch(request);
    for (const [name, value] of Object.entries(
      site.limiter.headers(callers.get(request) ?? null, brief),
    ))
      response.headers.set(name, value);
    response.headers.set('x-hubspot-correlation-id', randomUUID());
    return response;
  };
}

function isSearch(request: Request): boolean {
  return request.method === 'POST' && new URL(request.url).pathname.endsWith('/search');
}

/** Address length, token and limits, in front of everything but OAuth. */
function guard(app: Hono<HubEnv>, site: Site): WeakMap<Request, Access> {
  const callers = new WeakMap<Request, Access>();
  app.use('*', async (c, next) => {
    if (c.req.raw.url.length > MAX_ADDRESS) throw new HubSpotError(414, null, 'URI Too Long');
    const access = site.access.require(c.req.raw);
    callers.set(c.req.raw, access);
    c.set('access', access);
    site.limiter.spend(access, isSearch(c.req.raw));
    await next();
  });
  return callers;
}
