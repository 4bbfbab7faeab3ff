import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessVerifier } from '../../src/http/api/auth/access.ts';
import { NOW_MS } from './lab.ts';

const TEAM = 'https://acme.cloudflareaccess.com';
const AUDIENCE = 'f'.repeat(64);
type Key = Awaited<ReturnType<typeof generateKeyPair>>;

describe('a Cloudflare Access session', () => {
  let key: Key;
  let stranger: Key;
  let fetched = 0;
  let jwks: unknown;
  beforeAll(async () => {
    key = await generateKeyPair('RS256', { extractable: true });
    stranger = await generateKeyPair('RS256', { extractable: true });
    jwks = { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  });
  const verify = (team = TEAM) =>
    accessVerifier(
      { teamDomain: team, audience: AUDIENCE, scopes: new Set(['read']) },
      async (input) => {
        fetched++;
        expect(String(input)).toBe(`${team}/cdn-cgi/access/certs`);
        return Response.json(jwks);
      },
    );
  const sign = (
    change: {
      key?: Key;
      iss?: string;
      aud?: string;
      exp?: number;
      nbf?: number;
      alg?: string;
    } = {},
  ) =>
    new SignJWT({ email: 'ann@acme.example' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(change.iss ?? TEAM)
      .setAudience(change.aud ?? AUDIENCE)
      .setSubject('u1')
      .setIssuedAt(NOW_MS / 1000 - 60)
      .setNotBefore(change.nbf ?? NOW_MS / 1000 - 60)
      .setExpirationTime(change.exp ?? NOW_MS / 1000 + 600)
      .sign((change.key ?? key).privateKey);

  it('is taken when all of it is right, and the keys are fetched once', async () => {
    fetched = 0;
    const team = 'https://once.cloudflareaccess.com';
    expect(await verify(team)(await sign({ iss: team }), NOW_MS)).toMatchObject({
      name: 'ann@acme.example',
      by: 'access',
    });
    expect(await verify(team)(await sign({ iss: team }), NOW_MS)).not.toBeNull();
    expect(fetched).toBe(1);
  });

  it('is refused when forged, of another team or application, too old, too new, unsigned or signed another way', async () => {
    const good = await sign();
    const [head, body, signature] = good.split('.') as [string, string, string];
    const swapped = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const forged = `${head}.${Buffer.from(JSON.stringify({ ...swapped, email: 'boss@acme.example' })).toString('base64url')}.${signature}`;
    const hmac = await new SignJWT({ email: 'x' })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer(TEAM)
      .setAudience(AUDIENCE)
      .setSubject('u')
      .setIssuedAt(NOW_MS / 1000)
      .setExpirationTime(NOW_MS / 1000 + 600)
      .sign(new TextEncoder().encode(JSON.stringify(jwks)));
    const none = new UnsecuredJWT({ email: 'x' })
      .setIssuer(TEAM)
      .setAudience(AUDIENCE)
      .setSubject('u')
      .setIssuedAt(NOW_MS / 1000)
      .setExpirationTime(NOW_MS / 1000 + 600)
      .encode();
    const bad = {
      forged,
      stranger: await sign({ key: stranger }),
      team: await sign({ iss: 'https://evil.cloudflareaccess.com' }),
      application: await sign({ aud: 'e'.repeat(64) }),
      old: await sign({ exp: NOW_MS / 1000 - 60 }),
      early: await sign({ nbf: NOW_MS / 1000 + 3600 }),
      hmac,
      none,
      empty: '',
      words: 'a.b.c',
    };
    for (const [name, jwt] of Object.entries(bad))
      expect(await verify()(jwt, NOW_MS), name).toBeNull();
  });

  it('cannot be told from a forgery while the keys are away, so the answer is "later"', async () => {
    const away = accessVerifier(
      {
        teamDomain: 'https://away.cloudflareaccess.com',
        audience: AUDIENCE,
        scopes: new Set(['read']),
      },
      async () => {
        throw new TypeError('fetch failed');
      },
    );
    await expect(
      away(await sign({ iss: 'https://away.cloudflareaccess.com' }), NOW_MS),
    ).rejects.toMatchObject({ kind: 'transient' });
  });
});
