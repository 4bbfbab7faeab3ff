/**
 * The pages of the sandbox: `/record/ID` with what was deployed to it, and `/list/OBJECT/VIEW` for
 * a list view that was, for a browser on this machine. Whoever looks is named in the address
 * (`?as=username`).
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Hono } from 'hono';
import type { SalesforceContext, SalesforceEnv, Site } from '../http/site.ts';
import { isLoopback, notLoopback, pageResponse } from '../../web-page.ts';
import type { OrgUser } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { compileComponent, CompileError } from './compile.ts';
import { deployedSource, deployedVersion, offeredFor, placedOn } from './deployed.ts';
import { listPage } from './list-page.ts';
import { recordPage } from './page.ts';

const VERSION = '66.0';
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);
const NOT_INSTALLED =
  'The component is compiled by the vendor’s own compiler, which is a development dependency: in a clone of the repository, after npm ci, this page shows it.';
/** What stands where no component does: why, and what to do. */
const NOT_DEPLOYED =
  'No component was deployed to this org. Make one with `headwater package salesforce --out crm-package`, and deploy it with `sf project deploy start`.';

export function mountPages(app: Hono<SalesforceEnv>, site: Site): void {
  const scripts = new Map<string, Promise<string>>();
  const guarded =
    (work: (c: SalesforceContext) => Response | Promise<Response>) => (c: SalesforceContext) =>
      isLoopback(c.req.raw) ? work(c) : notLoopback();
  app.get(
    '/record/:id',
    guarded((c) => showRecord(site, c)),
  );
  app.get(
    '/list/:object/:view',
    guarded((c) => showList(site, c)),
  );
  app.get(
    '/record-script/:file',
    guarded(async (c) => {
      const bundle = (c.req.param('file') ?? '').replace(/\.js$/, '');
      const key = `${bundle} ${deployedVersion(site.org)}`;
      const script = scripts.get(key) ?? compiled(site, bundle);
      scripts.clear();
      scripts.set(key, script);
      return pageResponse(await script, 200, 'text/javascript');
    }),
  );
  app.get(
    '/_slds/*',
    guarded(async (c) => await designSystem(c)),
  );
}

/** A component that does not compile says why where it would stand. */
const compiled = async (site: Site, bundle: string): Promise<string> =>
  await compileComponent(deployedSource(site.org), bundle).then(
    ({ script }) => script,
    (error: unknown) => {
      if (!(error instanceof CompileError)) throw error;
      return `document.querySelector('aside').textContent = ${JSON.stringify(error.message)};`;
    },
  );

function showRecord(site: Site, c: SalesforceContext): Response {
  const { org } = site;
  const found = org.find(c.req.param('id') ?? '');
  const user = readerOf(site, c.req.query('as'));
  if (found === undefined || user === undefined)
    return pageResponse(
      user === undefined ? 'No such user.' : 'No such record.',
      404,
      'text/plain',
    );
  const { object, row } = found;
  if (!org.access(user, object).read)
    return pageResponse(`${user.username} may not read ${object.label}.`, 403, 'text/plain');
  const session = site.sessions.open(user.id, { clientId: null, scope: 'api' });
  const placed = placedOn(org, object.name);
  const lang = localeOf(c.req.query('locale'));
  const page = recordPage({
    org,
    user,
    object,
    row,
    placed,
    reader: {
      token: session.token,
      version: VERSION,
      locale: lang,
      lang,
      dir: directionOf(lang),
    },
    theme: themeOf(c),
    isWide: c.req.query('wide') !== undefined,
    search: new URL(c.req.url).search,
    why:
      placed.length === 0
        ? missingWords(org, object.name)
        : toolsFolder() === null
          ? NOT_INSTALLED
          : null,
  });
  return pageResponse(page);
}

/** Nothing was deployed, or only for other objects. */
function missingWords(org: SandboxOrg, object: string): string {
  const others = offeredFor(org);
  if (others.length === 0) return NOT_DEPLOYED;
  return `The component that was deployed to this org is for ${others.join(' and ')}, not for ${object}.`;
}

function showList(site: Site, c: SalesforceContext): Response {
  const { org } = site;
  const user = readerOf(site, c.req.query('as'));
  if (user === undefined) return pageResponse('No such user.', 404, 'text/plain');
  const { object = '', view = '' } = c.req.param();
  const sort = c.req.query('sort') ?? null;
  const locale = localeOf(c.req.query('locale'));
  const theme = themeOf(c);
  const page = listPage({ org, user, object, view, sort, locale, dir: directionOf(locale), theme });
  return page === undefined
    ? pageResponse(`No list view ${object}.${view} was deployed to this org.`, 404, 'text/plain')
    : pageResponse(page);
}

/** Somebody who sees the fields, unless the address names another. */
function readerOf(site: Site, username: string | undefined): OrgUser | undefined {
  if (username !== undefined) return site.org.userByName(username);
  const users = site.org.users().filter(({ active }) => active);
  return users.find(({ username: name }) => name.startsWith('integration@')) ?? users[0];
}

const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
const themeOf = (c: SalesforceContext): 'light' | 'dark' =>
  c.req.query('theme') === 'dark' ? 'dark' : 'light';

function localeOf(asked: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(asked ?? 'en-US')[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** Where the vendor's design system is installed; null in an installed package. */
function toolsFolder(): string | null {
  try {
    const require = createRequire(import.meta.url);
    require.resolve('@lwc/compiler');
    return dirname(require.resolve('@salesforce-ux/design-system/package.json'));
  } catch {
    return null;
  }
}

async function designSystem(c: SalesforceContext): Promise<Response> {
  const asked = normalize(c.req.path.slice('/_slds/'.length));
  const folder = toolsFolder();
  if (folder === null || asked.startsWith('..')) return pageResponse('', 404, 'text/plain');
  const bytes = await readFile(join(folder, 'assets', asked)).catch(() => null);
  if (bytes === null) return pageResponse('', 404, 'text/plain');
  const type = asked.endsWith('.css')
    ? 'text/css'
    : asked.endsWith('.svg')
      ? 'image/svg+xml'
      : 'application/octet-stream';
  return new Response(bytes, {
    headers: { 'content-type': type, 'cache-control': 'max-age=3600' },
  });
}
