import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { workerApp } from '../../src/host/worker/app.ts';
import type { WorkerEnv } from '../../src/host/worker/env.ts';
import { createToken } from '../../src/model/api-token.ts';
import { openD1OnDisk } from './d1-on-disk.ts';

const TEAM = 'https://acme.cloudflareaccess.com';
const AUDIENCE = 'a'.repeat(64);

describe("the Worker's door", () => {
  let dir: string;
  let close: () => void;
  let env: WorkerEnv;
  let key: Awaited<ReturnType<typeof generateKeyPair>>;
  let forger: typeof key;
  let jwks: unknown;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'headwater-door-'));
    const d1 = openD1OnDisk(join(dir, 'd1.sqlite'));
    close = d1.close;
    [key, forger] = [
      await generateKeyPair('RS256', { extractable: true }),
      await generateKeyPair('RS256', { extractable: true }),
    ];
    jwks = { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] };
    env = {
      DB: d1.binding,
      SYNC: { createBatch: async (batch: { id: string }[]) => batch },
      ACCESS_TEAM_DOMAIN: TEAM,
      ACCESS_AUDIENCE: AUDIENCE,
      ACCESS_SCOPES: 'read',
    } as unknown as WorkerEnv;
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  afterAll(() => {
    close();
    rmSync(dir, { recursive: true, force: true });
  });

  const ask = async (
    headers: Record<string, string>,
    path = '/v1/status',
    on: WorkerEnv = env,
    method = 'GET',
  ): Promise<number> => {
    vi.stubGlobal('fetch', async () => Response.json(jwks));
    return (
      await workerApp(
        new Request(`https://hw.example${path}`, {
          method,
          headers,
          ...(method === 'POST' ? { body: '{}' } : {}),
        }),
        on,
      )
    ).status;
  };
  const session = (signer = key, audience = AUDIENCE): Promise<string> =>
    new SignJWT({ email: 'ann@acme.example' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(TEAM)
      .setAudience(audience)
      .setSubject('u')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(signer.privateKey);

  it('opens to an Access session as far as its scopes go, and to no forged one', async () => {
    const good = await session();
    expect(await ask({ 'cf-access-jwt-assertion': good })).toBe(200);
    expect(
      await ask(
        { 'cf-access-jwt-assertion': good, 'content-type': 'application/json' },
        '/v1/connections/acme/runs',
        env,
        'POST',
      ),
    ).toBe(403);
    expect(await ask({ 'cf-access-jwt-assertion': await session(forger) })).toBe(401);
    expect(await ask({ 'cf-access-jwt-assertion': await session(key, 'b'.repeat(64)) })).toBe(401);
    const [head, , signature] = good.split('.') as [string, string, string];
    expect(
      await ask({
        'cf-access-jwt-assertion': `${head}.${Buffer.from(JSON.stringify({ email: 'boss@acme.example', iss: TEAM, aud: AUDIENCE, sub: 'u', iat: 1, exp: 4e9 })).toString('base64url')}.${signature}`,
      }),
    ).toBe(401);
    // Without the settings of a team there is nobody to sign a session.
    expect(
      await ask({ 'cf-access-jwt-assertion': good }, '/v1/status', {
        ...env,
        ACCESS_TEAM_DOMAIN: undefined,
      }),
    ).toBe(401);
  });

  it('is shut while no token is set, and says which line of the tokens is not one', async () => {
    const { token, line } = await createToken('t', ['read']);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(401);
    expect(
      await ask({ authorization: `Bearer ${token}` }, '/v1/status', {
        ...env,
        HEADWATER_TOKENS: line,
      }),
    ).toBe(200);
    expect(
      await ask({ authorization: `Bearer ${token}` }, '/v1/status', {
        ...env,
        HEADWATER_TOKENS: token,
      }),
    ).toBe(409);
  });

  it('counts requests by address before it knows who asks', async () => {
    const keys: string[] = [];
    const limited = {
      ...env,
      API_RATE: {
        limit: async ({ key: asked }: { key: string }) => {
          keys.push(asked);
          return { success: keys.length <= 2 };
        },
      },
    } as unknown as WorkerEnv;
    expect([
      await ask({ 'cf-connecting-ip': '203.0.113.9' }, '/v1/status', limited),
      await ask({}, '/v1/status', limited),
      await ask({}, '/v1/status', limited),
    ]).toEqual([401, 401, 429]);
    expect(keys).toEqual(['address:203.0.113.9', 'address:local', 'address:local']);
  });

  it('says that the Workflow is missing where a deployment lacks it', async () => {
    const response = await workerApp(new Request('https://hw.example/v1/status'), {
      ...env,
      SYNC: undefined,
    } as unknown as WorkerEnv);
    expect([response.status, await response.text()]).toEqual([
      409,
      expect.stringContaining('the Workflow binding SYNC'),
    ]);
  });
});
