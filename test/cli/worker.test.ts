import { serve, type ServerType } from '@hono/node-server';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTokens, principalOfToken } from '../../src/http/api/auth/tokens.ts';
import { readBundle } from '../../src/store/bundles.ts';
import { MAPPING } from '../sync/lab.ts';
import { openHttpLab, type HttpLab } from '../http/lab.ts';
import { cli, tempDir } from './harness.ts';

describe('headwater worker', () => {
  let lab: HttpLab;
  let server: ServerType;
  let url: string;
  const dir = tempDir();
  beforeAll(async () => {
    lab = await openHttpLab();
    url = await new Promise((resolve) => {
      server = serve({ fetch: lab.app.fetch, port: 0, hostname: '127.0.0.1' }, (at) =>
        resolve(`http://127.0.0.1:${at.port}`),
      );
    });
    mkdirSync(join(dir, 'maps'));
    writeFileSync(join(dir, 'maps/sf.yaml'), MAPPING);
    writeFileSync(
      join(dir, 'acme.yaml'),
      'version: 1\nid: acme\ncrm: salesforce\nmapping: maps/sf.yaml\nsecrets:\n  privateKey: { env: ACME_KEY }\n',
    );
  });
  afterAll(() => {
    server.close();
    lab.close();
  });
  const push = (args: string[], token = lab.tokens.admin) =>
    cli(dir, ['worker', 'push', '--url', url, '-c', 'acme.yaml', ...args], {
      env: { HEADWATER_TOKEN: token },
    });

  it('pushes the documents without needing their secrets, and names those that the deployment lacks', async () => {
    const ran = await push([]);
    expect([ran.code, ran.stdout]).toEqual([
      0,
      expect.stringMatching(
        /acme: version \w+ in DB; .*\n {2}! the secret ACME_KEY is not set yet/,
      ),
    ]);
    expect((await readBundle(lab.store, 'acme'))?.mapping).toBe(MAPPING);
  });

  it('says why it cannot, without the token', async () => {
    expect((await push([], lab.tokens.read)).stderr).toContain('lacks the scope admin');
    expect((await push(['--database', 'DB_9'])).stderr).toMatch(/lives in DB/);
    expect((await push([], '')).stderr).toContain('HEADWATER_TOKEN');
    expect(
      (
        await cli(dir, ['worker', 'push', '--url', 'http://example.com', '-c', 'acme.yaml'], {
          env: { HEADWATER_TOKEN: 'x' },
        })
      ).code,
    ).toBe(2);
    const wrong = await push([], 'hw_nobody-knows-this-token-at-all');
    expect([wrong.code, wrong.stderr.includes('hw_nobody')]).toEqual([1, false]);
  });

  it('makes a token whose stored line opens the door', async () => {
    const ran = await cli(dir, [
      'worker',
      'token',
      '--name',
      'ci',
      '--scopes',
      'read,run',
      '--json',
    ]);
    const made = JSON.parse(ran.stdout) as { token: string; line: string };
    expect(await principalOfToken(parseTokens(made.line), `Bearer ${made.token}`)).toMatchObject({
      name: 'ci',
    });
    expect((await cli(dir, ['worker', 'token', '--name', 'ci', '--scopes', 'all'])).code).toBe(2);
  });
});
