import type { AppDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { requireRun } from '../shapes/run.ts';
import type { Route } from '../route.ts';
import type { Principal } from './principal.ts';

type Reach = ReadonlySet<string>;

/** The connections a principal is limited to; null = it reaches them all. */
const reachOf = (principal: Principal | null): Reach | null => principal?.connections ?? null;

/**
 * Whether somebody who is limited to some connections may ask for this. Closed by default: a route
 * that is about no connection and no run, and does not say how its answer is cut to some, is not
 * for them. What lies beyond is not there, for those who may not see it. Errors: 403, 404.
 */
export async function demandReach(
  deps: AppDeps,
  principal: Principal | null,
  route: Route,
  params: Record<string, string>,
): Promise<void> {
  const reach = reachOf(principal);
  if (reach === null || route.within !== undefined) return;
  const id = params['id'] ?? '';
  if (route.path.startsWith('/v1/connections/{id}')) {
    if (reach.has(id)) return;
    throw new Problem(404, 'NO_CONNECTION', `there is no connection "${id}"`);
  }
  if (route.path.startsWith('/v1/runs/{id}')) {
    const { run } = await requireRun(deps, id);
    if (reach.has(run.connectionId)) return;
    throw new Problem(404, 'NO_RUN', `there is no run "${id}"`);
  }
  throw new Problem(
    403,
    'LIMITED',
    `${principal?.name ?? 'this token'} is limited to the connections ${[...reach].join(', ')}`,
  );
}

/** The answer with nothing in it of connections that lie beyond. */
export function withinReach(principal: Principal | null, route: Route, answer: unknown): unknown {
  const reach = reachOf(principal);
  return reach === null || route.within === undefined ? answer : route.within(answer, reach);
}

/** For a list whose entries name their connection in `key`. */
export const listWithin =
  <List extends string, Key extends string>(list: List, key: Key) =>
  (answer: unknown, reach: Reach): unknown => {
    const whole = answer as Record<List, Record<Key, string>[]>;
    return { ...whole, [list]: whole[list].filter((one) => reach.has(one[key])) };
  };

/** For what says nothing of any connection. */
export const sameForAll = (answer: unknown): unknown => answer;
