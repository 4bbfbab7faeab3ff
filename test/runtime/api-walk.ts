import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { allRoutes } from '../../src/http/api/routes/index.ts';
import type { Route } from '../../src/http/api/route.ts';

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: unknown }>;

/** What a route needs in its query before it answers. */
const QUERIES: Record<string, (ids: Ids) => string> = {
  '/v1/connections/{id}/kpis': ({ partner }) => `?partner=${partner}`,
  '/v1/connections/{id}/scores/find': ({ partner }) => `?partner=${partner}`,
  '/v1/connections/{id}/credit/explain': ({ deal }) => `?deal=${deal}`,
  '/v1/connections/{id}/routing': ({ openDeal }) => `?deal=${openDeal}`,
  '/v1/connections/{id}/cosell': ({ openDeal }) => `?deal=${openDeal}`,
};
/** What names a row of a list. */
interface Row {
  id?: string;
  plan?: { id: string };
  version?: string;
  name?: string;
}
/** Answered only after something else was done, or by the platform: the answer names which. */
const ELSEWHERE: Record<string, string> = {
  '/v1/connections/{id}/backtest': 'NO_BACKTEST',
  '/v1/connections/{id}/changes': 'NO_EARLIER_RUN',
  // Versions are kept where a mapping was pushed; on Node it is a file.
  '/v1/connections/{id}/mapping/versions/{version}': 'NO_VERSION',
  '/v1/sessions': 'NO_SESSIONS',
  // Whoever may see what partners may see has a scope of its own.
  '/v1/connections/{id}/partners/{partner}/shared-review': 'SCOPE',
  '/v1/connections/{id}/shared-deals/{deal}': 'SCOPE',
};
type Ids = Record<
  'connection' | 'run' | 'partner' | 'deal' | 'openDeal' | 'plan' | 'version' | 'object',
  string
>;

/**
 * Asks every route that reads for what is really there: each answers what it declares, and nothing
 * besides. Returns the names of what each answered with.
 */
export async function walkReads(ask: Ask, connection: string): Promise<Record<string, string[]>> {
  const of = `/v1/connections/${connection}`;
  const first = async (path: string, list: string): Promise<string> => {
    const { body } = await ask('GET', path);
    const [row] = (body as Record<string, Row[]>)[list] ?? [];
    return row?.id ?? row?.plan?.id ?? row?.version ?? row?.name ?? `no ${list}`;
  };
  const ids: Ids = {
    connection,
    run: await first(`/v1/runs?connection=${connection}`, 'runs'),
    partner: await first(`${of}/partners`, 'partners'),
    deal: await first(`${of}/deals`, 'deals'),
    openDeal: await first(`${of}/deals?state=open`, 'deals'),
    plan: await first(`${of}/plans`, 'plans'),
    version: await first(`${of}/mapping/versions`, 'versions'),
    object: await first(`${of}/mapping/objects`, 'objects'),
  };
  const shapes: Record<string, string[]> = {};
  const faults: string[] = [];
  for (const route of allRoutes.filter(({ method }) => method === 'get')) {
    const { status, body } = await ask('GET', addressOf(route, ids));
    const code = (body as { error?: { code?: string } }).error?.code;
    if (code !== undefined && ELSEWHERE[route.path] === code) continue;
    const read = route.response.safeParse(body);
    if (status !== 200) faults.push(`${route.path}: ${status} ${JSON.stringify(body)}`);
    else if (!read.success) faults.push(`${route.path}: ${read.error.message}`);
    else if (!isDeepStrictEqual(read.data, body))
      faults.push(`${route.path}: answers more than it declares`);
    if (ELSEWHERE[route.path] === undefined)
      shapes[route.path] = Object.keys(body as object).sort();
  }
  expect(faults).toEqual([]);
  return shapes;
}

const addressOf = ({ path }: Route, ids: Ids): string =>
  path
    .replace('/connections/{id}', `/connections/${ids.connection}`)
    .replace('/runs/{id}', `/runs/${ids.run}`)
    .replace('{partner}', ids.partner)
    .replace('{deal}', ids.deal)
    .replace('{version}', ids.version)
    .replace('{object}', ids.object)
    .replace('{plan}', encodeURIComponent(ids.plan)) + (QUERIES[path]?.(ids) ?? '');
