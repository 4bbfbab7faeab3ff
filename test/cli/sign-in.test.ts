import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNodeStore } from '../../src/store/node.ts';
import { pinConnection } from '../../src/store/runs.ts';
import { MIGRATIONS } from '../store/open.ts';
import { cli, start, tempDir } from './harness.ts';
import { signedIn } from './signed-in.ts';

const dir = tempDir();
const file = join(dir, 'acme.sqlite');
const linkFor = async (url: string, role: string): Promise<{ url: string; link: string }> => {
  const args = ['session', 'link', '--db', file, '--name', `ann-${role}`, '--role', role];
  const { stdout } = await cli(dir, [...args, '--url', url, '--json']);
  return { url, link: (JSON.parse(stdout) as { link: string }).link };
};

describe('signing in to the pages', () => {
  let server: ReturnType<typeof start>;
  let url: string;
  let link: string;
  let first: Response;
  beforeAll(async () => {
    const store = openNodeStore(file, MIGRATIONS);
    await pinConnection(store, {
      ...{ id: 'hs', crm: 'hubspot', orgId: '1', orgName: 'Portal', pinnedMs: 1 },
      instanceUrl: 'https://api.hubapi.com',
    });
    store.close();
    server = start(dir, ['serve', '--db', file, '--port', '0', '--json']);
    ({ url, link } = JSON.parse(await server.firstLine) as { url: string; link: string });
    // Before anybody ends sessions: the link that was printed leads in.
    first = await fetch(link, { redirect: 'manual' });
  });
  afterAll(() => {
    server.child.kill('SIGTERM');
  });

  it('works once, with a cookie that no script reads and no other site sends', async () => {
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(first.headers.get('set-cookie')).toMatch(
      /^headwater_session_\d+=hw_[\w-]+; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    const again = await fetch(link, { redirect: 'manual' });
    expect([again.headers.get('location'), again.headers.get('set-cookie')]).toEqual([
      '/signed-out?why=link',
      null,
    ]);
    const bad = await fetch(`${url}/sign-in?token=hw_nonsense`, { redirect: 'manual' });
    expect(bad.headers.get('location')).toBe('/signed-out?why=link');
  });

  it.each([
    ['/connections/acme/plan', '/connections/acme/plan'],
    ['//evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\\evil.example', '/'],
  ])('leads to %s as %s', async (to, location) => {
    const one = await linkFor(url, 'viewer');
    const answer = await fetch(`${one.link}&to=${encodeURIComponent(to)}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(location);
  });

  it.each([
    ['viewer', [200, 403, 403]],
    ['operator', [200, 409, 403]],
    ['admin', [200, 409, 200]],
  ] as const)('a %s may do what its role says', async (role, statuses) => {
    const me = await signedIn(await linkFor(url, role));
    const answers = [
      await me.try('GET', '/v1/status'),
      await me.try('POST', '/v1/connections/hs/runs', {}),
      await me.try('GET', '/v1/sessions'),
    ];
    expect(answers.map((one) => one.status)).toEqual(statuses);
  });

  it("refuses another site's form, and one whose origin nobody tells", async () => {
    const me = await signedIn(await linkFor(url, 'admin'));
    const post = async (headers: object): Promise<number> =>
      (await me.try('POST', '/v1/connections/hs/quarantine/retry', {}, headers)).status;
    expect(await post({})).toBe(200);
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'cross-site', origin: '' })).toBe(403);
  });

  it('ends when its owner signs out, when an admin revokes it, and never shows its token', async () => {
    const [ann, bob] = [
      await signedIn(await linkFor(url, 'viewer')),
      await signedIn(await linkFor(url, 'admin')),
    ];
    expect((await ann.try('DELETE', '/v1/session')).status).toBe(200);
    expect((await ann.try('GET', '/v1/status')).status).toBe(401);
    const { sessions } = await bob.get<{ sessions: { id: string; name: string }[] }>(
      '/v1/sessions',
    );
    expect(JSON.stringify(sessions)).not.toContain('hw_');
    const { stdout } = await cli(dir, ['session', 'revoke', '--all', '--db', file]);
    expect(stdout).toMatch(/^\d+ sessions ended/);
    expect((await bob.try('GET', '/v1/status')).status).toBe(401);
  });

  it('a session is over after its time', async () => {
    const me = await signedIn(await linkFor(url, 'viewer'));
    const store = openNodeStore(file, MIGRATIONS);
    const { webSessions } = await import('../../src/store/schema.ts');
    await store.batch([store.db.update(webSessions).set({ expiresMs: 1 })]);
    store.close();
    expect((await me.try('GET', '/v1/status')).status).toBe(401);
  });
});

describe('serve --every', () => {
  it.each(['15', '5s', '0m', 'often', '1.5h'])('takes no "%s"', async (every) => {
    const ran = await cli(dir, ['serve', '--db', file, '--every', every]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('--every takes a time')]);
  });
  it('needs to know what it is to run', async () => {
    const ran = await cli(dir, ['serve', '--db', file, '--every', '15m']);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('--connection <file>')]);
  });
});
