import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/**
 * An install from a warm cache takes ten seconds; a cold registry is slower, and one that
 * hangs must not hang the suite.
 */
const INSTALL_MS = 90_000;
const COMMAND_MS = 30_000;
/** A whole demo on two cores that other tests use as well. */
const DEMO_MS = 120_000;
/** What an installation may take on the disk, with all that it brings. */
const MOST_MB = 100;
/** The compiler on two cores that other tests use as well. */
const BUILD_MS = 240_000;

/**
 * The runtime of this test first on the path, and nothing that npm tells the scripts of this clone.
 */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|command|config_(local_prefix|prefix|allow_scripts|omit|include))/i.test(
          name,
        ) &&
        name !== 'NODE_OPTIONS' &&
        !name.startsWith('VITEST'),
    ),
  ),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
  NO_COLOR: '1',
};

/** What a connector of somebody else imports, with nothing of this clone beside it. */
const CONFORM = `
import { connectorConformance } from 'headwater/testing';
import { unreadableAnswer } from 'headwater/kit/failure';
import { HeadwaterError } from 'headwater/model/error';
const features = { deletes: false, merges: false, associations: false, rowHistory: false,
  provisioning: false, counts: false, budget: false };
const checks = connectorConformance({ name: 'acme', connector: { name: 'acme', features }, world: {} });
const error = unreadableAnswer('Acme', { nowMs: 0, write: false, what: 'x' }, 'cut off');
if (!(error instanceof HeadwaterError)) throw new Error('two copies of the contract');
console.log(JSON.stringify({ checks: checks.length, named: error.kind + ' ' + error.code }));
`;

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}
const run = (command: string, args: string[], cwd: string, timeout: number): Promise<Ran> =>
  new Promise((done) => {
    execFile(
      command,
      args,
      { cwd, env, timeout, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        done({
          code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1,
          stdout,
          stderr,
        }),
    );
  });

/**
 * The clone again, in a folder of its own: packing builds `dist` anew, which other tests serve the
 * pages from.
 */
async function copyOf(root: string, to: string): Promise<string> {
  const left = new Set(['node_modules', 'dist', '.git', '.headwater', '.wrangler']);
  await cp(root, to, { recursive: true, filter: (path) => !left.has(basename(path)) });
  await symlink(join(root, 'node_modules'), join(to, 'node_modules'));
  return to;
}

describe('the package, as a stranger installs it', () => {
  let dir = '';
  let packed: string[] = [];
  const headwater = (...args: string[]): Promise<Ran> =>
    run(
      'npx',
      ['--no-install', 'headwater', ...args],
      dir,
      args[0] === 'demo' ? DEMO_MS : COMMAND_MS,
    );

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'headwater-pack-'));
    const copy = await copyOf(ROOT, join(dir, 'clone'));
    const pack = await run('npm', ['pack', '--json', '--pack-destination', dir], copy, BUILD_MS);
    expect(pack.code, pack.stderr).toBe(0);
    const listed = JSON.parse(pack.stdout.slice(pack.stdout.search(/^[[{]/m))) as Record<
      string,
      { files: { path: string }[] }
    >;
    packed = Object.values(listed)[0]!.files.map((file) => file.path);
    const tarball = (await readdir(dir)).find((file) => file.endsWith('.tgz'))!;
    await writeFile(join(dir, 'package.json'), '{ "name": "stranger", "private": true }\n');
    const install = await run(
      'npm',
      [
        'install',
        '--omit=dev',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        `./${tarball}`,
      ],
      dir,
      INSTALL_MS,
    );
    expect(install.code, install.stderr).toBe(0);
  }, INSTALL_MS + BUILD_MS);
  afterAll(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  it('holds the program, its documents and its data files, and nothing of the workshop', () => {
    for (const file of [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'package.json',
      'dist/src/host/node/node.js',
      'dist/web/index.html',
      'mappings/salesforce.yaml',
      'mappings/mapping.schema.json',
      'migrations/meta/_journal.json',
    ])
      expect(packed).toContain(file);
    expect(
      packed.filter((file) =>
        /^(test|tools|docs|\.ci)\/|\.test\.|(?<!\.d)\.ts$|\.sqlite|\.secret$/.test(file),
      ),
    ).toEqual([]);
  });

  it('has an entry in its migrations for every SQL file', async () => {
    const journal = JSON.parse(
      await readFile(join(dir, 'node_modules/headwater/migrations/meta/_journal.json'), 'utf8'),
    ) as { entries: { tag: string }[] };
    expect(packed.filter((file) => file.endsWith('.sql')).sort()).toEqual(
      journal.entries.map((entry) => `migrations/${entry.tag}.sql`),
    );
  });

  it('installs the native driver and the types of the contract, and at most 100 MB', async () => {
    const modules = join(dir, 'node_modules');
    expect(['better-sqlite3', 'zod'].filter((name) => !existsSync(join(modules, name)))).toEqual(
      [],
    );
    expect(
      ['jsforce', '@hubspot', 'core-js', 'vitest', 'typescript', 'wrangler', 'esbuild'].filter(
        (name) => existsSync(join(modules, name)),
      ),
    ).toEqual([]);
    const files = await readdir(modules, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => (await stat(join(file.parentPath, file.name))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0) / 1e6).toBeLessThan(MOST_MB);
  });

  it('names the licence of everything that is bundled', async () => {
    const text = await readFile(
      join(dir, 'node_modules/headwater/dist/THIRD-PARTY-LICENSES.txt'),
      'utf8',
    );
    for (const name of ['jsforce', '@hubspot/api-client', 'hono', 'drizzle-orm', 'commander'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
    const sent = await readFile(
      join(dir, 'node_modules/headwater/dist/web/THIRD-PARTY-LICENSES.txt'),
      'utf8',
    );
    for (const name of ['react', 'react-dom', '@base-ui/react', 'uplot'])
      expect(sent).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
  });

  it('brings a bill of materials of what is bundled, installed and sent to browsers', async () => {
    interface Component {
      name: string;
      version: string;
      purl: string;
      licenses: unknown[];
      hashes: { alg: string; content: string }[];
    }
    const read = async (file: string) =>
      JSON.parse(await readFile(join(dir, 'node_modules/headwater/dist', file), 'utf8')) as {
        bomFormat: string;
        specVersion: string;
        components: Component[];
      };
    for (const [file, wanted] of [
      ['sbom.cdx.json', ['jsforce', '@hubspot/api-client', 'hono', 'zod', 'better-sqlite3']],
      ['web/sbom.cdx.json', ['react', '@base-ui/react', 'uplot']],
    ] as const) {
      const { bomFormat, specVersion, components } = await read(file);
      expect([bomFormat, specVersion]).toEqual(['CycloneDX', '1.6']);
      expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining([...wanted]));
      for (const { name, version, purl, licenses, hashes } of components) {
        expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
        expect(licenses, name).not.toEqual([]);
        expect(hashes[0]?.content, name).toMatch(/^[0-9a-f]{128}$/);
      }
    }
  });

  it('gives connectors of others the contract, the kit and the conformance suite', async () => {
    await writeFile(join(dir, 'conform.mjs'), CONFORM);
    const ran = await run(process.execPath, ['conform.mjs'], dir, COMMAND_MS);
    expect(ran.code, ran.stderr).toBe(0);
    const { checks, named } = JSON.parse(ran.stdout) as { checks: number; named: string };
    expect(checks).toBeGreaterThan(40);
    expect(named).toBe('transient UNREADABLE_ANSWER');
  });

  it(
    'answers --help and --version',
    async () => {
      const help = await headwater('--help');
      expect([help.code, help.stderr.replace(/^npm warn .*\n/gm, '')]).toEqual([0, '']);
      expect(help.stdout).toContain('headwater demo');
      const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
        version: string;
      };
      expect((await headwater('--version')).stdout.trim()).toBe(version);
    },
    2 * COMMAND_MS,
  );

  it(
    'runs the whole job from built JavaScript, and the results can be looked at',
    async () => {
      const demo = await headwater('demo', '--partners', '8', '--deals', '60');
      expect(demo.code, demo.stdout + demo.stderr).toBe(0);
      expect(demo.stdout).toContain('Verdict');
      expect(demo.stdout).toContain('0 rows, 0 writes');
      expect(demo.stdout).not.toContain('✗');
      const shown = await headwater(
        'forecast',
        'show',
        '--db',
        '.headwater/demo/headwater.sqlite',
        '--json',
      );
      expect(shown.code, shown.stderr).toBe(0);
      const forecast = JSON.parse(shown.stdout) as {
        total: { p10: number; p50: number; p90: number };
      };
      expect(forecast.total.p10).toBeLessThanOrEqual(forecast.total.p50);
      expect(forecast.total.p50).toBeLessThanOrEqual(forecast.total.p90);
    },
    DEMO_MS + COMMAND_MS,
  );

  it.each(['salesforce', 'hubspot'])(
    'makes what a rep sees in %s, the same as from source',
    async (crm) => {
      const out = join(dir, `made-${crm}`);
      const made = await headwater('package', crm, '--out', out, '--json');
      expect(made.code, made.stderr).toBe(0);
      const from = ['src/host/node/node.ts', 'package', crm, '--out', join(dir, `own-${crm}`)];
      expect((await run(process.execPath, from, ROOT, COMMAND_MS)).code).toBe(0);
      const { files } = JSON.parse(made.stdout) as { files: string[] };
      expect(files.length).toBeGreaterThan(10);
      for (const file of files)
        expect(await readFile(join(out, file), 'utf8'), file).toBe(
          await readFile(join(dir, `own-${crm}`, file), 'utf8'),
        );
    },
    3 * COMMAND_MS,
  );

  it(
    'carries both CRM clients inside',
    async () => {
      const demo = await headwater(
        ...['demo', '--crm', 'hubspot', '--dir', 'hub', '--partners', '6', '--deals', '40'],
      );
      expect(demo.code, demo.stdout + demo.stderr).toBe(0);
      expect(demo.stdout).not.toContain('✗');
    },
    DEMO_MS,
  );

  it(
    'exits 2 on wrong usage and 1 on a failed run, through npx as well',
    async () => {
      expect((await headwater('sync', 'fly')).code).toBe(2);
      const failed = await headwater('connection', 'check');
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain('headwater.connection.yaml');
    },
    2 * COMMAND_MS,
  );
});
