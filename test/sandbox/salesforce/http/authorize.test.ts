import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient, type Client } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await openClient();
});
afterEach(() => client.close());

const REDIRECT = 'http://localhost:1717/OauthRedirect';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const FORM = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };

const asked = (more: Record<string, string> = {}) => ({
  response_type: 'code',
  client_id: client.sandbox.clientId,
  redirect_uri: REDIRECT,
  state: 's 1',
  code_challenge: challenge,
  ...more,
});
const authorize = (more: Record<string, string> = {}) =>
  client.sandbox.fetch(
    `${client.sandbox.url}/services/oauth2/authorize?${new URLSearchParams(asked(more)).toString()}`,
    { redirect: 'manual' },
  );
const decide = (more: Record<string, string>) =>
  client.send(
    'POST',
    '/services/oauth2/authorize',
    new URLSearchParams({ ...asked(), ...more }).toString(),
    FORM,
  );
async function token(form: Record<string, string>) {
  const answer = await client.send(
    'POST',
    '/services/oauth2/token',
    new URLSearchParams({
      client_id: client.sandbox.clientId,
      redirect_uri: REDIRECT,
      ...form,
    }).toString(),
    FORM,
  );
  return { status: answer.status, body: answer.body as Record<string, string> };
}
async function code(): Promise<string> {
  const answer = await decide({ decision: 'allow', username: client.sandbox.username });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
const exchange = async (more: Record<string, string> = {}) =>
  token({ grant_type: 'authorization_code', code: await code(), code_verifier: verifier, ...more });

describe('web server flow', () => {
  it('asks for consent on a plain page, and escapes what it was given', async () => {
    const answer = await authorize({ state: '"><script>alert(1)</script>' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain(`<option>${client.sandbox.username}</option>`);
    expect(page).not.toContain('<script>');
  });

  it('gives a code for the user who allowed it, and tokens for the code', async () => {
    const answer = await decide({ decision: 'allow', username: client.sandbox.org.admin.username });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.origin + back.pathname, back.searchParams.get('state')]).toEqual([
      302,
      REDIRECT,
      's 1',
    ]);
    const { status, body } = await token({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      code_verifier: verifier,
    });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'id',
      'instance_url',
      'issued_at',
      'refresh_token',
      'scope',
      'signature',
      'token_type',
    ]);
    const info = await client.send('GET', '/services/oauth2/userinfo', undefined, {
      authorization: `Bearer ${body.access_token}`,
    });
    expect((info.body as { preferred_username: string }).preferred_username).toBe(
      client.sandbox.org.admin.username,
    );
    const refreshed = await token({
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token ?? '',
    });
    expect(refreshed.status).toBe(200);
  });

  it('lets a session without the api scope see who somebody is, and nothing else', async () => {
    const answer = await decide({
      decision: 'allow',
      username: client.sandbox.username,
      scope: 'openid profile',
    });
    const { body } = await token({
      grant_type: 'authorization_code',
      code: new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '',
      code_verifier: verifier,
    });
    expect([body.scope, body.refresh_token]).toEqual(['openid profile', undefined]);
    const authorization = `Bearer ${body.access_token}`;
    expect(
      (await client.send('GET', '/services/oauth2/userinfo', undefined, { authorization })).status,
    ).toBe(200);
    const refused = await client.send('GET', 'limits', undefined, { authorization });
    expect([refused.status, refused.body]).toEqual([
      401,
      [
        {
          message: 'This session is not valid for use with the REST API',
          errorCode: 'INVALID_SESSION_ID',
        },
      ],
    ]);
    expect(
      (
        await client.send('GET', '/services/async/66.0/job/750000000000000', undefined, {
          authorization,
        })
      ).body,
    ).toMatchObject({ exceptionCode: 'InvalidSessionId' });
  });

  it('opens the org by an address that is good once, and sends nobody to strangers', async () => {
    const { frontdoor_uri: uri } = (
      await client.send('GET', '/services/oauth2/singleaccess?redirect_uri=%2Flightning%2Fsetup')
    ).body as { frontdoor_uri: string };
    const visit = async () => client.sandbox.fetch(uri);
    const first = await visit();
    expect([first.status, await first.text()]).toEqual([
      200,
      expect.stringContaining(`${client.sandbox.username} would now see /lightning/setup`),
    ]);
    expect((await visit()).status).toBe(403);
    for (const stranger of ['https://example.invalid', '//example.invalid', '/\\example.invalid'])
      expect(
        (
          await client.send(
            'GET',
            `/services/oauth2/singleaccess?redirect_uri=${encodeURIComponent(stranger)}`,
          )
        ).status,
      ).toBe(400);
    expect(
      (
        await client.send('GET', '/services/oauth2/singleaccess', undefined, {
          authorization: 'Bearer nonsense',
        })
      ).status,
    ).toBe(401);
  });

  it('takes a code once', async () => {
    const once = await code();
    expect(
      (await token({ grant_type: 'authorization_code', code: once, code_verifier: verifier }))
        .status,
    ).toBe(200);
    expect(
      (await token({ grant_type: 'authorization_code', code: once, code_verifier: verifier })).body,
    ).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    [
      'a wrong verifier',
      { code_verifier: randomBytes(32).toString('base64url') },
      'invalid code verifier',
    ],
    ['no verifier', { code_verifier: '' }, 'code verifier required'],
    [
      'another address',
      { redirect_uri: 'http://localhost:1/x' },
      'redirect_uri must match configuration',
    ],
    ['a wrong secret', { client_secret: 'x' }, 'invalid client credentials'],
  ])('refuses %s', async (_name, more, words) => {
    expect(await exchange(more)).toMatchObject({ status: 400, body: { error_description: words } });
  });

  it('never sends anyone to an address the app does not have', async () => {
    const answer = await authorize({ redirect_uri: 'https://evil.example/' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect((await authorize({ client_id: 'nobody' })).status).toBe(400);
  });

  it('tells the client when the user denied, or asked in a wrong way', async () => {
    const where = (location: string | null) =>
      Object.fromEntries(new URL(location ?? '').searchParams);
    expect(where((await decide({ decision: 'deny' })).headers.get('location'))).toMatchObject({
      error: 'access_denied',
      state: 's 1',
    });
    expect(
      where((await authorize({ response_type: 'token' })).headers.get('location')),
    ).toMatchObject({ error: 'unsupported_response_type' });
    expect(
      where((await authorize({ code_challenge_method: 'plain' })).headers.get('location')),
    ).toMatchObject({ error: 'invalid_request' });
  });

  it('lets anyone in at once when auth is open', async () => {
    client.sandbox.vendor.configure({ openAuth: true });
    const answer = await authorize({ client_id: 'anyone', redirect_uri: 'http://localhost:9/cb' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.host]).toEqual([302, 'localhost:9']);
    expect(
      (
        await token({
          grant_type: 'authorization_code',
          client_id: 'anyone',
          redirect_uri: 'x',
          code: back.searchParams.get('code') ?? '',
        })
      ).status,
    ).toBe(200);
    expect(
      (await token({ grant_type: 'password', username: client.sandbox.username, password: 'x' }))
        .status,
    ).toBe(200);
  });
});

describe('several orgs behind one address', () => {
  it('keeps them apart by token, client and user', async () => {
    const other = await openClient({
      otherOrgs: [{ seed: 99, username: 'integration@other.example' }],
    });
    try {
      const [second] = other.sandbox.otherOrgs;
      if (second === undefined) throw new Error('no second org');
      const as = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
      expect(
        (
          await other.send(
            'POST',
            'sobjects/Account',
            { Name: 'Only there' },
            as(second.startSession.token),
          )
        ).status,
      ).toBe(201);
      const count = async (bearer: string) =>
        ((await other.query('SELECT Id FROM Account', as(bearer))).body as { totalSize: number })
          .totalSize;
      expect([
        await count(second.startSession.token),
        await count(other.sandbox.accessToken),
      ]).toEqual([1, 0]);
      const form = (more: Record<string, string>) => new URLSearchParams(more).toString();
      const refreshed = await other.send(
        'POST',
        '/services/oauth2/token',
        form({
          grant_type: 'refresh_token',
          client_id: second.clientId,
          refresh_token: second.refreshToken,
        }),
        FORM,
      );
      const body = refreshed.body as Record<string, string>;
      expect(body.id).toContain(second.site.org.id);
      expect(await count(body.access_token ?? '')).toBe(1);
      const stolen = await other.send(
        'POST',
        '/services/oauth2/token',
        form({
          grant_type: 'refresh_token',
          client_id: other.sandbox.clientId,
          refresh_token: second.refreshToken,
        }),
        FORM,
      );
      expect(stolen.status).toBe(400);
    } finally {
      await other.close();
    }
  });
});
