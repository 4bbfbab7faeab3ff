import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { asHeadwaterError } from '../../../src/model/error.ts';
import { createCipher } from '../../../src/store/cipher.ts';
import { openNodeStore } from '../../../src/store/node.ts';
import { listIssues } from '../../../src/store/issues.ts';
import { secretSpender } from '../../../src/store/rotation.ts';
import { listRuns, listSteps, saveRun } from '../../../src/store/runs.ts';
import { readSecret, saveSecret } from '../../../src/store/vault.ts';
import type { Store } from '../../../src/store/store.ts';
import { runSync } from '../../../src/sync/run/run.ts';
import { MIGRATIONS } from '../../store/open.ts';
import { openLab, type Lab } from '../lab.ts';
import { story } from '../../story.ts';

const CLIENT_SECRET = 'PLANTED+client/secret=4f9c1e';

/**
 * Everything that a run with rotating sign-in leaves behind: the database's bytes, its rows, the
 * log, the errors with all their causes.
 */
/** What stands in for the CRM's answer; null = the CRM answers. */
type Echo = (
  request: { headers: Record<string, string>; body: string },
  url: string,
) => Response | null;

describe('planted secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-trust-'));
  const file = join(folder, 'trust.sqlite');
  const said: string[] = [];
  const planted = new Set<string>();
  let lab: Lab;
  let store: Store;
  let access = 0;
  let echo: Echo | null = null;

  beforeAll(async () => {
    lab = await openLab({ seed: 14, partners: 3, deals: 15 });
    store = openNodeStore(file, MIGRATIONS);
    planted
      .add(CLIENT_SECRET)
      .add(encodeURIComponent(CLIENT_SECRET))
      .add(lab.sandbox.accessToken)
      .add('R0-PLANTED-refresh');
    const inner = lab.sandbox.fetch;
    lab.wire.fetch = async (input, init) => {
      const url = String(input);
      const request = {
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: String(init?.body ?? ''),
      };
      const instead = echo?.(request, url);
      if (instead != null) return instead;
      if (!url.includes('/services/oauth2/token')) return await inner(input, init);
      access++;
      planted.add(`R${access}-PLANTED-refresh`);
      // The session itself is the sandbox's own; what rotates is the refresh token.
      return Response.json({
        access_token: lab.sandbox.accessToken,
        instance_url: 'http://127.0.0.1:9999',
        refresh_token: `R${access}-PLANTED-refresh`,
      });
    };
  });
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  async function sync(): Promise<unknown> {
    const cipher = await createCipher([KEY]);
    const deps = lab.deps();
    const home = {
      read: async (name: string) =>
        (await readSecret(store, cipher, 'lab', name)) ?? 'R0-PLANTED-refresh',
      save: (name: string, value: string) => saveSecret(store, cipher, 'lab', name, value, 1),
    };
    const spendSecret = secretSpender({
      connectionId: 'lab',
      withStore: async (use) => await use(store),
      home: () => home,
      nowMs: deps.connectorDeps.nowMs,
      sleep: async () => {},
      log: deps.connectorDeps.log,
    });
    const connectorDeps = {
      ...deps.connectorDeps,
      spendSecret,
      log: (event: string, data?: Record<string, unknown>) => {
        said.push(JSON.stringify({ event, ...data }));
      },
    };
    const connection = {
      ...lab.connection,
      settings: { auth: 'refresh-token', clientId: 'client', instanceUrl: 'http://127.0.0.1:9999' },
    };
    try {
      await runSync(
        {
          ...deps,
          store,
          connection,
          connectorDeps,
          secrets: { refreshToken: 'R0-PLANTED-refresh', clientSecret: CLIENT_SECRET },
          progress: (event) => said.push(JSON.stringify(event)),
        },
        { dryRun: false, full: false },
      );
      return null;
    } catch (error) {
      // Every property and cause, as deep as they go.
      said.push(
        inspect(error, { depth: 12, showHidden: true }),
        JSON.stringify(asHeadwaterError(error)),
      );
      return error;
    }
  }
  const KEY = randomBytes(32).toString('base64');
  const page = (request: { headers: Record<string, string>; body: string }): string =>
    `upstream refused\n${JSON.stringify(request.headers)}\n${request.body}\n${decodeURIComponent(request.body)}`;
  const onToken = (url: string): boolean => url.includes('/oauth2/token');

  const then = story('leave no trace, whatever fails');
  const echoes: [string, Echo][] = [
    [
      'a proxy that echoes the request as text',
      (request, url) => (onToken(url) ? null : new Response(page(request), { status: 502 })),
    ],
    [
      'one that does it in JSON, in the words of the CRM',
      (request, url) =>
        onToken(url)
          ? null
          : Response.json([{ errorCode: 'INVALID_SESSION_ID', message: page(request) }], {
              status: 401,
            }),
    ],
    [
      'one that does it with 403 and in its headers',
      (request, url) =>
        onToken(url)
          ? null
          : new Response(page(request), {
              status: 403,
              headers: { 'x-echo': request.headers['authorization'] ?? '' },
            }),
    ],
    [
      'a whole answer that is no JSON',
      (request, url) => (onToken(url) ? null : new Response(page(request), { status: 200 })),
    ],
    [
      'a token endpoint that echoes the form',
      (request, url) =>
        onToken(url)
          ? Response.json(
              { error: 'invalid_request', error_description: page(request) },
              { status: 400 },
            )
          : null,
    ],
    [
      'a token endpoint that fails with the form',
      (request, url) => (onToken(url) ? new Response(page(request), { status: 500 }) : null),
    ],
    [
      'a connection that breaks with the header in its words',
      (request, url) => {
        if (onToken(url)) return null;
        throw new TypeError('fetch failed', {
          cause: new Error(
            `Headers.append: "${request.headers['authorization']}" is an invalid header value.`,
          ),
        });
      },
    ],
  ];
  for (const [name, reply] of echoes)
    then(`${name}: the run fails and says none of them`, async () => {
      echo = reply;
      expect(await sync()).not.toBeNull();
      echo = null;
    });

  then('a statement that fails speaks its bound values nowhere', async () => {
    const failing: Store = {
      ...store,
      batch: async () => {
        throw Object.assign(
          new Error(`Failed query: insert\nparams: ${CLIENT_SECRET}`, {
            cause: Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }),
          }),
        );
      },
    };
    const known = await saveRun(failing, {
      id: 'x',
      connectionId: 'lab',
      kind: 'sync',
      state: 'running',
      dryRun: false,
      full: false,
      startedMs: 1,
      asOfMs: null,
      endedMs: null,
      mapping: null,
      model: null,
      calls: 0,
      error: null,
      resumeAtMs: null,
      undoes: null,
      flow: null,
      summary: null,
    }).catch((error: unknown) => asHeadwaterError(error));
    said.push(inspect(known, { depth: 12, showHidden: true }));
    expect(inspect(known)).toContain('disk is full');
  });

  then('a run that works, and then nothing of them anywhere', async () => {
    expect(await sync()).toBeNull();
    expect(access).toBeGreaterThan(5);
    const runs = await listRuns(store, 100);
    expect(runs.some((run) => run.state === 'failed' && run.error !== null)).toBe(true);
    for (const run of runs)
      said.push(JSON.stringify(run), JSON.stringify(await listSteps(store, run.id)));
    said.push(JSON.stringify(await listIssues(store, 'lab', 100)));
    const bytes = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name)).toString('latin1'),
    );
    expect(bytes.join('').length).toBeGreaterThan(100_000);
    const all = [...said, ...bytes].join('\n');
    expect(all).toContain('upstream refused');
    expect(all).toContain('[removed]');
    for (const secret of planted)
      expect(
        all.indexOf(secret),
        `${secret.slice(0, 4)}…: ${all.slice(Math.max(0, all.indexOf(secret) - 300), all.indexOf(secret))}`,
      ).toBe(-1);
    store.close();
  });
});
