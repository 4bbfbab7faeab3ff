import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash, X509Certificate, createPrivateKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKeyOf } from '../../src/sandbox/salesforce/http/oauth-apps.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { cli, tempDir, type Ran } from './harness.ts';
import type { CliDeps } from '../../src/cli/deps.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ partners: 4, deals: 20, switches: { refreshRotation: true } });
});
afterAll(async () => {
  await sandbox.close();
});

const app = () => {
  const found = sandbox.vendor.site.apps.get(sandbox.clientId);
  if (found === undefined) throw new Error('the sandbox has no app');
  return found;
};
const mode = async (file: string): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);
const add = (dir: string, args: string[], change: Partial<CliDeps> = {}): Promise<Ran> =>
  cli(dir, ['connection', 'add', ...args], change);
const freePort = async (): Promise<number> =>
  await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

/** No file of the folder but those named, and nothing printed, holds the secret. */
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

describe('connection add: JWT with a key made here', () => {
  it.skipIf(!hasOpenssl)(
    'stops for what only the org can tell, goes on with --resume, and checks each permission',
    async () => {
      const dir = tempDir();
      const first = await add(dir, [
        '--crm',
        'salesforce',
        '--auth',
        'jwt',
        '--out',
        'acme.connection.yaml',
        '--set',
        `instanceUrl=${sandbox.url}`,
      ]);
      expect(first.code).toBe(1);
      for (const words of [
        'External Client App Manager',
        'api',
        'refresh_token',
        'Enable JWT Bearer Flow',
        'acme.certificate.pem',
        'pre-authorized',
        'Headwater_Integration',
        '--set clientId=<value>',
        'connection add --resume --out acme.connection.yaml',
      ])
        expect(first.stdout).toContain(words);
      expect(existsSync(join(dir, 'acme.connection.yaml'))).toBe(false);

      const key = await readFile(join(dir, 'acme.key.pem'), 'utf8');
      const certificate = await readFile(join(dir, 'acme.certificate.pem'), 'utf8');
      expect(await mode(join(dir, 'acme.key.pem'))).toBe('600');
      const x509 = new X509Certificate(certificate);
      expect([
        x509.checkPrivateKey(createPrivateKey(key)),
        x509.subject,
        x509.publicKey.asymmetricKeyDetails?.modulusLength,
      ]).toEqual([true, 'CN=headwater-acme', 2048]);
      expect(x509.validToDate.getTime() - Date.now()).toBeGreaterThan(700 * 86_400_000);

      expect(
        (await add(dir, ['--crm', 'salesforce', '--auth', 'jwt', '--out', 'acme.connection.yaml']))
          .stderr,
      ).toContain('has begun already');
      const early = await add(dir, [
        '--resume',
        '--out',
        'acme.connection.yaml',
        '--set',
        `clientId=${sandbox.clientId}`,
        '--set',
        `username=${sandbox.username}`,
      ]);
      expect([
        early.code,
        early.stdout.includes('✗ Sign in'),
        early.stdout.includes('Not connected yet'),
      ]).toEqual([1, true, true]);

      app().publicKey = publicKeyOf(certificate); // what an admin does in Setup: upload it
      const last = await add(dir, ['--resume', '--out', 'acme.connection.yaml']);
      expect(last.code, last.stdout + last.stderr).toBe(0);
      expect(last.stdout).toContain('✓ Opportunity: write access');
      expect(await readFile(join(dir, 'acme.key.pem'), 'utf8')).toBe(key);
      expect(existsSync(join(dir, 'acme.connection.yaml.setup.json'))).toBe(false);
      expect((await cli(dir, ['connection', 'check', '-c', 'acme.connection.yaml'])).code).toBe(0);
      expect((await cli(dir, ['mapping', 'check', '-c', 'acme.connection.yaml'])).code).toBe(0);
      await expectKept(
        dir,
        key.split('\n')[1]!,
        ['acme.key.pem'],
        [first, early, last].flatMap(({ stdout, stderr }) => [stdout, stderr]),
      );
      expect(
        (await add(dir, ['--crm', 'salesforce', '--auth', 'jwt', '--out', 'acme.connection.yaml']))
          .stderr,
      ).toContain('is there already');
    },
  );

  it('without openssl prints the exact command; a certificate made with it is taken', async () => {
    const dir = tempDir();
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    const without = await add(dir, ['--crm', 'salesforce', '--auth', 'jwt']).finally(() => {
      process.env['PATH'] = path;
    });
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(
      /no openssl on this machine[\s\S]*openssl req -new -x509 -sha256 -days 730 -key \S+headwater\.key\.pem -out \S+headwater\.certificate\.pem -subj \/CN=headwater-headwater, then go on with --resume/,
    );
    if (!hasOpenssl) return;
    const command = /openssl (req.*?), then/.exec(without.stderr)![1]!.split(' ');
    execFileSync('openssl', command);
    const certificate = await readFile(join(dir, 'headwater.certificate.pem'), 'utf8');
    const resumed = await add(dir, ['--resume']);
    expect(resumed.stdout).toContain('headwater.certificate.pem');
    expect(await readFile(join(dir, 'headwater.certificate.pem'), 'utf8')).toBe(certificate);
  });
});

describe('connection add: client credentials', () => {
  it('takes the secret from the environment or a file, never from the command line; one JSON document', async () => {
    const dir = tempDir();
    const base = [
      '--crm',
      'salesforce',
      '--auth',
      'client-credentials',
      '--json',
      '--set',
      `instanceUrl=${sandbox.url}`,
      '--set',
      `clientId=${sandbox.clientId}`,
    ];
    const onLine = await add(dir, [...base, '--set', `clientSecret=${sandbox.clientSecret}`]);
    expect([
      onLine.code,
      onLine.stderr.includes(sandbox.clientSecret),
      onLine.stderr.includes('never goes on the command line'),
    ]).toEqual([2, false, true]);
    const ran = await add(dir, [...base, '--from-env', 'clientSecret=HW_SECRET'], {
      env: { HW_SECRET: sandbox.clientSecret },
    });
    const told = JSON.parse(ran.stdout) as { state: string; checks: { ok: boolean }[] };
    expect([
      ran.code,
      told.state,
      told.checks.length > 5,
      told.checks.every(({ ok }) => ok),
    ]).toEqual([0, 'connected', true, true]);
    expect(await readFile(join(dir, 'headwater.connection.yaml'), 'utf8')).toContain(
      'env: HW_SECRET',
    );
    await expectKept(dir, sandbox.clientSecret, [], [ran.stdout, ran.stderr]);
  });

  it('asks a person for what is open, and hides what is secret', async () => {
    const dir = tempDir();
    const asked: [string, boolean][] = [];
    const answers = [sandbox.url, sandbox.clientId, sandbox.clientSecret];
    const ran = await add(dir, ['--crm', 'salesforce', '--auth', 'client-credentials'], {
      ask: async (question, hidden) => {
        asked.push([question, hidden]);
        return answers[asked.length - 1] ?? '';
      },
    });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(asked.map(([, hidden]) => hidden)).toEqual([false, false, true]);
    expect(await mode(join(dir, 'headwater.clientSecret.secret'))).toBe('600');
    await expectKept(
      dir,
      sandbox.clientSecret,
      ['headwater.clientSecret.secret'],
      [ran.stdout, ran.stderr],
    );
  });

  it('lets a person choose CRM and way, and keeps each answer as it is given', async () => {
    const dir = tempDir();
    const chosen: string[][] = [];
    const faults: (string | null | undefined)[] = [];
    let stop = true;
    const asking: Partial<CliDeps> = {
      choose: async (_, choices) => {
        chosen.push(choices.map(({ value }) => value));
        return choices.find(({ value }) => value === 'client-credentials')?.value ?? 'salesforce';
      },
      ask: async (question, hidden, more) => {
        if (question.startsWith('My Domain')) faults.push(more?.fault?.('no address'));
        if (hidden && stop) throw new HeadwaterError('config', 'stopped');
        return hidden
          ? sandbox.clientSecret
          : question.startsWith('My Domain')
            ? sandbox.url
            : sandbox.clientId;
      },
    };
    expect((await add(dir, [], asking)).stderr).toContain('stopped');
    stop = false;
    const ran = await add(dir, ['--resume'], asking);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    // Only CRMs with a guide are offered, and what was answered is not asked again.
    expect(chosen).toEqual([
      ['salesforce', 'hubspot'],
      ['jwt', 'client-credentials', 'refresh-token'],
    ]);
    expect(faults).toEqual(['is no address']);
  });

  it('says each wrong thing in one go, and lists the ways', async () => {
    const dir = tempDir();
    expect((await add(dir, ['--crm', 'salesforce'])).stderr).toMatch(
      /jwt: JWT bearer[\s\S]*client-credentials[\s\S]*refresh-token/,
    );
    expect((await add(dir, ['--resume'])).stderr).toContain('no set-up');
    expect(
      (await add(dir, ['--crm', 'salesforce', '--auth', 'client-credentials', '--set', 'name=x']))
        .stderr,
    ).toContain('asks for no "name"');
    await writeFile(join(dir, 'secret.txt'), 'x');
    const page = await add(dir, [
      '--crm',
      'salesforce',
      '--auth',
      'client-credentials',
      '--set',
      'instanceUrl=https://acme.lightning.force.com',
      '--set',
      'clientId=x',
      '--from-file',
      'clientSecret=secret.txt',
    ]);
    expect(page.stderr).toContain('instanceUrl is a page address');
  });
});

describe('connection add: browser', () => {
  /** What a person does: opens the address, allows (or denies), and is sent back. */
  async function browse(url: string, decision: 'allow' | 'deny'): Promise<Response> {
    const asked = new URL(url);
    const form = new URLSearchParams([
      ...asked.searchParams,
      ['username', sandbox.username],
      ['decision', decision],
    ]);
    const answer = await fetch(`${asked.origin}${asked.pathname}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    return await fetch(answer.headers.get('location') ?? '');
  }

  async function addInBrowser(
    dir: string,
    extra: string[],
    act: (url: string) => Promise<void>,
  ): Promise<Ran & { seen: string }> {
    const port = await freePort();
    app().redirectUris.push(`http://localhost:${port}/callback`);
    let seen = '';
    let acted: Promise<void> = Promise.resolve();
    const out: string[] = [];
    const ran = await add(
      dir,
      [
        '--crm',
        'salesforce',
        '--auth',
        'refresh-token',
        '--set',
        `instanceUrl=${sandbox.url}`,
        '--set',
        `clientId=${sandbox.clientId}`,
        '--callback-port',
        String(port),
        ...extra,
      ],
      {
        stdout: (text) => {
          out.push(text);
          const url = /https?:\/\/\S+\/authorize\?\S+/.exec(text)?.[0];
          if (url !== undefined) {
            seen = url;
            acted = act(url);
          }
        },
      },
    );
    await acted;
    return { ...ran, stdout: out.join(''), seen };
  }

  it('waits on loopback, proves itself by PKCE, ignores answers that are not its own, and keeps the refresh token in a file', async () => {
    const dir = tempDir();
    let stranger = 0;
    const ran = await addInBrowser(dir, [], async (url) => {
      const back = new URL(url).searchParams.get('redirect_uri')!;
      stranger = (await fetch(`${back}?code=evil&state=guess`)).status;
      expect((await browse(url, 'allow')).status).toBe(200);
    });
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    expect(stranger).toBe(400);
    const asked = new URL(ran.seen).searchParams;
    expect([
      asked.get('code_challenge_method'),
      asked.get('scope'),
      asked.get('response_type'),
      (asked.get('state') ?? '').length >= 32,
    ]).toEqual(['S256', 'api refresh_token', 'code', true]);
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    const token = await readFile(join(dir, 'headwater.refreshToken.secret'), 'utf8');
    expect(await mode(join(dir, 'headwater.refreshToken.secret'))).toBe('600');
    await expectKept(dir, token, ['headwater.refreshToken.secret'], [ran.stdout, ran.stderr]);
    expect(await readFile(join(dir, 'headwater.connection.yaml'), 'utf8')).toContain(
      `orgId: ${sandbox.org.id}`,
    );
    expect((await cli(dir, ['connection', 'check'])).code).toBe(0);
    // Rotation is on: the check used the token up and kept the next one.
    expect(
      createHash('sha256')
        .update(await readFile(join(dir, 'headwater.refreshToken.secret')))
        .digest('hex'),
    ).not.toBe(createHash('sha256').update(token).digest('hex'));
  });

  it('a refusal, nobody coming, and a port in use are told apart', async () => {
    const denied = await addInBrowser(tempDir(), [], async (url) => {
      expect((await browse(url, 'deny')).status).toBe(400);
    });
    expect([denied.code, denied.stderr.includes('end-user denied authorization')]).toEqual([
      1,
      true,
    ]);
    const late = await addInBrowser(tempDir(), ['--wait-seconds', '1'], async () => {});
    expect([
      late.code,
      late.stderr.includes('nobody came back from the browser within 1 s'),
    ]).toEqual([1, true]);
    const port = await freePort();
    const busy = createServer().listen(port, '127.0.0.1');
    const taken = await add(tempDir(), [
      '--crm',
      'salesforce',
      '--auth',
      'refresh-token',
      '--set',
      `instanceUrl=${sandbox.url}`,
      '--set',
      'clientId=x',
      '--callback-port',
      String(port),
    ]);
    busy.close();
    expect(taken.stderr).toContain('it is in use');
  });
});
