/** Salesforce's wire protocol over an org, as one fetch function. */
import { randomBytes } from 'node:crypto';
import { Hono, type Next } from 'hono';
import { OrgFault } from '../org-types.ts';
import { requireAccess, requireApi, innerAccess } from './access.ts';
import { refuser } from './allowed-methods.ts';
import { mountBulkV1 } from '../bulk-v1/mount.ts';
import { mountPages } from '../lightning/mount.ts';
import { mountUiApi } from '../lightning/ui-api.ts';
import { mountMetadataApi } from '../metadata-api/mount.ts';
import { mountBatch } from './batch.ts';
import { mountBulkQuery } from './bulk-query.ts';
import { mountIngest } from './bulk-ingest.ts';
import { mountChanges } from './changes.ts';
import { mountCollections } from './collections.ts';
import { mountComposite } from './composite.ts';
import { unpacked } from './content-encoding.ts';
import { fault, faultResponse, jsonResponse, overBudget } from './faults.ts';
import { mountFrontdoor } from './frontdoor.ts';
import { mountIdentity } from './identity.ts';
import { mountLimits } from './limits.ts';
import { mountOAuth } from './oauth.ts';
import { mountQuery } from './query.ts';
import { Choices, mountRecords } from './records.ts';
import { mountSchema } from './schema.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';
import { mountSearch } from './search.ts';
import { mountSoapLogin } from './soap-login.ts';
import { mountTooling } from './tooling.ts';
import { mountTree } from './tree.ts';
import { resources, versionList, versionOf } from './versions.ts';
import { inWantedForm } from './xml-answer.ts';
import { originOf } from './oauth-answer.ts';

/** Above this an address is refused, as a real front end does. */
const MAX_ADDRESS = 16_384;
const DATA = '/services/data/';

/** Builds the whole API over `site` and returns its front door. */
export function createSalesforceApp(site: Site): (request: Request) => Promise<Response> {
  const app = new Hono<SalesforceEnv>({ getPath: pathOf });
  app.onError((error) => {
    if (error instanceof OrgFault) return faultResponse(error.faults);
    if (error instanceof Choices) return error.response();
    const errorId = `${Math.floor(Math.random() * 1e9)}-${randomBytes(4).toString('hex')}`;
    process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    return faultResponse([
      {
        status: 500,
        errorCode: 'UNKNOWN_EXCEPTION',
        message: `An unexpected error occurred. Please include this ErrorId if you contact support: ${errorId}`,
      },
    ]);
  });
  const refuse = refuser(app);
  app.notFound((c) => refuse(c.req.method, c.req.path));
  mountOAuth(app, site);
  mountIdentity(app, site);
  mountFrontdoor(app, site);
  mountPages(app, site);
  mountSoapLogin(app, site);
  mountBulkV1(app, site);
  app.get('/services/data', () => jsonResponse(versionList()));
  guard(app, site);
  app.get('/services/data/:version', (c) =>
    jsonResponse(
      resources(base(c), `${originOf(c.req.raw)}/id/${site.org.id}/${c.get('user').id}`),
    ),
  );
  // The order matters where a fixed segment could be taken for an id.
  for (const mount of [
    mountQuery,
    mountSearch,
    mountLimits,
    mountTooling,
    mountMetadataApi,
    mountUiApi,
    mountCollections,
    mountTree,
    mountComposite,
    mountBatch,
    mountBulkQuery,
    mountIngest,
    mountSchema,
    mountChanges,
    mountRecords,
  ])
    mount(app, site);
  site.inner = async (request) => app.fetch(request);
  return async (sent) => {
    const request = await unpacked(sent);
    if (request instanceof Response) return request;
    const response = await inWantedForm(request, await app.fetch(request));
    if (pathOf(request).startsWith('/services/'))
      response.headers.set('sforce-limit-info', site.budget.header());
    return response;
  };
}

/** Version, address length, session and budget, in front of every data route. */
function guard(app: Hono<SalesforceEnv>, site: Site): void {
  const check = async (c: SalesforceContext, next: Next): Promise<void> => {
    if (c.req.raw.url.length > MAX_ADDRESS)
      throw fault(414, 'URI_TOO_LONG', 'The request address is too long');
    c.set('version', versionOf(c.req.path.slice(DATA.length).split('/')[0] ?? ''));
    const inner = innerAccess.get(c.req.raw);
    const access = inner ?? requireAccess(site, c.req.raw);
    requireApi(access.session);
    c.set('user', access.user);
    c.set('session', access.session);
    if (inner === undefined) {
      if (!site.budget.spend()) throw overBudget();
      await site.turnstile.pass();
    }
    await next();
  };
  app.use('/services/data/:version/*', check);
}

/**
 * The path with doubled slashes made one (a stored instance address often ends in a
 * slash) and the last one dropped.
 */
function pathOf(request: Request): string {
  const path = new URL(request.url).pathname.replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
