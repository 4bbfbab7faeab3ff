import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair, exportPKCS8 } from 'jose';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { testDeps } from './support/deps.ts';
import { startOrg, type TestOrg } from './support/org.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await startOrg(2, { switches: { refreshRotation: true } });
});
afterAll(async () => {
  await org.sandbox.close();
});

describe('every way in, over HTTP', () => {
  it.each(['jwt', 'client-credentials', 'access-token', 'refresh-token'])('%s', async (auth) => {
    const { sandbox } = org;
    const session = await org.open(
      { auth, clientId: sandbox.clientId, username: sandbox.username, orgId: sandbox.org.id },
      {
        privateKey: sandbox.privateKeyPem,
        clientSecret: sandbox.clientSecret,
        accessToken: sandbox.accessToken,
        refreshToken: org.deps.saved['refreshToken'] ?? sandbox.refreshToken,
      },
    );
    expect(await session.identity()).toMatchObject({
      orgId: sandbox.org.id,
      userName: sandbox.username,
      instanceUrl: sandbox.url,
      multiCurrency: false,
    });
    expect((await session.check(['Account'])).filter((each) => !each.ok)).toEqual([]);
  });
  it.each(['jwt', 'access-token'])(
    '%s: names the newest API version to an org without the one asked for',
    async (auth) => {
      const { clientId, username, privateKeyPem: privateKey } = org.sandbox;
      const session = await org.open(
        { auth, clientId, username, apiVersion: '99.0' },
        { privateKey },
      );
      await expect(session.identity()).rejects.toMatchObject({
        kind: 'config',
        code: 'API_VERSION',
        message: 'This org has no API version 99.0.',
        cure: expect.stringContaining('68.0, the newest'),
      });
    },
  );
  it('says of a host that cannot be reached what to look at', async () => {
    const gone = org.open({ instanceUrl: 'https://nobody.invalid' });
    await expect(gone.then((session) => session.identity())).rejects.toMatchObject({
      kind: 'transient',
      code: 'NETWORK',
      cure: expect.stringMatching(/^No host of this name/),
    });
  });
  it('keeps each rotated refresh token: the spent one opens nothing any more', async () => {
    const own = await startOrg(2, { switches: { refreshRotation: true } });
    const openBy = (refreshToken: string) =>
      own.open(
        { auth: 'refresh-token', clientId: own.sandbox.clientId },
        { refreshToken, clientSecret: own.sandbox.clientSecret },
      );
    await openBy(own.deps.saved['refreshToken'] ?? own.sandbox.refreshToken);
    const rotated = own.deps.saved['refreshToken'] ?? '';
    expect(rotated).not.toBe('');
    expect(rotated).not.toBe(own.sandbox.refreshToken);
    expect((await (await openBy(rotated)).identity()).orgId).toBe(own.sandbox.org.id);
    await expect(openBy(rotated)).rejects.toMatchObject({ kind: 'auth', code: 'invalid_grant' });
    await own.sandbox.close();
  });
  it('refuses a foreign key, an unknown user, an unknown app, another org and a dead token, each in its own words', async () => {
    const { sandbox } = org;
    const foreign = await exportPKCS8(
      (await generateKeyPair('RS256', { extractable: true })).privateKey,
    );
    const jwt = { auth: 'jwt', clientId: sandbox.clientId, username: sandbox.username };
    await expect(org.open(jwt, { privateKey: foreign })).rejects.toMatchObject({
      kind: 'auth',
      code: 'invalid_grant',
    });
    await expect(
      org.open({ ...jwt, username: 'nobody@x.example' }, { privateKey: sandbox.privateKeyPem }),
    ).rejects.toMatchObject({ kind: 'auth', message: expect.stringContaining("hasn't approved") });
    await expect(
      org.open({ ...jwt, clientId: 'nope' }, { privateKey: sandbox.privateKeyPem }),
    ).rejects.toMatchObject({ kind: 'config', code: 'invalid_client_id' });
    await expect(
      org.open({ ...jwt, orgId: '00D000000000001' }, { privateKey: sandbox.privateKeyPem }),
    ).rejects.toMatchObject({ kind: 'config', code: 'WRONG_ORG' });
    await expect(org.open({ orgId: '00D000000000001' })).rejects.toMatchObject({
      kind: 'config',
      code: 'WRONG_ORG',
    });
    const dead = await salesforce.open(
      { auth: 'access-token', instanceUrl: sandbox.url },
      { accessToken: 'dead' },
      testDeps(),
    );
    await expect(dead.listObjects()).rejects.toMatchObject({
      kind: 'auth',
      code: 'INVALID_SESSION_ID',
    });
    expect(await dead.check(['Account'])).toEqual([
      expect.objectContaining({
        ok: false,
        name: 'Sign in and API access',
        cure: expect.any(String),
      }),
    ]);
  });
  it('shows the admin a user other than the one named', async () => {
    const session = await org.open({ username: 'somebody@else.example' });
    expect((await session.check([])).find((each) => each.name === 'User')).toMatchObject({
      ok: false,
      detail: expect.stringContaining(org.sandbox.username),
    });
  });
  it('tells a host that is down from a wrong secret', async () => {
    await expect(
      salesforce.open(
        { auth: 'client-credentials', clientId: 'c', instanceUrl: 'http://127.0.0.1:39998' },
        { clientSecret: 's' },
        testDeps(),
      ),
    ).rejects.toMatchObject({ kind: 'transient', code: 'NETWORK' });
    await expect(
      org.open(
        { auth: 'client-credentials', clientId: org.sandbox.clientId },
        { clientSecret: 'wrong' },
      ),
    ).rejects.toMatchObject({ kind: 'config', code: 'invalid_client' });
  });
});

describe('a multi-currency org', () => {
  it('names its corporate currency', async () => {
    const many = await startOrg(1, { multiCurrency: true });
    expect(await (await many.open()).identity()).toMatchObject({
      multiCurrency: true,
      currency: 'USD',
    });
    await many.sandbox.close();
  });
});
