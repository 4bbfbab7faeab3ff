import { hubspot } from '../../../../connectors/hubspot/index.ts';
import type { CrmSession } from '../../../../src/model/connector.ts';
import { testDeps, type TestDeps } from './deps.ts';

export interface Hit {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
}
export type Answer =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | Error;
export type Script = (hit: Hit, nth: number) => Answer | undefined;

export const ACCOUNT = {
  portalId: 7,
  timeZone: 'US/Eastern',
  companyCurrency: 'USD',
  additionalCurrencies: [],
  uiDomain: 'app.hubspot.com',
};
export const property = (name: string, type: string, more: Record<string, unknown> = {}) => ({
  name,
  label: name,
  type,
  fieldType: 'text',
  hubspotDefined: true,
  ...more,
});
const DEAL_PROPERTIES = [
  property('hs_object_id', 'number'),
  property('hs_lastmodifieddate', 'datetime'),
  property('dealname', 'string'),
  property('hw_score', 'number', { hubspotDefined: false }),
];

/**
 * A wire whose every answer the test writes by hand, for answers that no healthy server gives. What
 * the script leaves out is a small portal with deals.
 */
export function scripted(
  script: Script,
  overrides: Parameters<typeof testDeps>[0] = {},
): {
  deps: TestDeps;
  hits: Hit[];
  open(settings?: Record<string, unknown>, secrets?: Record<string, string>): Promise<CrmSession>;
} {
  const hits: Hit[] = [];
  const wire: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const hit = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: await request.text(),
    };
    const usual = usualAnswer(hit);
    if (usual === null) hits.push(hit);
    const answer = script(hit, hits.length) ??
      usual ?? { status: 404, json: { status: 'error', message: 'resource not found' } };
    if (answer instanceof Error) throw answer;
    return new Response(answer.text ?? JSON.stringify(answer.json), {
      status: answer.status ?? 200,
      headers: {
        'content-type': answer.text === undefined ? 'application/json;charset=utf-8' : 'text/html',
        date: 'Sun, 22 Nov 2026 12:00:00 GMT',
        ...answer.headers,
      },
    });
  };
  const deps = testDeps({ fetch: wire, ...overrides });
  return {
    deps,
    hits,
    open: async (settings = {}, secrets = {}) =>
      await hubspot.open(settings, { accessToken: 'T1', ...secrets }, deps),
  };
}

function usualAnswer({ path }: Hit): Answer | null {
  if (path.startsWith('/account-info/')) return { json: ACCOUNT };
  if (path === '/crm/v3/properties/deals') return { json: { results: DEAL_PROPERTIES } };
  if (path === '/crm-object-schemas/v3/schemas') return { json: { results: [] } };
  return null;
}

/** HubSpot's error bodies. */
export const refusal = (
  status: number,
  category: string,
  message: string,
  more: Record<string, unknown> = {},
): Answer => ({
  status,
  json: { status: 'error', message, correlationId: 'c-1', category, ...more },
});
export const tooMany = (policyName: string | null, message: string): Answer => ({
  status: 429,
  json: {
    status: 'error',
    message,
    errorType: 'RATE_LIMIT',
    correlationId: 'c-2',
    ...(policyName === null ? {} : { policyName }),
  },
});
