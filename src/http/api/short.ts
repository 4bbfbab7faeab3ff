import type { Context, Hono } from 'hono';
import { listBundleIds } from '../../store/bundles.ts';
import { listConnections } from '../../store/status.ts';
import { principalOfCookie } from './auth/sessions.ts';
import type { AppDeps } from './deps.ts';
import { Problem } from './problem.ts';
import type { Route } from './route.ts';

const OF_CONNECTION = '/v1/connections/{id}/';

/** Every connection of this host, in the order of their ids. */
async function everyConnection(deps: AppDeps): Promise<string[]> {
  const held = await Promise.all(
    [...deps.stores.values()].map(async (store) => [
      ...(await listBundleIds(store)),
      ...(await listConnections(store)).map(({ id }) => id),
    ]),
  );
  const documents = (await deps.documents?.list()) ?? [];
  return [...new Set([...held.flat(), ...documents.map(({ id }) => id)])].sort();
}

/**
 * Short addresses: `/v1/plans` stands for `/v1/connections/ID/plans` where a host has one
 * connection, or `?connection=ID` names one. They lead to the same routes, and so to the same
 * checks. Errors: 400 where it is not clear which one is meant.
 */
export function mountShort(app: Hono, deps: AppDeps, routes: readonly Route[]): void {
  const taken = new Set(routes.map(({ path }) => path.split('/')[2]));
  const names = routes.flatMap(({ path }) =>
    path.startsWith(OF_CONNECTION) ? [path.slice(OF_CONNECTION.length).split('/')[0]!] : [],
  );
  for (const name of new Set(names))
    if (!taken.has(name))
      for (const path of [`/v1/${name}`, `/v1/${name}/*`])
        app.all(path, async (c) => await forwarded(c, app, deps));
}

async function forwarded(c: Context, app: Hono, deps: AppDeps): Promise<Response> {
  const url = new URL(c.req.url);
  const named = url.searchParams.get('connection');
  url.searchParams.delete('connection');
  url.pathname = url.pathname.replace(
    '/v1/',
    `/v1/connections/${encodeURIComponent(named ?? (await sole(c, deps)))}/`,
  );
  return await app.fetch(new Request(url, c.req.raw), c.env);
}

/**
 * The one connection that is meant. Who may ask nothing is turned away, and counted, where it leads
 * to.
 */
async function sole(c: Context, deps: AppDeps): Promise<string> {
  const principal = (await principalOfCookie(c, deps)) ?? (await deps.authenticate(c.req.raw));
  if (principal === null) return 'none';
  const all = await everyConnection(deps);
  const own = all.filter((id) => principal.connections?.has(id) ?? true);
  if (own.length === 1) return own[0]!;
  throw new Problem(
    400,
    'CONNECTION',
    own.length === 0 ? 'there is no connection yet' : 'this host has several connections',
    own.length === 0
      ? 'Sync once, or push one with `headwater worker push`.'
      : `Name one: ?connection=${own[0]} (${own.join(', ')}).`,
  );
}
