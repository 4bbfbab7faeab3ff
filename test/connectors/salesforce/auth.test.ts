import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { scripted, type Answer, type Hit } from './support/wire.ts';

const instance = 'https://acme.my.salesforce.com';
const token = (accessToken: string, more: Record<string, unknown> = {}): Answer => ({
  json: {
    access_token: accessToken,
    instance_url: instance,
    id: 'https://login.salesforce.com/id/00D000000000001EAA/005000000000002AAA',
    token_type: 'Bearer',
    ...more,
  },
});
const form = (hit: Hit | undefined) => Object.fromEntries(new URLSearchParams(hit?.body));
const expired: Answer = {
  status: 401,
  json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
};

describe('signing in', () => {
  it('sends nobody to sign in again for a 401 in no words of Salesforce', async () => {
    const wire = scripted(() => ({ status: 401, json: { odd: true } }));
    await expect(
      salesforce.open(
        { auth: 'client-credentials', clientId: 'c', instanceUrl: instance },
        { clientSecret: 's' },
        wire.deps,
      ),
    ).rejects.toMatchObject({
      kind: 'auth',
      cure: expect.stringMatching(/^(?!.*sign in again).*instanceUrl.*accessToken/i),
    });
  });

  it('signs a JWT that lives two minutes, for the user, the app and the right login host', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const nowMs = Date.UTC(2026, 10, 22);
    for (const [loginUrl, audience] of [
      [undefined, 'https://login.salesforce.com'],
      ['https://acme--dev.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
      ['http://127.0.0.1:8090', 'http://127.0.0.1:8090'],
    ] as const) {
      const wire = scripted(() => token('T1'), { nowMs: () => nowMs });
      const pem = (await exportPKCS8(privateKey)).replaceAll('\n', '\\n'); // as environment files write it
      await salesforce.open(
        {
          auth: 'jwt',
          clientId: 'key',
          username: 'hw@acme.com',
          ...(loginUrl ? { loginUrl } : {}),
        },
        { privateKey: pem },
        wire.deps,
      );
      const body = form(wire.hits[0]);
      expect(body['grant_type']).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
      const { payload, protectedHeader } = await jwtVerify(body['assertion'] ?? '', publicKey, {
        currentDate: new Date(nowMs),
      });
      expect(protectedHeader).toEqual({ alg: 'RS256' });
      expect(payload).toEqual({
        iss: 'key',
        sub: 'hw@acme.com',
        aud: audience,
        exp: nowMs / 1000 + 120,
      });
    }
  });
  it('says how to convert a key of the wrong form, and never shows it', async () => {
    const wire = scripted(() => token('T1'));
    const key = '-----BEGIN RSA PRIVATE KEY-----\nSECRETBYTES\n-----END RSA PRIVATE KEY-----';
    const failure = salesforce.open(
      { auth: 'jwt', clientId: 'key', username: 'u' },
      { privateKey: key },
      wire.deps,
    );
    await expect(failure).rejects.toMatchObject({
      kind: 'config',
      cure: expect.stringContaining('openssl pkcs8'),
    });
    await expect(failure).rejects.not.toMatchObject({
      message: expect.stringContaining('SECRETBYTES'),
    });
  });
  it.each([
    [
      { error: 'invalid_grant', error_description: "user hasn't approved this consumer" },
      'auth',
      'pre-authorised',
    ],
    [
      { error: 'invalid_grant', error_description: 'invalid assertion' },
      'auth',
      'does not belong to the certificate',
    ],
    [
      { error: 'invalid_grant', error_description: 'audience is invalid' },
      'auth',
      'test.salesforce.com',
    ],
    [
      { error: 'invalid_grant', error_description: 'expired access/refresh token' },
      'auth',
      'Sign in again',
    ],
    [
      { error: 'invalid_client_id', error_description: 'client identifier invalid' },
      'config',
      'consumer key',
    ],
    [{ error: 'inactive_user', error_description: 'inactive user' }, 'auth', 'Activate'],
  ])('turns %j into %s with a cure', async (json, kind, cure) => {
    const wire = scripted(() => ({ status: 400, json }));
    await expect(
      salesforce.open(
        { auth: 'client-credentials', clientId: 'c', instanceUrl: instance },
        { clientSecret: 's' },
        wire.deps,
      ),
    ).rejects.toMatchObject({
      kind,
      code: json.error,
      cure: expect.stringContaining(cure),
      message: expect.stringContaining(json.error_description),
    });
    expect(form(wire.hits[0])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'c',
      client_secret: 's',
    });
  });
  it('saves a rotated refresh token before the new session is used, and goes on with it', async () => {
    const order: string[] = [];
    let signIns = 0;
    const wire = scripted(
      (hit) => {
        if (hit.path === '/services/oauth2/token') {
          signIns++;
          order.push(`token ${form(hit)['refresh_token']}`);
          return token(`T${signIns}`, { refresh_token: `R${signIns + 1}` });
        }
        order.push(`call ${hit.headers.get('authorization')}`);
        return hit.headers.get('authorization') === 'Bearer T2'
          ? { json: {}, headers: { date: 'Sun, 22 Nov 2026 03:48:11 GMT' } }
          : expired;
      },
      {
        saveSecret: async (name, value) => {
          order.push(`save ${name}=${value}`);
        },
      },
    );
    const session = await salesforce.open(
      { auth: 'refresh-token', clientId: 'c', instanceUrl: instance },
      { refreshToken: 'R1' },
      wire.deps,
    );
    expect(await session.serverTimeMs()).toBe(Date.UTC(2026, 10, 22, 3, 48, 11));
    expect(order).toEqual([
      'token R1',
      'save refreshToken=R2',
      'call Bearer T1',
      'token R2',
      'save refreshToken=R3',
      'call Bearer T2',
    ]);
  });
  it('does not use a session whose rotated token could not be saved', async () => {
    const wire = scripted(() => token('T1', { refresh_token: 'R2' }), {
      saveSecret: async () => {
        throw new Error('disk full');
      },
    });
    await expect(
      salesforce.open({ auth: 'refresh-token', clientId: 'c' }, { refreshToken: 'R1' }, wire.deps),
    ).rejects.toMatchObject({ message: expect.stringContaining('disk full') });
  });
  it('renews once for all calls that find the session ended', async () => {
    let signIns = 0;
    const wire = scripted((hit) => {
      if (hit.path === '/services/oauth2/token') return token(`T${++signIns}`);
      return hit.headers.get('authorization') === 'Bearer T1'
        ? expired
        : { json: [], headers: { date: 'Mon, 16 Nov 2026 09:00:00 GMT' } };
    });
    const session = await salesforce.open(
      { auth: 'client-credentials', clientId: 'c', instanceUrl: instance },
      { clientSecret: 's' },
      wire.deps,
    );
    const found = await Promise.all([1, 2, 3, 4].map(async () => await session.serverTimeMs()));
    expect(new Set(found)).toEqual(new Set([Date.UTC(2026, 10, 16, 9)]));
    expect(wire.hits.filter((hit) => hit.path === '/services/data')).toHaveLength(8);
    expect(signIns).toBe(2);
  });
  it('stops after one renewal when the new session is refused too', async () => {
    const wire = scripted((hit) => (hit.path === '/services/oauth2/token' ? token('T') : expired));
    const session = await salesforce.open(
      { auth: 'client-credentials', clientId: 'c', instanceUrl: instance },
      { clientSecret: 's' },
      wire.deps,
    );
    await expect(session.listObjects()).rejects.toMatchObject({
      kind: 'auth',
      code: 'INVALID_SESSION_ID',
    });
    expect(wire.hits.map((hit) => hit.path)).toEqual([
      '/services/oauth2/token',
      '/services/data/v66.0/sobjects',
      '/services/oauth2/token',
      '/services/data/v66.0/sobjects',
    ]);
  });
  it('refuses a token of another org than the connection names', async () => {
    const wire = scripted(() => token('T'));
    await expect(
      salesforce.open(
        {
          auth: 'client-credentials',
          clientId: 'c',
          instanceUrl: instance,
          orgId: '00D00000000000Z',
        },
        { clientSecret: 's' },
        wire.deps,
      ),
    ).rejects.toMatchObject({ kind: 'config', code: 'WRONG_ORG' });
  });
});

describe('settings', () => {
  const open = (settings: Record<string, unknown>, secrets: Record<string, string> = {}) =>
    salesforce.open(settings, secrets, scripted(() => token('T')).deps);
  it.each([
    [{ auth: 'jwt' }, {}, ['clientId', 'username', 'privateKey']],
    [
      { auth: 'access-token', instanceUrl: 'http://acme.my.salesforce.com' },
      { accessToken: 'x' },
      ['https'],
    ],
    [
      { auth: 'access-token', instanceUrl: 'https://acme.lightning.force.com' },
      { accessToken: 'x' },
      ['My Domain'],
    ],
    [{ apiVersion: '40.0', instancUrl: 'x' }, {}, ['55.0', 'instancUrl']],
    [{ auth: 'password' }, {}, ['auth']],
  ] as [Record<string, unknown>, Record<string, string>, string[]][])(
    '%j: every fault is named at once',
    async (settings, secrets, words) => {
      for (const word of words)
        await expect(open(settings, secrets)).rejects.toMatchObject({
          kind: 'config',
          code: 'SETTINGS',
          message: expect.stringContaining(word),
        });
    },
  );
});
