import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openBench, type Bench } from './bench.ts';
import { lines, spawnCli } from './harness.ts';
import { served } from './served.ts';
import { story } from '../story.ts';

const PLANTED = 'pat-na1-PLANTED-4f9c1e';
/** Access tokens of OAuth apps as the sandbox makes them: `C` and 64 characters. */
const ACCESS_TOKEN = /\bC[\w-]{64}\b/;
const FILES = ['headwater.sqlite', 'headwater.sqlite-wal'];

describe('secrets of a HubSpot connection', () => {
  let bench: Bench;
  const secrets: string[] = [PLANTED];
  let refreshToken = '';
  beforeAll(async () => {
    bench = await openBench({ partners: 4, deals: 20, seed: 15, crm: 'hubspot' });
    await bench.control('PUT', '/switches', { by: 'off' });
    refreshToken = 'na1-5a4d-3c2b-headwater-refresh';
    secrets.push(bench.sandbox.accessToken, bench.sandbox.clientSecret, refreshToken);
  });
  afterAll(async () => {
    await bench.close();
  });

  const fast = { searchCalls: 10_000, burstCalls: 10_000 };
  const connect = async (
    settings: Record<string, unknown>,
    secretNames: Record<string, { env: string } | { file: string }>,
  ): Promise<void> =>
    await bench.writeConnection('headwater.connection.yaml', {
      settings: { baseUrl: bench.sandbox.url, ...fast, ...settings },
      secrets: secretNames,
    });
  const every = async (commands: string[][]): Promise<void> => {
    for (const args of commands) {
      expect((await bench.run(...args)).code, args.join(' ')).toBe(0);
      expect((await bench.run(...args, '--json')).code, args.join(' ')).toBe(0);
    }
  };
  const ALL = [
    ['connection', 'check'],
    ['mapping', 'check'],
    ['mapping', 'preview', 'deals', '--limit', '1'],
    ['mapping', 'suggest'],
    ['field', 'deploy'],
    ['sync', 'run'],
    ['run', 'show'],
    ['forecast', 'show'],
  ];

  const then = story('work from where they are kept, and are found nowhere else');
  then('from the environment and from files, as a token and as an app', async () => {
    await connect({ auth: 'token' }, { accessToken: { env: 'HW_TOKEN' } });
    await every(ALL);
    await writeFile(join(bench.dir, 'refresh.secret'), `${refreshToken}\n`, { mode: 0o600 });
    bench.env = { HW_CLIENT: bench.sandbox.clientSecret };
    await connect(
      { auth: 'oauth', clientId: bench.sandbox.clientId },
      { refreshToken: { file: 'refresh.secret' }, clientSecret: { env: 'HW_CLIENT' } },
    );
    await every([
      ['connection', 'check'],
      ['sync', 'run'],
    ]);
  });

  const wrong: [string, Record<string, unknown>, Record<string, string>, RegExp][] = [
    [
      'a wrong token',
      { auth: 'token' },
      { accessToken: PLANTED },
      /INVALID_AUTHENTICATION[\s\S]*service key/,
    ],
    [
      'a wrong refresh token',
      { auth: 'oauth' },
      { refreshToken: PLANTED, clientSecret: 'right' },
      /BAD_REFRESH_TOKEN[\s\S]*Install the app/,
    ],
    [
      'a wrong client secret',
      { auth: 'oauth' },
      { refreshToken: 'right', clientSecret: PLANTED },
      /BAD_CLIENT_SECRET[\s\S]*clientSecret/,
    ],
    [
      'a token with a line break in it',
      { auth: 'token' },
      { accessToken: `${PLANTED}\nx: y` },
      /secret accessToken holds a line break[\s\S]*copy it again/,
    ],
  ];
  for (const [title, settings, given, message] of wrong)
    then(`${title}: exit 1, the cure, and not a word of it`, async () => {
      const right: Record<string, string> = {
        refreshToken,
        clientSecret: bench.sandbox.clientSecret,
      };
      bench.env = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name,
          value === 'right' ? (right[name] ?? '') : value,
        ]),
      );
      // A refresh token may rotate, so it lives where it can be written back.
      await writeFile(join(bench.dir, 'given.secret'), bench.env['refreshToken'] ?? '', {
        mode: 0o600,
      });
      await connect(
        {
          ...settings,
          ...(settings['auth'] === 'oauth' ? { clientId: bench.sandbox.clientId } : {}),
        },
        Object.fromEntries(
          Object.keys(given).map((name) => [
            name,
            name === 'refreshToken' ? { file: 'given.secret' } : { env: name },
          ]),
        ),
      );
      for (const args of [
        ['connection', 'check'],
        ['sync', 'run'],
        ['sync', 'run', '--json'],
      ]) {
        const { code, stdout, stderr } = await bench.run(...args);
        expect(code).toBe(1);
        expect(stdout + stderr).toMatch(message);
      }
    });

  then('a secret written into the document is refused and not repeated', async () => {
    for (const text of [
      `version: 1\nid: acme\ncrm: hubspot\nmapping: mapping.yaml\nsecrets: { accessToken: "${PLANTED}" }\n`,
      `version: 1\nid: acme\ncrm: hubspot\nmapping: mapping.yaml\nsettings: { accessToken: "${PLANTED}" }\nsecrets: {}\n`,
      `accessToken: ${PLANTED}: ${PLANTED}\n`,
    ]) {
      await writeFile(join(bench.dir, 'inline.yaml'), text);
      const { code, stderr } = await bench.run('connection', 'check', '-c', 'inline.yaml');
      expect([code, stderr.length > 20]).toEqual([1, true]);
    }
  });

  then(
    'are nowhere: not in what was printed, not in the database, not in the debug log, the JSON log or what is served',
    async () => {
      await connect(
        { auth: 'oauth', clientId: bench.sandbox.clientId },
        { refreshToken: { file: 'refresh.secret' }, clientSecret: { env: 'HW_CLIENT' } },
      );
      const debug = await spawnCli(bench.dir, ['sync', 'run', '--full'], {
        HEADWATER_DEBUG: '1',
        HW_CLIENT: bench.sandbox.clientSecret,
      });
      expect(debug.code, debug.stderr).toBe(0);
      expect(debug.stderr.length).toBeGreaterThan(500);
      bench.printed.push(debug.stdout, debug.stderr);
      const logged = await spawnCli(bench.dir, ['sync', 'run', '--full', '--json'], {
        HEADWATER_LOG: 'json',
        HW_CLIENT: bench.sandbox.clientSecret,
      });
      expect(
        [
          logged.code,
          lines(logged.stderr).every(
            (line) => typeof (JSON.parse(line) as { event: unknown }).event === 'string',
          ),
          lines(logged.stderr).length > 20,
        ],
        logged.stderr,
      ).toEqual([0, true, true]);
      const api = await served(bench.dir, { HW_CLIENT: bench.sandbox.clientSecret });
      expect([api.said.includes('"acme"'), api.log.includes('webhook failed')], api.said).toEqual([
        true,
        true,
      ]);
      secrets.push(...api.secrets);
      bench.printed.push(logged.stdout, logged.stderr, api.said);
      const stored = await Promise.all(
        (await readdir(bench.dir))
          .filter((file) => FILES.includes(file))
          .map(async (file) => (await readFile(join(bench.dir, file))).toString('latin1')),
      );
      expect(stored.join('').length).toBeGreaterThan(100_000);
      const all = [...bench.printed, ...stored].join('\n');
      expect(all).toContain('acme');
      for (const secret of secrets)
        expect(all.includes(secret), `a secret of ${secret.length} characters was found`).toBe(
          false,
        );
      expect([ACCESS_TOKEN.test(all), /Bearer \S{8}/.test(all)]).toEqual([false, false]);
    },
  );
});
