import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onSession } from '../../../src/cli/command.ts';
import type { CliDeps } from '../../../src/cli/deps.ts';
import { syncDeps } from '../../../src/cli/commands/sync.ts';
import { loadConnection } from '../../../src/cli/connection-file.ts';
import { nodeDeps } from '../../../src/host/node/node-main.ts';
import { leases } from '../../../src/store/schema.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';

const OPTIONS = { connection: 'c.yaml', db: 'd.sqlite' };

/**
 * The commands of one folder against a token endpoint with rotation, as
 * several processes would run them.
 */
describe('signing in with a refresh token that rotates', () => {
  let dir: string;
  let current: string;
  let spent: Set<string>;
  let revoked: boolean;
  const key = randomBytes(32).toString('base64');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'headwater-sign-in-'));
    [current, spent, revoked] = ['R0', new Set(), false];
    writeFileSync(join(dir, 'refresh.secret'), 'R0\n', { mode: 0o600 });
    writeFileSync(join(dir, 'mapping.yaml'), 'version: 1\n');
    document('{ file: refresh.secret }');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const document = (source: string): void =>
    writeFileSync(
      join(dir, 'c.yaml'),
      `version: 1\nid: acme\ncrm: salesforce\nmapping: mapping.yaml\nsettings: { auth: refresh-token, clientId: c, instanceUrl: "https://acme.my.salesforce.com" }\nsecrets: { refreshToken: ${source} }\n`,
    );
  const tokens = (body: string): Response => {
    const given = new URLSearchParams(body).get('refresh_token') ?? '';
    if (spent.has(given)) revoked = true;
    if (revoked || given !== current)
      return Response.json(
        { error: 'invalid_grant', error_description: 'expired access/refresh token' },
        { status: 400 },
      );
    spent.add(given);
    current = `${given}x`;
    return Response.json({
      access_token: `A-${current}`,
      instance_url: 'https://acme.my.salesforce.com',
      refresh_token: current,
    });
  };
  const deps = (env: Record<string, string>): CliDeps => {
    const node = nodeDeps();
    return {
      ...node,
      cwd: dir,
      env,
      connector: async () => salesforce,
      connectorDeps: (saveSecret) => ({
        ...node.connectorDeps(saveSecret),
        sleep: async () => {},
        fetch: async (_, init) => tokens(String(init?.body)),
      }),
    };
  };
  const check = async (env: Record<string, string>): Promise<void> => {
    await onSession(deps(env), OPTIONS, async () => {});
  };

  it('with nowhere to keep the next one spends nothing', async () => {
    document('{ env: REFRESH }');
    await expect(check({ REFRESH: 'R0' })).rejects.toMatchObject({
      kind: 'config',
      code: 'SECRET',
      cure: expect.stringContaining('HEADWATER_KEY'),
    });
    expect([current, spent.size, revoked]).toEqual(['R0', 0, false]);
    await check({ REFRESH: 'R0', HEADWATER_KEY: key });
    await check({ REFRESH: 'R0', HEADWATER_KEY: key });
    expect([current, revoked]).toEqual(['R0xx', false]);
  });

  it.each([
    ['in the file of the document', {}],
    ['in the database', { HEADWATER_KEY: key }],
  ])(
    'one command after the other goes on with what the one before was given, kept %s',
    async (_, env) => {
      for (let n = 0; n < 3; n++) await check(env);
      expect([current, revoked]).toEqual(['R0xxx', false]);
      const file = readFileSync(join(dir, 'refresh.secret'), 'utf8').trim();
      expect(file).toBe('HEADWATER_KEY' in env ? 'R0' : 'R0xxx');
      expect([
        statSync(join(dir, 'refresh.secret')).mode & 0o777,
        readdirSync(dir).filter((name) => name.endsWith('.new')),
      ]).toEqual([0o600, []]);
    },
  );

  it.each([
    ['in the file of the document', {}],
    ['in the database', { HEADWATER_KEY: key }],
  ])(
    'a check in the middle of a run that signed in before, kept %s: the run signs in again with the newest',
    async (_, env) => {
      const running = deps(env);
      const store = await running.openStore(join(dir, 'd.sqlite'));
      const { connection, secrets, connectorDeps } = await syncDeps(
        running,
        store,
        await loadConnection(running, 'c.yaml'),
        () => {},
      );
      await salesforce.open(connection.settings, secrets, connectorDeps);
      await check(env);
      // What it read when it started is two sign-ins old.
      await salesforce.open(connection.settings, secrets, connectorDeps);
      expect([current, revoked]).toEqual(['R0xxx', false]);
      store.close();
    },
  );

  it('says who is in the way when another process is at it', async () => {
    const store = await nodeDeps().openStore(join(dir, 'd.sqlite'));
    await store.batch([
      store.db.insert(leases).values({
        connectionId: 'acme#refreshToken',
        holder: 'another',
        fence: 1,
        expiresMs: Date.now() + 60_000,
      }),
    ]);
    store.close();
    await expect(check({})).rejects.toMatchObject({
      kind: 'limit',
      code: 'SECRET_BUSY',
      message: expect.stringContaining('"acme"'),
      cure: expect.stringContaining('one process'),
    });
    expect(current).toBe('R0');
  });

  it('without the key that sealed the newest value it stops before the old one is used', async () => {
    await check({ HEADWATER_KEY: key });
    await expect(check({})).rejects.toMatchObject({
      kind: 'config',
      code: 'KEY',
      cure: expect.stringContaining('HEADWATER_KEY'),
    });
    await expect(
      check({ HEADWATER_KEY: randomBytes(32).toString('base64') }),
    ).rejects.toMatchObject({ kind: 'config', code: 'KEY' });
    expect([current, revoked]).toEqual(['R0x', false]);
    await check({ HEADWATER_KEY: key });
    expect(current).toBe('R0xx');
  });

  it('somebody who signed in again puts the new token into the document, and what was stored of the old line is left', async () => {
    await check({ HEADWATER_KEY: key });
    revoked = true;
    await expect(check({ HEADWATER_KEY: key })).rejects.toMatchObject({
      kind: 'auth',
      code: 'invalid_grant',
    });
    [current, revoked] = ['S0', false];
    writeFileSync(join(dir, 'refresh.secret'), 'S0\n');
    await check({ HEADWATER_KEY: key });
    await check({ HEADWATER_KEY: key });
    expect([current, revoked]).toEqual(['S0xx', false]);
  });

  it('opens no database for a sign-in whose secret can be used again', async () => {
    writeFileSync(
      join(dir, 'c.yaml'),
      'version: 1\nid: acme\ncrm: salesforce\nmapping: mapping.yaml\nsettings: { auth: access-token, instanceUrl: "https://acme.my.salesforce.com" }\nsecrets: { accessToken: { file: refresh.secret } }\n',
    );
    await check({ HEADWATER_KEY: key });
    expect(readdirSync(dir).filter((name) => name.startsWith('d.sqlite'))).toEqual([]);
  });
});
