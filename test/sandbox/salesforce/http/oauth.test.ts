import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { CompactSign, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.close());

const TOKEN = '/services/oauth2/token';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await client.send('POST', TOKEN, new URLSearchParams(form).toString(), {
    authorization: '',
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  });
  return { status: answer.status, body: answer.body as Record<string, string> };
}

interface Claims {
  iss?: string;
  sub?: string;
  aud?: string;
  lifeSeconds?: number;
  key?: string;
}
async function assertion(claims: Claims = {}): Promise<string> {
  const { sandbox } = client;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(claims.iss ?? sandbox.clientId)
    .setSubject(claims.sub ?? sandbox.username)
    .setAudience(claims.aud ?? 'https://login.salesforce.com')
    .setExpirationTime(now + (claims.lifeSeconds ?? 120))
    .sign(createPrivateKey(claims.key ?? sandbox.privateKeyPem));
}
const jwt = async (claims?: Claims) =>
  token({ grant_type: JWT_BEARER, assertion: await assertion(claims) });
const works = async (accessToken: string) =>
  (await client.send('GET', 'limits', undefined, { authorization: `Bearer ${accessToken}` }))
    .status;

describe('JWT bearer', () => {
  it('gives a token that works, and no refresh token', async () => {
    const { status, body } = await jwt();
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'id',
      'instance_url',
      'scope',
      'token_type',
    ]);
    expect(body.access_token).toMatch(/^00D\w{12}![.\w]+$/);
    expect(body.id).toMatch(new RegExp(`^https://.*/id/${client.sandbox.org.id}/005\\w{15}$`));
    expect(body.instance_url).toBe(client.sandbox.url);
    expect(await works(body.access_token ?? '')).toBe(200);
  });

  it("accepts the test login host and the org's own address as audience", async () => {
    expect((await jwt({ aud: 'https://test.salesforce.com' })).status).toBe(200);
    expect((await jwt({ aud: client.sandbox.url })).status).toBe(200);
  });

  it('verifies the signature', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    expect(await jwt({ key: other })).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'invalid assertion' },
    });
    const [head, , signature] = (await assertion()).split('.');
    const forged = Buffer.from(
      JSON.stringify({
        iss: client.sandbox.clientId,
        sub: client.sandbox.org.admin.username,
        aud: 'https://login.salesforce.com',
        exp: Date.now() / 1000 + 60,
      }),
    ).toString('base64url');
    expect(
      (await token({ grant_type: JWT_BEARER, assertion: `${head}.${forged}.${signature}` })).body
        .error_description,
    ).toBe('invalid assertion');
    expect(
      (await token({ grant_type: JWT_BEARER, assertion: 'nonsense' })).body.error_description,
    ).toBe('invalid assertion');
  });

  it.each<[string, Claims, string, string]>([
    ['another audience', { aud: 'https://evil.example' }, 'invalid_grant', 'audience is invalid'],
    ['an expired one', { lifeSeconds: -60 }, 'invalid_grant', 'expired authorization code'],
    ['one that lives too long', { lifeSeconds: 3600 }, 'invalid_grant', 'invalid assertion'],
    [
      'an unknown consumer',
      { iss: '3MVG9nobody' },
      'invalid_client_id',
      'client identifier invalid',
    ],
    [
      'an unknown user',
      { sub: 'nobody@nowhere.example' },
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
  ])('refuses %s', async (_name, claims, error, error_description) => {
    expect(await jwt(claims)).toEqual({ status: 400, body: { error, error_description } });
  });

  it('takes an expiry as text, as the sample of the vendor has it, and nothing else for one', async () => {
    const withExpiry = async (exp: unknown): Promise<number> => {
      const { sandbox } = client;
      const payload = {
        ...{ iss: sandbox.clientId, sub: sandbox.username, exp },
        aud: 'https://login.salesforce.com',
      };
      const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'RS256' })
        .sign(createPrivateKey(sandbox.privateKeyPem));
      return (await token({ grant_type: JWT_BEARER, assertion: signed })).status;
    };
    const soon = Math.floor(Date.now() / 1000) + 120;
    expect(await withExpiry(String(soon))).toBe(200);
    expect(await withExpiry(soon)).toBe(200);
    for (const exp of [String(soon - 600), String(soon + 3600), 'soon', '', null, {}, undefined])
      expect(await withExpiry(exp)).toBe(400);
  });

  it('goes by the wall clock, so that moving the world on locks nobody out', async () => {
    client.sandbox.clock.advance(400 * 86_400_000);
    expect((await jwt()).status).toBe(200);
    client.sandbox.vendor.configure({ authClock: 'virtual' });
    expect((await jwt()).body.error_description).toBe('expired authorization code');
    client.sandbox.vendor.configure({ authClock: 'wall' });
  });
});

describe('client credentials', () => {
  it('takes the secret from the form or a Basic header', async () => {
    const { clientId, clientSecret } = client.sandbox;
    const byForm = await token({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    expect(byForm.body).toMatchObject({
      token_format: 'opaque',
      token_type: 'Bearer',
      instance_url: client.sandbox.url,
      issued_at: expect.stringMatching(/^\d{13}$/),
      signature: expect.any(String),
    });
    const byHeader = await token(
      { grant_type: 'client_credentials' },
      { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    );
    expect(await works(byHeader.body.access_token ?? '')).toBe(200);
  });

  it('refuses a wrong secret and an unknown grant', async () => {
    expect(
      await token({
        grant_type: 'client_credentials',
        client_id: client.sandbox.clientId,
        client_secret: 'wrong',
      }),
    ).toEqual({
      status: 400,
      body: { error: 'invalid_client', error_description: 'invalid client credentials' },
    });
    expect((await token({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type');
  });
});

describe('refresh', () => {
  const refresh = (refresh_token: string) =>
    token({
      grant_type: 'refresh_token',
      refresh_token,
      client_id: client.sandbox.clientId,
      client_secret: client.sandbox.clientSecret,
    });

  it('without rotation gives a new access token only', async () => {
    const { body } = await refresh(client.sandbox.refreshToken);
    expect(body.refresh_token).toBeUndefined();
    expect(await works(body.access_token ?? '')).toBe(200);
    expect((await refresh('5Aepunknown')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
  });

  it('with rotation: the old one coming back ends everything that came of it', async () => {
    const own = await openClient({ switches: { refreshRotation: true } });
    const ask = async (refresh_token: string) =>
      (
        await own.send(
          'POST',
          TOKEN,
          new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token,
            client_id: own.sandbox.clientId,
          }).toString(),
        )
      ).body as Record<string, string>;
    const first = await ask(own.sandbox.refreshToken);
    const second = await ask(first.refresh_token ?? '');
    expect(
      new Set([own.sandbox.refreshToken, first.refresh_token, second.refresh_token]).size,
    ).toBe(3);
    const alive = async () =>
      (
        await own.send('GET', 'limits', undefined, {
          authorization: `Bearer ${second.access_token}`,
        })
      ).status;
    expect(await alive()).toBe(200);
    expect(await ask(first.refresh_token ?? '')).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect((await ask(second.refresh_token ?? '')).error).toBe('invalid_grant');
    expect(await alive()).toBe(401);
  });
});

describe('sessions', () => {
  it('end by revocation, by an administrator, and unused', async () => {
    const own = await openClient({ switches: { authClock: 'virtual', sessionMs: 60_000 } });
    const open = async () =>
      (
        (
          await own.send(
            'POST',
            TOKEN,
            new URLSearchParams({
              grant_type: 'client_credentials',
              client_id: own.sandbox.clientId,
              client_secret: own.sandbox.clientSecret,
            }).toString(),
          )
        ).body as { access_token: string }
      ).access_token;
    const ask = (bearer: string) =>
      own.send('GET', 'limits', undefined, { authorization: `Bearer ${bearer}` });
    const [revoked, idle] = [await open(), await open()];
    expect(
      (await own.send('POST', '/services/oauth2/revoke', `token=${encodeURIComponent(revoked)}`))
        .status,
    ).toBe(200);
    expect((await ask(revoked)).status).toBe(401);
    own.sandbox.clock.advance(59_000);
    expect((await ask(idle)).status).toBe(200);
    own.sandbox.clock.advance(60_000);
    const expired = await ask(idle);
    expect([expired.status, expired.body]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
    own.sandbox.vendor.configure({ endSessions: true });
    expect((await ask(own.sandbox.accessToken)).status).toBe(401);
  });

  it('need a header that is one', async () => {
    expect(
      (await client.send('GET', 'limits', undefined, { authorization: 'Token abc' })).body,
    ).toMatchObject([{ errorCode: 'INVALID_AUTH_HEADER' }]);
    expect(
      (await client.send('GET', 'limits', undefined, { authorization: 'Bearer 00Dforged' })).status,
    ).toBe(401);
    expect(
      (
        await client.send('GET', 'limits', undefined, {
          authorization: `OAuth ${client.sandbox.accessToken}`,
        })
      ).status,
    ).toBe(200);
  });

  it('introspect tells live from dead', async () => {
    const { clientId, clientSecret, accessToken, username } = client.sandbox;
    const ask = async (of: string) =>
      (
        await client.send(
          'POST',
          '/services/oauth2/introspect',
          new URLSearchParams({
            token: of,
            client_id: clientId,
            client_secret: clientSecret,
          }).toString(),
        )
      ).body;
    expect(await ask(accessToken)).toMatchObject({
      active: true,
      username,
      client_id: clientId,
      token_type: 'access_token',
    });
    expect(await ask('other')).toEqual({ active: false });
  });

  it('say who they belong to', async () => {
    const info = (await client.send('GET', '/services/oauth2/userinfo')).body as Record<
      string,
      string
    >;
    expect(info).toMatchObject({
      organization_id: client.sandbox.org.id,
      preferred_username: client.sandbox.username,
      active: true,
    });
    const identity = (
      await client.send(
        'GET',
        `/id/${client.sandbox.org.id}/${info.user_id}?oauth_token=${encodeURIComponent(client.sandbox.accessToken)}`,
        undefined,
        { authorization: `Bearer ${client.sandbox.accessToken}` },
      )
    ).body;
    expect(identity).toMatchObject({ username: client.sandbox.username, user_id: info.user_id });
  });
});

it('open auth takes any token, client and assertion', async () => {
  const own = await openClient({ openAuth: true });
  expect(
    (
      await own.send('GET', 'limits', undefined, {
        authorization: 'Bearer 00D000000000000!anything',
      })
    ).status,
  ).toBe(200);
  const forms: Record<string, string>[] = [
    { grant_type: JWT_BEARER, assertion: 'x.y.z' },
    { grant_type: 'client_credentials', client_id: 'me' },
    { grant_type: 'refresh_token', refresh_token: 'old' },
  ];
  for (const form of forms) {
    expect(
      (await own.send('POST', TOKEN, new URLSearchParams(form).toString())).body,
    ).toMatchObject({ token_type: 'Bearer', access_token: expect.stringMatching(/^00D/) });
  }
});
