import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/model/api-token.ts';
import { newSignInLink } from '../../src/store/web-sessions.ts';
import { openMemory } from '../store/open.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

const HOUR_MS = 3_600_000;
const OWN = { origin: 'https://hw.example' };

let lab: HttpLab;
/** Keys that were counted, in order. */
let counted: string[];
beforeEach(async () => {
  counted = [];
  const sessions = openMemory();
  lab = await openHttpLab({
    sessions,
    allow: async (key) => {
      counted.push(key.replace(/[0-9a-f]{64}/, 'hash'));
      return true;
    },
  });
});
afterEach(() => {
  lab.deps.sessions?.close();
  lab.close();
});

/** The cookie of somebody who has used a link. */
async function signedIn(role: Role): Promise<string> {
  const who = { name: 'ann', scopes: ROLES[role] };
  const token = await newSignInLink(lab.deps.sessions!, who, lab.clock.nowMs);
  const answer = await lab.call('GET', `/sign-in?token=${token}`);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}
const ask = async (
  cookie: string,
  path = '/v1/status',
  method = 'GET',
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<number> =>
  (await lab.call(method, path, { headers: { cookie, ...headers }, body })).status;

describe('a session of the pages', () => {
  it('ends after twelve hours, on signing out, and when an admin revokes it', async () => {
    const cookie = await signedIn('viewer');
    lab.clock.nowMs += 12 * HOUR_MS - 1;
    expect(await ask(cookie)).toBe(200);
    lab.clock.nowMs += 1;
    expect(await ask(cookie)).toBe(401);

    const left = await signedIn('viewer');
    expect(await ask(left, '/v1/session', 'DELETE', OWN)).toBe(200);
    expect(await ask(left)).toBe(401);

    const [revoked, admin] = [await signedIn('viewer'), await signedIn('admin')];
    const listed = await lab.call('GET', '/v1/sessions', { headers: { cookie: admin } });
    const { sessions } = (await listed.json()) as {
      sessions: { id: string; scopes: string[] }[];
    };
    const { id } = sessions.find(({ scopes }) => scopes.length === 1)!;
    expect(await ask(revoked, `/v1/sessions/${id}`, 'DELETE', OWN)).toBe(403);
    expect(await ask(admin, `/v1/sessions/${id}`, 'DELETE', OWN)).toBe(200);
    expect(await ask(revoked)).toBe(401);
    expect(await ask(admin)).toBe(200);
  });

  it.each([
    ['viewer', [200, 403, 403]],
    ['operator', [200, 202, 403]],
    ['admin', [200, 202, 200]],
  ] as const)('of the role %s reaches as far as its scopes', async (role, expected) => {
    const cookie = await signedIn(role);
    expect([
      await ask(cookie),
      await ask(cookie, '/v1/connections/sf/runs', 'POST', OWN, {}),
      await ask(cookie, '/v1/sessions'),
    ]).toEqual(expected);
  });

  it("changes nothing for another site's page, nor for one that hides where it is from", async () => {
    const cookie = await signedIn('operator');
    const hidden: Record<string, string> = {};
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, hidden])
      expect(await ask(cookie, '/v1/connections/sf/runs', 'POST', headers, {})).toBe(403);
    expect(lab.started).toEqual([]);
  });

  it('alone may ask more often: a cookie that somebody made up counts as its address does', async () => {
    const cookie = await signedIn('viewer');
    counted = [];
    await ask(cookie);
    expect(counted).toEqual(['browser:hash']);
    counted = [];
    for (const made of ['headwater_session_https=x', `${cookie.slice(0, -1)}!`]) await ask(made);
    expect(counted).toEqual(['address:203.0.113.9', 'address:203.0.113.9']);
    counted = [];
    await lab.call('GET', '/v1/status', { token: lab.tokens.read });
    expect(counted).toEqual(['principal:reader']);
  });
});

describe('what a page loads', () => {
  it('is not counted: its files are there for everybody, and the API keeps its own count', async () => {
    const asset = { body: new Uint8Array(1), type: 'text/javascript', hashed: true };
    const pages = await openHttpLab({
      asset: async () => asset,
      allow: async () => false,
    });
    const headers = { accept: 'text/html' };
    for (const path of ['/', '/c/sf/plan', '/assets/index-1.js'])
      expect((await pages.call('GET', path, { headers })).status, path).toBe(200);
    expect((await pages.call('GET', '/v1/status')).status).toBe(429);
    pages.close();
  });
});

it('a short address means no connection that the one who is signed in has not named', async () => {
  const cookie = await signedIn('viewer');
  expect(await ask(cookie, '/v1/partners')).toBe(400);
  expect(await ask(cookie, '/v1/partners?connection=none')).toBe(404);
});
