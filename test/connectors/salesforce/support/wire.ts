import type { CrmSession } from '../../../../src/model/connector.ts';
import { salesforce } from '../../../../connectors/salesforce/index.ts';
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
export type Script = (hit: Hit, nth: number) => Answer;

/** A wire whose every answer the test writes by hand: for answers that no healthy server gives. */
export function scripted(
  script: Script,
  overrides: Parameters<typeof testDeps>[0] = {},
): { deps: TestDeps; hits: Hit[]; open(settings?: Record<string, unknown>): Promise<CrmSession> } {
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
    hits.push(hit);
    const answer = script(hit, hits.length);
    if (answer instanceof Error) throw answer;
    const body = answer.text ?? (answer.json === undefined ? null : JSON.stringify(answer.json));
    return new Response(body, {
      status: answer.status ?? 200,
      headers: {
        'content-type': answer.text === undefined ? 'application/json;charset=UTF-8' : 'text/plain',
        ...answer.headers,
      },
    });
  };
  const deps = testDeps({ fetch: wire, ...overrides });
  return {
    deps,
    hits,
    open: async (settings = {}) =>
      await salesforce.open(
        { auth: 'access-token', instanceUrl: 'https://acme.my.salesforce.com', ...settings },
        { accessToken: 'T1' },
        deps,
      ),
  };
}

/** The parts of a describe answer that the connector reads. */
export function describeAnswer(
  name: string,
  fields: { name: string; type: string; [more: string]: unknown }[],
  system = ['SystemModstamp', 'IsDeleted'],
): unknown {
  const field = (each: { name: string; type: string }) => ({
    label: each.name,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    custom: each.name.endsWith('__c'),
    filterable: true,
    ...each,
  });
  return {
    name,
    label: name,
    custom: false,
    queryable: true,
    updateable: true,
    replicateable: true,
    fields: [
      { name: 'Id', type: 'id' },
      { name: 'SystemModstamp', type: 'datetime' },
      { name: 'IsDeleted', type: 'boolean' },
    ]
      .filter((each) => each.name === 'Id' || system.includes(each.name))
      .concat(fields)
      .map(field),
  };
}
