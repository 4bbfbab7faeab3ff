import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pluginConnector } from '../../src/host/node/plugin-connector.ts';
import { spawnCli, tempDir } from '../cli/harness.ts';

/** What somebody else would publish: plain JavaScript, nothing of ours at run time. */
const ACME = `
const checks = [{ name: 'Sign in', ok: true, detail: 'as nobody at acme', cure: null }];
export const connector = {
  name: 'acme',
  features: { readPage: 100, writeBatch: 10, deletes: false, merges: false, deleteLogDays: 0, associations: false, rowHistory: false, provisioning: false, counts: true, budget: false, stampResolutionMs: 1, settleMs: 0, settlesSurely: true },
  open: async (settings, secrets, deps) => ({ check: async (objects) => [...checks, ...objects.map((name) => ({ name, ok: true, detail: 'there', cure: null }))], close: async () => {} }),
};
`;

describe('a connector of somebody else', () => {
  const dir = tempDir();
  const put = async (
    name: string,
    source: string,
    more: Record<string, unknown> = { exports: './index.js' },
  ): Promise<void> => {
    const home = join(dir, 'node_modules', `headwater-connector-${name}`);
    await mkdir(home, { recursive: true });
    await writeFile(
      join(home, 'package.json'),
      JSON.stringify({
        name: `headwater-connector-${name}`,
        version: '1.0.0',
        type: 'module',
        ...more,
      }),
    );
    await writeFile(join(home, 'index.js'), source);
  };
  beforeAll(async () => {
    await put('acme', ACME);
  });

  it('is found beside the connection, by the name that the document gives it', async () => {
    await writeFile(
      join(dir, 'mapping.yaml'),
      'version: 1\ncrm: acme\nentities:\n  partner: { object: companies, fields: { name: name } }\n  deal: { object: deals, fields: { name: name, stage: stage, createdAt: created } }\n',
    );
    await writeFile(
      join(dir, 'headwater.connection.yaml'),
      'version: 1\nid: mine\ncrm: acme\nmapping: mapping.yaml\nsecrets: {}\n',
    );
    const ran = await spawnCli(dir, ['connection', 'check']);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('✓ Sign in: as nobody at acme');
    expect(ran.stdout).toContain('✓ companies: there');
  });

  it('that is not installed is told with the package to install', async () => {
    await writeFile(
      join(dir, 'other.yaml'),
      'version: 1\nid: other\ncrm: nobody\nmapping: mapping.yaml\nsecrets: {}\n',
    );
    const ran = await spawnCli(dir, ['connection', 'check', '-c', 'other.yaml']);
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringMatching(
        /there is no connector "nobody"[\s\S]*salesforce, hubspot[\s\S]*npm install headwater-connector-nobody/,
      ),
    ]);
  });

  it.each<[string, string, Record<string, unknown> | undefined, RegExp]>([
    ['empty', 'export const nothing = 1;', undefined, /exports no connector/],
    ['another', ACME, undefined, /exports the connector "acme"/],
    ['syntax', 'export const connector = {', undefined, /cannot be loaded: /],
    [
      'older',
      ACME.replace("'acme'", "'older'").replace(', settleMs: 0, settlesSurely: true', ''),
      undefined,
      /^config: headwater-connector-older does not declare settleMs, settlesSurely$/,
    ],
    ['esm', ACME, { exports: { import: './index.js' } }, /cannot be loaded: .*exports/],
    ['nowhere', '', { exports: './missing.js' }, /cannot be loaded|no connector/],
  ])('that is none (%s) is refused in words', async (name, source, more, message) => {
    await put(name, source, more);
    const outcome = await pluginConnector(name, dir).then(
      (found) => (found === null ? 'no connector' : 'found'),
      (error: { kind: string; message: string }) => `${error.kind}: ${error.message}`,
    );
    expect(outcome).toMatch(message);
  });

  it.each(['../acme', 'Acme', 'a/b', '', '.', 'fs'])(
    'no other module is ever loaded by a name such as %j',
    async (name) => expect(await pluginConnector(name, dir)).toBeNull(),
  );
});
