import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken, SCOPES } from '../../src/model/api-token.ts';
import { parseTokens, principalOfToken } from '../../src/http/api/auth/tokens.ts';
import { allRoutes } from '../../src/http/api/routes/index.ts';
import { VERSION } from '../../src/host/worker/version.ts';
import { readBundle } from '../../src/store/bundles.ts';
import { MAPPING } from '../sync/lab.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { openHttpLab, type HttpLab } from './lab.ts';

const CONNECTION = {
  version: 1,
  id: 'acme',
  crm: 'salesforce',
  mapping: 'salesforce.yaml',
  settings: { auth: 'jwt', clientId: 'c', username: 'u' },
  secrets: { privateKey: { env: 'ACME_KEY' } },
};

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
});
afterEach(() => {
  lab.close();
});
const errorOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('the door', () => {
  it('is open for health and closed for all else, known or not', async () => {
    expect(await (await lab.call('GET', '/healthz')).json()).toEqual({
      ok: true,
      version: '0.1.0',
    });
    for (const route of allRoutes.filter((one) => one.scope !== null)) {
      const response = await lab.call(
        route.method.toUpperCase(),
        route.path.replace(/\{\w+\}/g, 'x'),
      );
      expect([response.status, response.headers.get('www-authenticate')], route.path).toEqual([
        401,
        'Bearer',
      ]);
    }
    expect((await lab.call('GET', '/v1/nothing')).status).toBe(401);
    expect((await lab.call('GET', '/v1/nothing', { token: lab.tokens.read })).status).toBe(404);
  });

  it('opens no further than the scope of the token', async () => {
    for (const route of allRoutes.filter((one) => one.scope !== null)) {
      for (const scope of SCOPES) {
        const response = await lab.call(
          route.method.toUpperCase(),
          route.path.replace(/\{\w+\}/g, 'x'),
          { token: lab.tokens[scope], ...(route.body === undefined ? {} : { body: {} }) },
        );
        expect(response.status === 403, `${scope} ${route.method} ${route.path}`).toBe(
          scope !== route.scope,
        );
      }
    }
  });

  it('refuses tokens that are near misses', async () => {
    const { token, line } = await createToken('x', ['read']);
    const entries = parseTokens(`# a note\n${line}\n`);
    expect(await principalOfToken(entries, `Bearer ${token}`)).toMatchObject({ name: 'x' });
    for (const header of [
      null,
      '',
      token,
      `Basic ${token}`,
      `Bearer ${token} `,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token}A`,
      `Bearer ${line.split(':')[2]}`,
    ])
      expect(await principalOfToken(entries, header), String(header)).toBeNull();
    expect(line).not.toContain(token);
    expect(() => parseTokens('x:read:abc')).toThrow(/token 1 is not written/);
    expect(() => parseTokens(`x:everything:${'a'.repeat(64)}`)).toThrow(/token 1/);
  });

  it('says nothing of its inside, and no page of another origin can read it', async () => {
    const broken = await openHttpLab({
      stores: new Map([
        [
          'DB',
          {
            ...lab.store,
            db: new Proxy(
              {},
              {
                get() {
                  throw new Error('secret inside');
                },
              },
            ) as never,
          },
        ],
      ]),
    });
    const response = await broken.call('GET', '/v1/status', {
      token: broken.tokens.read,
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret inside');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([
      response.headers.get('x-content-type-options'),
      response.headers.get('cache-control'),
      response.headers.get('x-frame-options'),
    ]).toEqual(['nosniff', 'no-store', 'DENY']);
    broken.close();
  });

  it('lets no other origin ask first whether it may', async () => {
    const response = await lab.call('OPTIONS', '/v1/connections', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    });
    expect([
      response.status,
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
    ]).toEqual([401, []]);
  });

  it('reads no more of a body than it may have, whatever its length is said to be', async () => {
    let sent = 0;
    const endless = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => {
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536).fill(32));
        },
      });
    for (const headers of [{}, { 'content-length': '10' }]) {
      sent = 0;
      const request = new Request('https://hw.example/v1/connections/acme', {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${lab.tokens.admin}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: endless(),
        duplex: 'half',
      } as RequestInit);
      expect((await lab.app.fetch(request)).status).toBe(413);
      expect(sent).toBeLessThan(1_000_000);
    }
  });

  it('slows down who asks too often, before and after it knows who', async () => {
    const asked: string[] = [];
    const limited = await openHttpLab({
      allow: async (key) => {
        asked.push(key);
        return asked.filter((one) => one === key).length <= 3;
      },
    });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await limited.call('GET', '/v1/runs')).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    // Who has a token is none of those, though he stands behind the same address.
    const { token } = { token: limited.tokens.read };
    expect((await limited.call('GET', '/v1/runs', { token })).status).toBe(200);
    expect((await limited.call('GET', '/v1/runs')).status).toBe(429);
    limited.close();
  });

  it('counts a webhook before it reads or checks anything of it, one network as one', async () => {
    const asked: string[] = [];
    let host = 0;
    const limited = await openHttpLab({
      addressOf: () => `2001:db8:1:2::${(host++).toString(16)}`,
      allow: async (key) => {
        asked.push(key);
        return asked.length <= 2;
      },
    });
    const post = async (path: string): Promise<number> =>
      (await limited.call('POST', path, { body: 'no signature' })).status;
    expect(await post('/webhooks/hubspot')).toBe(401);
    expect(await post('/webhooks/salesforce/wrong')).toBe(404);
    expect(await post('/webhooks/hubspot')).toBe(429);
    expect(await post('/webhooks/salesforce/wrong')).toBe(429);
    expect(new Set(asked)).toEqual(new Set(['webhook:2001:db8:1:2::/64']));
    limited.close();
  });

  it("keeps another site's form away from a browser's Access session", async () => {
    const people = await openHttpLab({
      authenticate: async () => ({
        name: 'ann@acme.example',
        scopes: new Set(['run', 'admin', 'read'] as const),
        by: 'access',
      }),
    });
    const post = (headers: Record<string, string>) =>
      people.call('POST', '/v1/connections/sf/runs', { body: {}, headers });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(
      (await post({ origin: 'https://hw.example', 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(202);
    people.close();
  });
});

describe('connections', () => {
  const put = (body: unknown, path = '/v1/connections/acme') =>
    lab.call('PUT', path, { token: lab.tokens.admin, body });

  it('are pushed whole, and stay where they were first pushed', async () => {
    const response = await put(
      { connection: CONNECTION, mapping: MAPPING },
      '/v1/connections/acme?database=DB_2',
    );
    expect(await response.json()).toMatchObject({
      id: 'acme',
      database: 'DB_2',
      missingSecrets: ['ACME_KEY'],
    });
    expect((await readBundle(lab.second, 'acme'))?.mapping).toBe(MAPPING);
    expect(await errorOf(await put({ connection: CONNECTION, mapping: MAPPING }))).toBe('PLACE');
    expect(
      await (await lab.call('GET', '/v1/connections', { token: lab.tokens.read })).json(),
    ).toMatchObject({
      connections: [
        { id: 'sf', orgName: 'Acme', version: null, startable: false },
        { id: 'acme', database: 'DB_2', startable: true },
        { id: 'hs' },
      ],
    });
    expect(
      (
        await lab.call('POST', '/v1/connections/acme/runs', {
          token: lab.tokens.run,
          body: { full: true },
        })
      ).status,
    ).toBe(202);
    expect(lab.started).toEqual(['DB_2/acme/true']);
    await lab.call('DELETE', '/v1/connections/acme', { token: lab.tokens.admin });
    expect(await readBundle(lab.second, 'acme')).toBeNull();
  });

  it('come back to an older version that is pushed again', async () => {
    await put({ connection: CONNECTION, mapping: MAPPING });
    await put({ connection: { ...CONNECTION, shadow: 'all' }, mapping: MAPPING });
    await put({ connection: CONNECTION, mapping: MAPPING });
    expect((await readBundle(lab.store, 'acme'))?.connection.shadow).toEqual([]);
  });

  it('are refused with their faults', async () => {
    expect(
      await errorOf(await put({ connection: { ...CONNECTION, id: 'other' }, mapping: MAPPING })),
    ).toBe('ID');
    expect(
      await errorOf(
        await put({
          connection: { ...CONNECTION, secrets: { privateKey: { file: 'k.pem' } } },
          mapping: MAPPING,
        }),
      ),
    ).toBe('SECRET');
    for (const name of ['HEADWATER_KEY', 'HEADWATER_TOKENS', 'HEADWATER_HUBSPOT_SECRET'])
      expect(
        await errorOf(
          await put({
            connection: { ...CONNECTION, secrets: { privateKey: { env: name } } },
            mapping: MAPPING,
          }),
        ),
      ).toBe('SECRET');
    expect(
      await errorOf(await put({ connection: CONNECTION, mapping: 'version: 1\nwrong: true' })),
    ).toBe('MAPPING');
    expect(await errorOf(await put({ connection: CONNECTION, mapping: MAPPING, extra: 1 }))).toBe(
      'INVALID',
    );
    expect(await errorOf(await put('{"connection":'))).toBe('JSON');
    expect(await errorOf(await put({ connection: CONNECTION, mapping: 'x'.repeat(600_000) }))).toBe(
      'TOO_LARGE',
    );
    expect(
      (
        await lab.call('PUT', '/v1/connections/acme', {
          token: lab.tokens.admin,
          body: 'a=1',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).status,
    ).toBe(415);
  });
});

describe('the OpenAPI document', () => {
  it('is made of the routes, all of them', async () => {
    const document = (await (
      await lab.call('GET', '/openapi.json', { token: lab.tokens.read })
    ).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<
          string,
          { security: unknown[]; requestBody?: unknown; parameters?: { name: string }[] }
        >
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const route of allRoutes) {
      const operation = document.paths[route.path]?.[route.method];
      expect(operation, route.path).toBeDefined();
      expect(operation?.security.length === 0, route.path).toBe(route.scope === null);
      expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
    }
    expect(document.paths['/v1/runs']?.['get']?.parameters?.map((one) => one.name)).toEqual([
      'limit',
      'after',
      'connection',
      'kind',
      'state',
      'dryRun',
    ]);
  });

  it('names the version of the package', () => {
    expect(VERSION).toBe(packageJson.version);
  });
});
