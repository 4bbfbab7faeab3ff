import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openBench, type Bench } from './bench.ts';
import { lines, spawnCli } from './harness.ts';
import { served } from './served.ts';
import { story } from '../story.ts';

/** Session ids as Salesforce makes them: org id, `!`, and the secret part. */
const SESSION_ID = /00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{10,}/;
const ASSERTION = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./;
const PLANTED = 'PLANTED-4f9c1e';
const FILES = ['headwater.sqlite', 'headwater.sqlite-wal'];

describe('secrets', () => {
  let bench: Bench;
  const secrets: string[] = [];
  let pem = '';
  beforeAll(async () => {
    bench = await openBench({ partners: 4, deals: 20, seed: 14 });
    const { clientSecret, accessToken } = bench.sandbox;
    pem = bench.sandbox.privateKeyPem!;
    // The middle of the key: its first and last lines are the same for every key.
    secrets.push(pem.split('\n')[5]!, clientSecret, accessToken, PLANTED);
  });
  afterAll(async () => {
    await bench.close();
  });

  const connect = async (
    auth: string,
    secretNames: Record<string, { env: string } | { file: string }>,
  ): Promise<void> => {
    const { url, clientId, username } = bench.sandbox;
    await bench.writeConnection('headwater.connection.yaml', {
      settings: {
        auth,
        instanceUrl: url,
        loginUrl: url,
        ...(auth === 'access-token' ? {} : { clientId }),
        ...(auth === 'jwt' ? { username } : {}),
      },
      secrets: secretNames,
    });
  };
  const every = async (commands: string[][]): Promise<void> => {
    for (const args of commands) {
      expect((await bench.run(...args)).code, args.join(' ')).toBe(0);
      expect((await bench.run(...args, '--json')).code, args.join(' ')).toBe(0);
    }
  };
  const ALL = [
    ['connection', 'check'],
    ['mapping', 'check'],
    ['field', 'deploy'],
    ['sync', 'run'],
    ['run', 'show'],
    ['forecast', 'show'],
  ];

  const then = story('work from where they are kept, and are found nowhere else');
  then('from the environment and from files, in every kind of sign-in', async () => {
    await connect('jwt', { privateKey: { env: 'HW_PRIVATE_KEY' } });
    await every(ALL);
    bench.env = { HW_PRIVATE_KEY: pem.replaceAll('\n', '\\n') };
    expect((await bench.run('connection', 'check')).code).toBe(0);
    await writeFile(join(bench.dir, 'client.secret'), `${bench.sandbox.clientSecret}\n`, {
      mode: 0o600,
    });
    await connect('client-credentials', { clientSecret: { file: 'client.secret' } });
    await every([['connection', 'check']]);
    bench.env = { HW_TOKEN: bench.sandbox.accessToken };
    await connect('access-token', { accessToken: { env: 'HW_TOKEN' } });
    await every([['connection', 'check']]);
  });

  const wrong: [string, string, string, string, RegExp][] = [
    [
      'a key that is none',
      'jwt',
      'privateKey',
      `-----BEGIN PRIVATE KEY-----\n${PLANTED}\n-----END PRIVATE KEY-----`,
      /privateKey is not a PKCS#8 RSA key[\s\S]*openssl/,
    ],
    [
      "another app's key",
      'jwt',
      'privateKey',
      generateKeyPairSync('rsa', { modulusLength: 2048 })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      /invalid_grant[\s\S]*\n {2}The secret privateKey does not belong to the certificate/,
    ],
    [
      'a wrong client secret',
      'client-credentials',
      'clientSecret',
      PLANTED,
      /invalid_client[\s\S]*secret/,
    ],
    [
      'a session with a line break in it',
      'access-token',
      'accessToken',
      `${PLANTED}\nx: y`,
      /secret accessToken holds a line break[\s\S]*copy it/,
    ],
    [
      'a wrong session',
      'access-token',
      'accessToken',
      PLANTED,
      /INVALID_SESSION_ID|INVALID_AUTH_HEADER/,
    ],
  ];
  for (const [title, auth, name, value, message] of wrong)
    then(`${title}: exit 1, the cure, and not a word of it`, async () => {
      secrets.push(value.split('\n')[3] ?? value);
      bench.env = { HW_SECRET: value };
      await connect(auth, { [name]: { env: 'HW_SECRET' } });
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

  then('a secret that is not set, or whose file is not there', async () => {
    bench.env = {};
    await connect('jwt', { privateKey: { env: 'HW_PRIVATE_KEY' } });
    const unset = await bench.run('connection', 'check');
    expect([
      unset.code,
      unset.stderr.includes('HW_PRIVATE_KEY, which is not set'),
      unset.stderr.includes('never go on the command line'),
    ]).toEqual([1, true, true]);
    await connect('jwt', { privateKey: { file: 'nowhere.pem' } });
    expect((await bench.run('connection', 'check')).stderr).toMatch(
      /cannot read the secret privateKey .*nowhere\.pem: there is no such file/,
    );
  });

  then('a secret written into the document is refused and not repeated', async () => {
    const inline = [
      `version: 1\nid: acme\ncrm: salesforce\nmapping: mapping.yaml\nsecrets: { accessToken: "${PLANTED}" }\n`,
      `version: 1\nid: acme\ncrm: salesforce\nmapping: mapping.yaml\nsettings: { clientSecret: "${PLANTED}" }\n`,
      `version: 1\nsecrets:\n  accessToken: "${PLANTED}\n bad: [`,
      `accessToken: ${PLANTED}: ${PLANTED}\n`,
    ];
    for (const text of inline) {
      await writeFile(join(bench.dir, 'inline.yaml'), text);
      const { code, stderr } = await bench.run('connection', 'check', '-c', 'inline.yaml');
      expect(code, text).toBe(1);
      expect(stderr.length).toBeGreaterThan(20);
    }
  });

  then(
    'are nowhere: not in what was printed, not in the database, not in the debug log, the JSON log or what is served',
    async () => {
      await connect('jwt', { privateKey: { env: 'HW_PRIVATE_KEY' } });
      const debug = await spawnCli(bench.dir, ['sync', 'run', '--full'], {
        HEADWATER_DEBUG: '1',
        HW_PRIVATE_KEY: pem,
      });
      expect(debug.code, debug.stderr).toBe(0);
      bench.printed.push(debug.stdout, debug.stderr);
      const logged = await spawnCli(bench.dir, ['sync', 'run', '--full', '--json'], {
        HEADWATER_LOG: 'json',
        HW_PRIVATE_KEY: pem,
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
      const api = await served(bench.dir, { HW_PRIVATE_KEY: pem });
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
      expect([SESSION_ID.test(all), ASSERTION.test(all), all.includes('PRIVATE KEY-----')]).toEqual(
        [false, false, false],
      );
    },
  );
});
