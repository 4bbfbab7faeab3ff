import type * as z from 'zod';
import type { Scope } from '../../model/api-token.ts';
import type { Principal } from './auth/principal.ts';
import type { AppDeps } from './deps.ts';

interface Call<Query, Body> {
  deps: AppDeps;
  /** Who asks; null where everybody may. */
  principal: Principal | null;
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** The mark of the version that the request goes out from, without its quotes; null = none. */
  ifMatch: string | null;
}

/**
 * One operation of the API as data: the app is mounted from it and the OpenAPI document is made of
 * it, so they cannot differ.
 */
export interface Route<Query = unknown, Body = unknown> {
  method: 'get' | 'put' | 'post' | 'delete';
  /** Parts in braces are parameters: `/v1/runs/{id}`. */
  path: string;
  summary: string;
  /** null = open to everyone. */
  scope: Scope | null;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  response: z.ZodType;
  status?: 200 | 202;
  /**
   * How the answer is cut for somebody who is limited to some connections, where the path names
   * neither a connection nor a run. Without it they are refused.
   */
  within?: (answer: unknown, connections: ReadonlySet<string>) => unknown;
  handle(call: Call<Query, Body>): Promise<unknown>;
}

export const route = <Query = Record<string, never>, Body = undefined>(
  one: Route<Query, Body>,
): Route => one as unknown as Route;
