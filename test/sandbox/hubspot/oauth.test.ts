import { describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { call, get, NOW_MS, open, type Json } from './support.ts';

async function form(
  sandbox: HubSpotSandbox,
  path: string,
  fields: Record<string, string>,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

describe('who may call', async () => {
  let wallMs = NOW_MS;
  const sandbox = await open({ wallMs: () => wallMs });
  const client = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret };
  const refresh = { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken, ...client };

  test('no token, a wrong one, and one without the scope', async () => {
    expect(
      await call(sandbox, 'GET', '/crm/v3/objects/deals', undefined, 'nonsense'),
    ).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
    expect((await fetch(`${sandbox.url}/crm/v3/objects/deals`)).status).toBe(401);
    const narrow = sandbox.vendor.site.access.addStanding('pat-na1-narrow', [
      'crm.objects.deals.read',
    ]);
    expect(
      (await call(sandbox, 'GET', '/crm/v3/objects/deals', undefined, narrow.token)).status,
    ).toBe(200);
    expect(
      await call(sandbox, 'POST', '/crm/v3/objects/deals', { properties: {} }, narrow.token),
    ).toMatchObject({
      status: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [
          {
            message: 'One or more of the following scopes are required.',
            context: { requiredGranularScopes: ['crm.objects.deals.write'] },
          },
        ],
      },
    });
    for (const path of [
      '/crm/v3/owners',
      '/crm/v3/objects/companies',
      '/crm/v4/associations/deals/companies/labels',
      '/crm-object-schemas/v3/schemas',
    ])
      expect((await call(sandbox, 'GET', path, undefined, narrow.token)).status, path).toBe(403);
  });

  test('a refreshed token lives thirty minutes by the client’s clock; the refresh token stays', async () => {
    const first = await form(sandbox, '/oauth/v1/token', refresh);
    expect(first.body).toEqual({
      token_type: 'bearer',
      access_token: expect.any(String),
      refresh_token: sandbox.refreshToken,
      expires_in: 1800,
    });
    const token = String(first.body['access_token']);
    const second = await form(sandbox, '/oauth/v1/token', refresh);
    expect(second.body['access_token']).not.toBe(token);
    const described = await get(sandbox, `/oauth/v1/access-tokens/${token}`);
    expect(described.body).toMatchObject({
      token,
      hub_id: 48291637,
      token_type: 'access',
      expires_in: 1800,
    });
    const reply = await call(sandbox, 'GET', '/crm/v3/objects/deals', undefined, token);
    expect([reply.status, reply.headers.get('x-hubspot-ratelimit-daily')]).toEqual([200, null]);
    wallMs += 1_800_000;
    expect(await call(sandbox, 'GET', '/crm/v3/objects/deals', undefined, token)).toMatchObject({
      status: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    });
  });

  test('a code is good once, v3 says more, a revoked grant is over', async () => {
    const app = sandbox.vendor.app;
    const code = sandbox.vendor.site.access.authorize(app, ['oauth', 'crm.objects.deals.read'], 7);
    const asked = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: app.redirectUri,
      ...client,
    };
    const given = await form(sandbox, '/oauth/v3/token', asked);
    expect(given.body).toMatchObject({
      token_use: 'access_token',
      hub_id: 48291637,
      user_id: 7,
      scopes: ['oauth', 'crm.objects.deals.read'],
    });
    expect(await form(sandbox, '/oauth/v3/token', asked)).toMatchObject({
      status: 400,
      body: { status: 'BAD_AUTH_CODE' },
    });
    const token = String(given.body['access_token']);
    expect(
      (await form(sandbox, '/oauth/2026-09/token/introspect', { token, ...client })).body,
    ).toMatchObject({ active: true, client_id: sandbox.clientId });
    await form(sandbox, '/oauth/v3/token/revoke', { token, ...client });
    expect((await form(sandbox, '/oauth/v3/token/introspect', { token, ...client })).body).toEqual({
      active: false,
    });
    await form(sandbox, '/oauth/v3/token/revoke', {
      token: String(given.body['refresh_token']),
      ...client,
    });
    expect(
      await form(sandbox, '/oauth/v1/token', {
        ...refresh,
        refresh_token: String(given.body['refresh_token']),
      }),
    ).toMatchObject({ status: 400, body: { status: 'BAD_REFRESH_TOKEN' } });
  });

  test('wrong clients and grants', async () => {
    expect(
      (await form(sandbox, '/oauth/v1/token', { ...refresh, client_secret: 'x' })).body['status'],
    ).toBe('BAD_CLIENT_SECRET');
    expect(
      (await form(sandbox, '/oauth/v1/token', { ...refresh, client_id: 'x' })).body['status'],
    ).toBe('BAD_CLIENT_ID');
    expect(
      (await form(sandbox, '/oauth/v1/token', { grant_type: 'password', ...client })).body[
        'status'
      ],
    ).toBe('BAD_GRANT_TYPE');
    expect(
      (await form(sandbox, '/oauth/v3/token', { grant_type: 'client_credentials', ...client }))
        .status,
    ).toBe(200);
  });
});

describe('an open portal', async () => {
  const sandbox = await open({ openAuth: true });

  test('takes any token, client, secret and refresh token', async () => {
    expect(
      (await call(sandbox, 'GET', '/crm/v3/objects/deals', undefined, 'anything')).status,
    ).toBe(200);
    const granted = await form(sandbox, '/oauth/v3/token', {
      grant_type: 'refresh_token',
      refresh_token: 'mine',
      client_id: 'a tool',
      client_secret: 'its secret',
    });
    expect(granted).toMatchObject({ status: 200, body: { expires_in: 1800 } });
    expect((await fetch(`${sandbox.url}/crm/v3/objects/deals`)).status).toBe(401);
  });

  test('closes and opens by a switch of the wire', async () => {
    sandbox.vendor.configure({ openAuth: false });
    expect((await call(sandbox, 'GET', '/crm/v3/owners', undefined, 'anything')).status).toBe(401);
    expect(sandbox.vendor.configure({ openAuth: true })).toMatchObject({ openAuth: true });
    expect((await call(sandbox, 'GET', '/crm/v3/owners', undefined, 'anything')).status).toBe(200);
  });

  test('says what a private app may, by its token', async () => {
    const info = await call(sandbox, 'POST', '/oauth/v2/private-apps/get/access-token-info', {
      tokenKey: sandbox.accessToken,
    });
    expect(info).toMatchObject({
      status: 200,
      body: { hubId: 48_291_637, scopes: expect.arrayContaining(['crm.objects.deals.read']) },
    });
  });
});
