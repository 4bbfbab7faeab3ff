/**
 * Requests whose address is right and whose method is not: 405 with what would be allowed,
 * as Salesforce answers them.
 */
import type { Hono } from 'hono';
import { fault, faultResponse, notFound } from './faults.ts';
import type { SalesforceEnv } from './site.ts';

/** Methods by the shape of a route's address; made on first use, when all routes are there. */
function shapesOf(app: Hono<SalesforceEnv>): { pattern: RegExp; methods: Set<string> }[] {
  const shapes = new Map<string, Set<string>>();
  for (const { method, path } of app.routes)
    if (method !== 'ALL') shapes.set(path, (shapes.get(path) ?? new Set()).add(method));
  return [...shapes].map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
    methods,
  }));
}

/** What an address that no route takes is answered with. */
export function refuser(app: Hono<SalesforceEnv>): (method: string, path: string) => Response {
  let shapes: ReturnType<typeof shapesOf> | null = null;
  return (method, path) => {
    shapes ??= shapesOf(app);
    const allowed = [
      ...new Set(
        shapes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]),
      ),
    ];
    if (allowed.length === 0 || allowed.includes(method)) return faultResponse(notFound().faults);
    return faultResponse(
      fault(
        405,
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${method}' not allowed. Allowed are ${[...(allowed.includes('GET') ? ['HEAD'] : []), ...allowed].join(',')}`,
      ).faults,
    );
  };
}
