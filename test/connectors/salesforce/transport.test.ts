import jsforce from 'jsforce';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  install,
  makeTransport,
  parseLimitInfo,
} from '../../../connectors/salesforce/transport.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const make = (over: Partial<Parameters<typeof makeTransport>[0]> = {}) =>
  makeTransport({ fetch: globalThis.fetch, timeoutMs: 5_000, nowMs: () => 42, ...over });
function connect(transport = make()): InstanceType<typeof jsforce.Connection> {
  const connection = new jsforce.Connection({
    instanceUrl: 'https://acme.my.salesforce.com',
    accessToken: 'T',
    version: '66.0',
  });
  install(connection, transport);
  return connection;
}

describe('the fetch transport under jsforce', () => {
  it('carries every call of a connection, which msw can only see through the global fetch', async () => {
    server.use(
      http.get('https://acme.my.salesforce.com/services/data/v66.0/query', ({ request }) =>
        HttpResponse.json({
          totalSize: 7,
          done: true,
          records: [{ Name: request.headers.get('authorization') }],
        }),
      ),
    );
    const transport = make();
    const connection = connect(transport);
    expect(await connection.query('SELECT Id FROM Account')).toMatchObject({
      totalSize: 7,
      records: [{ Name: 'Bearer T' }],
    });
    await connection.request('/services/data/v66.0/query?q=x');
    expect(transport.readings.calls).toBe(2);
  });
  it("serves jsforce's OAuth calls too, which count against no budget", async () => {
    server.use(
      http.post('https://acme.my.salesforce.com/services/oauth2/token', async ({ request }) =>
        HttpResponse.json({ got: await request.text() }),
      ),
    );
    const transport = make();
    const connection = new jsforce.Connection({
      oauth2: { loginUrl: 'https://acme.my.salesforce.com', clientId: 'c', clientSecret: 's' },
    });
    install(connection, transport);
    expect(await connection.oauth2.refreshToken('r')).toMatchObject({
      got: expect.stringContaining('refresh_token=r'),
    });
    expect(transport.readings.calls).toBe(0);
  });
  it('does not repeat a call, whatever the status', async () => {
    let hits = 0;
    server.use(
      http.get('https://acme.my.salesforce.com/services/data', () => {
        hits++;
        return HttpResponse.text('busy', { status: 503 });
      }),
    );
    await expect(connect().request('/services/data')).rejects.toMatchObject({
      status: 503,
      body: 'busy',
    });
    expect(hits).toBe(1);
  });
  it('calls fetch without a receiver, as workerd demands', async () => {
    const strict = function (this: unknown): Promise<Response> {
      if (this !== undefined) throw new TypeError('Illegal invocation');
      return Promise.resolve(Response.json({}));
    };
    await make({ fetch: strict as typeof fetch }).send({
      method: 'GET',
      url: 'https://acme.my.salesforce.com/services/data',
    });
  });
  it('gives up at the time limit, and tells refused from lost', async () => {
    server.use(
      http.get(
        'https://acme.my.salesforce.com/services/data',
        async () => await new Promise<never>(() => {}),
      ),
    );
    await expect(
      make({ timeoutMs: 60 }).send({
        method: 'GET',
        url: 'https://acme.my.salesforce.com/services/data',
      }),
    ).rejects.toMatchObject({ timedOut: true, sent: true });
    server.close();
    await expect(make().send({ method: 'GET', url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      timedOut: false,
    });
    await expect(
      make().send({ method: 'GET', url: 'http://127.0.0.1:39999/' }),
    ).rejects.toMatchObject({ timedOut: false, sent: false });
    server.listen({ onUnhandledFrame: 'error' });
  });
  it('lets go of a redirect without following it with the token', async () => {
    server.use(
      http.get(
        'https://acme.my.salesforce.com/services/data',
        () =>
          new HttpResponse('moved', {
            status: 302,
            headers: { location: 'https://evil.example/' },
          }),
      ),
    );
    await expect(connect().request('/services/data')).rejects.toMatchObject({ status: 302 });
  });
});

describe('Sforce-Limit-Info', () => {
  it('is read in both of its forms, and in no other', () => {
    expect(parseLimitInfo('api-usage=18/15000')).toEqual({ used: 18, limit: 15000 });
    expect(
      parseLimitInfo('api-usage=25/5000; per-app-api-usage=17/250(appName=sample-connected-app)'),
    ).toEqual({ used: 25, limit: 5000 });
    expect(parseLimitInfo('per-app-api-usage=17/250(appName=x)')).toBeNull();
    expect(parseLimitInfo('per-app-api-usage=17/250(appName=x), api-usage=1/2')).toEqual({
      used: 1,
      limit: 2,
    });
    expect(parseLimitInfo(undefined)).toBeNull();
  });
});
