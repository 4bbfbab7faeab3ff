/** Subrequests of composite, batch and graph calls. */
import type { SalesforceContext, Site } from './site.ts';
import { innerRequest } from './access.ts';

export interface InnerAnswer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/**
 * Runs one subrequest for the caller. `url` is absolute on the server (`/services/data/v66.0/…`) or
 * relative to `/services/data/` (`v66.0/…`).
 */
export async function runInner(
  site: Site,
  c: SalesforceContext,
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<InnerAnswer> {
  const path = url.startsWith('/services/') ? url : `/services/data/${url.replace(/^\//, '')}`;
  const request = new Request(new URL(path, c.req.url.replace(/^(https?:\/\/[^/]+).*$/, '$1')), {
    method: method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined || method.toUpperCase() === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const response = await site.inner(
    innerRequest(request, { user: c.get('user'), session: c.get('session') }),
  );
  const text = await response.text();
  const location = response.headers.get('location');
  return {
    status: response.status,
    body: text === '' ? null : parse(text),
    headers: location === null ? {} : { Location: location },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a CSV or a page: passed on as it is
  }
}
