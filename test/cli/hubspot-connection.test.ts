import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CliDeps } from '../../src/cli/deps.ts';
import { ALL_SCOPES } from '../../src/sandbox/hubspot/http/access.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { cli, tempDir, type Ran } from './harness.ts';

let sandbox: HubSpotSandbox;
beforeAll(async () => {
  sandbox = await startHubSpotSandbox({ partners: 4, deals: 20 });
});
afterAll(async () => {
  await sandbox.close();
});

const add = (dir: string, args: string[], change: Partial<CliDeps> = {}): Promise<Ran> =>
  cli(dir, ['connection', 'add', ...args], change);
const base = (): string[] => ['--set', `baseUrl=${sandbox.url}`];
const freePort = async (): Promise<number> =>
  await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

async function expectKept(
  dir: string,
  secret: string,
  only: string[],
  printed: string[],
): Promise<void> {
  for (const file of await readdir(dir))
    if (!only.includes(file))
      expect((await readFile(join(dir, file), 'utf8')).includes(secret), file).toBe(false);
  for (const text of printed) expect(text.includes(secret)).toBe(false);
}

describe('connection add: service key', () => {
  it('says what to click and which scopes, waits, goes on with --resume, and checks each permission', async () => {
    const dir = tempDir();
    const first = await add(dir, ['--crm', 'hubspot', '--auth', 'service-key', ...base()]);
    expect(first.code).toBe(1);
    for (const words of [
      'Development > Keys > Service keys',
      'crm.objects.deals.read',
      'crm.schemas.companies.write',
      'crm.objects.custom.read',
      'connection add --resume',
      '--from-file accessToken=<path>',
    ])
      expect(first.stdout).toContain(words);
    const denied = await add(
      dir,
      ['--resume', '--set', 'portalId=1', '--from-env', 'accessToken=HS_TOKEN'],
      { env: { HS_TOKEN: sandbox.accessToken } },
    );
    expect([denied.code, denied.stdout]).toEqual([
      1,
      expect.stringContaining(
        `for portal ${sandbox.portal.settings.portalId}, and the connection names 1`,
      ),
    ]);
    const env = { HS_TOKEN: sandbox.accessToken };
    const last = await add(
      dir,
      ['--resume', '--set', `portalId=${sandbox.portal.settings.portalId}`],
      { env },
    );
    expect(last.code, last.stdout + last.stderr).toBe(0);
    for (const words of [
      '✓ companies: write access',
      '✓ deals: write access',
      '"Partner", "Influencer"',
      '✓ Custom objects: partner_plan',
    ])
      expect(last.stdout).toContain(words);
    const document = await readFile(join(dir, 'headwater.connection.yaml'), 'utf8');
    expect([
      document.includes('crm: hubspot'),
      document.includes('auth: token'),
      document.includes('env: HS_TOKEN'),
      document.includes(`portalId: "${sandbox.portal.settings.portalId}"`),
    ]).toEqual([true, true, true, true]);
    for (const command of [
      ['connection', 'check'],
      ['mapping', 'check'],
    ])
      expect((await cli(dir, command, { env })).code).toBe(0);
    await expectKept(
      dir,
      sandbox.accessToken,
      [],
      [first, denied, last].flatMap(({ stdout, stderr }) => [stdout, stderr]),
    );
  });

  it('a token without the right to write, and one without custom objects, are told so', async () => {
    const scopes = ALL_SCOPES.filter(
      (scope) => !scope.includes('custom') && scope !== 'crm.objects.companies.write',
    );
    sandbox.vendor.site.access.addStanding('pat-na1-narrow', scopes);
    const dir = tempDir();
    const ran = await add(
      dir,
      ['--crm', 'hubspot', '--auth', 'private-app', ...base(), '--from-env', 'accessToken=T'],
      { env: { T: 'pat-na1-narrow' } },
    );
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(
      /✗ companies: write access: .*MISSING_SCOPES[\s\S]*Add crm\.objects\.companies\.write/,
    );
    expect(ran.stdout).toContain('✓ deals: write access');
    expect(ran.stdout).toContain('Custom objects: none to be seen');
    expect(ran.stdout).toContain('headwater connection add --resume');
    const before = sandbox.vendor.dump(['companies']);
    await cli(dir, ['connection', 'check'], { env: { T: 'pat-na1-narrow' } });
    expect(sandbox.vendor.dump(['companies'])).toEqual(before);
  });

  it('refuses a key on the command line, an address that is none, and keeps what a person types in a file of mode 600', async () => {
    const dir = tempDir();
    const onLine = await add(dir, [
      '--crm',
      'hubspot',
      '--auth',
      'service-key',
      '--set',
      `accessToken=${sandbox.accessToken}`,
    ]);
    expect([onLine.code, onLine.stderr.includes(sandbox.accessToken)]).toEqual([2, false]);
    await writeFile(join(dir, 'key.txt'), 'x');
    const plain = await add(dir, [
      '--crm',
      'hubspot',
      '--auth',
      'service-key',
      '--set',
      'baseUrl=http://api.hubapi.com',
      '--set',
      'portalId=12a',
      '--from-file',
      'accessToken=key.txt',
    ]);
    expect(plain.stderr).toContain('baseUrl must begin with https://');
    expect(plain.stderr).toContain('portalId is a number');
    const asked: [string, boolean][] = [];
    const typed = tempDir();
    const ran = await add(typed, ['--crm', 'hubspot', '--auth', 'service-key', ...base()], {
      ask: async (question, hidden) => {
        asked.push([question, hidden]);
        return hidden ? sandbox.accessToken : '';
      },
    });
    expect([ran.code, ran.stderr, asked.map(([, hidden]) => hidden)]).toEqual([
      0,
      '',
      [true, false],
    ]);
    expect(
      ((await stat(join(typed, 'headwater.accessToken.secret'))).mode & 0o777).toString(8),
    ).toBe('600');
    await expectKept(
      typed,
      sandbox.accessToken,
      ['headwater.accessToken.secret'],
      [ran.stdout, ran.stderr],
    );
  });
});

describe('connection add: OAuth in the browser', () => {
  async function install(
    dir: string,
    decision: 'allow' | 'deny',
    extra: string[] = [],
  ): Promise<Ran & { seen: URL }> {
    const port = await freePort();
    sandbox.vendor.app.redirectUri = `http://localhost:${port}/callback`;
    let seen = new URL('http://nowhere');
    let acted: Promise<unknown> = Promise.resolve();
    const out: string[] = [];
    const act = async (url: URL): Promise<void> => {
      const page = await fetch(url);
      expect([page.status, (await page.text()).includes('crm.objects.deals.read')]).toEqual([
        200,
        true,
      ]);
      const answer = await fetch(`${url.origin}${url.pathname}`, {
        method: 'POST',
        body: new URLSearchParams([...url.searchParams, ['decision', decision]]),
        redirect: 'manual',
      });
      await fetch(answer.headers.get('location') ?? '');
    };
    const ran = await add(
      dir,
      [
        '--crm',
        'hubspot',
        '--auth',
        'oauth',
        ...base(),
        '--set',
        `clientId=${sandbox.clientId}`,
        '--from-env',
        'clientSecret=S',
        '--callback-port',
        String(port),
        ...extra,
      ],
      {
        env: { S: sandbox.clientSecret },
        stdout: (text) => {
          out.push(text);
          const url = /https?:\/\/\S+\/authorize\?\S+/.exec(text)?.[0];
          if (url !== undefined) {
            seen = new URL(url);
            acted = act(seen);
          }
        },
      },
    );
    await acted;
    return { ...ran, stdout: out.join(''), seen };
  }

  it('asks for no more than it needs, keeps the refresh token in a file, and pins the portal', async () => {
    const dir = tempDir();
    const ran = await install(dir, 'allow');
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    const scopes = (ran.seen.searchParams.get('scope') ?? '').split(' ');
    expect(scopes).toContain('oauth');
    expect(scopes.filter((scope) => scope.includes('.write')).sort()).toEqual([
      'crm.objects.companies.write',
      'crm.objects.deals.write',
      'crm.schemas.companies.write',
      'crm.schemas.deals.write',
    ]);
    expect(ran.seen.searchParams.get('optional_scope')).toContain('crm.objects.custom.read');
    const document = await readFile(join(dir, 'headwater.connection.yaml'), 'utf8');
    expect([
      document.includes('auth: oauth'),
      document.includes(`portalId: "${sandbox.portal.settings.portalId}"`),
    ]).toEqual([true, true]);
    const token = await readFile(join(dir, 'headwater.refreshToken.secret'), 'utf8');
    await expectKept(
      dir,
      token.trim(),
      ['headwater.refreshToken.secret'],
      [ran.stdout, ran.stderr],
    );
    await expectKept(dir, sandbox.clientSecret, [], [ran.stdout, ran.stderr]);
    expect(
      (await cli(dir, ['connection', 'check'], { env: { S: sandbox.clientSecret } })).code,
    ).toBe(0);
  });

  it('a refusal, and another portal than was meant, end it with words', async () => {
    const denied = await install(tempDir(), 'deny');
    expect([denied.code, denied.stderr.includes('The user denied access')]).toEqual([1, true]);
    const other = await install(tempDir(), 'allow', ['--set', 'portalId=99']);
    expect([
      other.code,
      other.stderr.includes('and 99 was meant'),
      other.stderr.includes('--resume'),
    ]).toEqual([1, true, true]);
  });
});
