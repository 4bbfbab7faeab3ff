import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/model/api-token.ts';
import { addressClass } from '../../src/http/api/address.ts';
import { clientAddress, rateLimit } from '../../src/host/node/rate-limit.ts';
import { hintCount } from '../../src/store/hints.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { pinConnection } from '../../src/store/runs.ts';
import { MIGRATIONS } from '../store/open.ts';
import { cli, start, tempDir } from './harness.ts';
import { story } from '../story.ts';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const dir = tempDir();
const file = join(dir, 'acme.sqlite');

describe('serve', () => {
  let url: string;
  let token: string;
  let process: ReturnType<typeof start>;

  beforeAll(async () => {
    const store = openNodeStore(file, MIGRATIONS);
    await pinConnection(store, {
      id: 'hs',
      crm: 'hubspot',
      orgId: '62515',
      orgName: 'Portal',
      instanceUrl: 'https://api.hubapi.com',
      pinnedMs: 1,
    });
    store.close();
    const made = await createToken('reader', ['read', 'admin', 'run']);
    token = made.token;
    process = start(dir, ['serve', '--db', file, '--port', '0', '--json'], {
      HEADWATER_TOKENS: made.line,
      HEADWATER_HUBSPOT_SECRET: SECRET,
    });
    url = (JSON.parse(await process.firstLine) as { url: string }).url;
  });
  afterAll(() => {
    process.child.kill('SIGTERM');
  });

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });

  const then = story('is open to whom it should, until it is stopped');
  then('is closed without a token, and shows with one what the database holds', async () => {
    expect((await fetch(`${url}/v1/status`)).status).toBe(401);
    expect(await (await get('/v1/status')).json()).toMatchObject({
      connections: [{ id: 'hs', orgName: 'Portal' }],
    });
  });

  then('marks what a signed webhook names, for the next run', async () => {
    const body = JSON.stringify([
      {
        eventId: 1,
        subscriptionId: 1,
        portalId: 62515,
        appId: 1,
        occurredAt: 1,
        subscriptionType: 'deal.propertyChange',
        attemptNumber: 0,
        objectId: 77,
        propertyName: 'amount',
        propertyValue: '1',
      },
    ]);
    const post = (key: string): Promise<Response> => {
      const timestamp = String(Date.now());
      const signature = createHmac('sha256', key)
        .update(`POST${url}/webhooks/hubspot${body}${timestamp}`)
        .digest('base64');
      return fetch(`${url}/webhooks/hubspot`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-hubspot-signature-v3': signature,
          'x-hubspot-request-timestamp': timestamp,
        },
      });
    };
    expect((await post('forged')).status).toBe(401);
    const taken = await post(SECRET);
    expect([taken.status, await taken.json()]).toEqual([200, { marked: 1 }]);
    const store = openNodeStore(file, MIGRATIONS);
    expect(await hintCount(store, 'hs')).toBe(1);
    store.close();
  });

  then('takes no documents and starts no runs: files and cron do that here', async () => {
    const pushed = await get('/v1/connections/hs', { method: 'DELETE' });
    expect([pushed.status, await pushed.json()]).toMatchObject([409, { error: { code: 'FILES' } }]);
    const ran = await get('/v1/connections/hs/runs', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect([ran.status, await ran.json()]).toMatchObject([409, { error: { code: 'NO_RUNNER' } }]);
  });

  then(
    'a stranger behind the same proxy asks himself out, and nobody else; no header makes him another',
    async () => {
      const ask = async (headers: Record<string, string>): Promise<number> =>
        (await fetch(`${url}/v1/status`, { headers })).status;
      const statuses: number[] = [];
      for (let n = 0; n < 2 * 120 + 10; n++)
        statuses.push(
          await ask({
            'cf-connecting-ip': `198.51.100.${n}`,
            'x-forwarded-for': `192.0.2.${n}, 203.0.113.1`,
          }),
        );
      expect(statuses).toContain(429);
      expect(
        (await get('/v1/status', { headers: { 'x-forwarded-for': '203.0.113.2' } })).status,
      ).toBe(200);
    },
  );

  then('stops on SIGTERM', async () => {
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('serve that cannot begin', () => {
  it.each([
    [['--db', join(dir, 'none.sqlite')], {}, 'ENOENT'],
    [['--host', '192.0.2.1'], {}, 'EADDRNOTAVAIL'],
    [[], { HEADWATER_TOKENS: 'nonsense' }, 'TOKENS'],
  ])('%j %j', async (args, env, code) => {
    const ran = await start(
      dir,
      ['serve', '--db', file, '--port', '0', '--json', ...args],
      env as Record<string, string>,
    ).ended;
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { kind: 'config', code } });
  });

  it('teaches in its help', async () => {
    expect((await cli(dir, ['serve', '--help'])).stdout).toContain('HEADWATER_TOKENS');
  });
});

describe('rate limit', () => {
  it('counts each key by itself, and anew every minute', () => {
    let nowMs = 0;
    const allow = rateLimit(2, () => nowMs);
    expect(['a', 'a', 'a', 'b'].map(allow)).toEqual([true, true, false, true]);
    nowMs = 60_000;
    expect(allow('a')).toBe(true);
  });
});

describe('address of a client', () => {
  it.each([
    ['198.51.100.7', undefined, '198.51.100.7'],
    ['198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['::ffff:127.0.0.1', '203.0.113.1, 198.51.100.9', '198.51.100.9'],
    ['::1', '203.0.113.1, not an address', '::1'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    [undefined, undefined, 'unknown'],
  ])('from %s with the header %s is %s', (peer, header, address) =>
    expect(clientAddress([])(peer, header)).toBe(address),
  );
  it.each([
    ['10.0.0.7', '203.0.113.1', '203.0.113.1'],
    ['10.0.0.7', '198.51.100.1, 203.0.113.1, 10.9.9.9', '203.0.113.1'],
    ['10.0.0.7', '10.1.1.1', '10.1.1.1'],
    ['11.0.0.7', '203.0.113.1', '11.0.0.7'],
    ['2001:db8:5::1', '203.0.113.1', '203.0.113.1'],
    ['2001:db8:6::1', '203.0.113.1', '2001:db8:6::1'],
    ['10.0.0.7', undefined, '10.0.0.7'],
  ])('from %s through proxies of ours, with the header %s, is %s', (peer, header, address) =>
    expect(clientAddress(['10.0.0.0/8', '2001:db8:5::/48'])(peer, header)).toBe(address),
  );
  it.each(['10.0.0.0/33', 'proxy', '10.0.0.0/x', '', '2001:db8::/129'])(
    'no proxy is called %j',
    (one) => expect(() => clientAddress([one])).toThrow(/no address/),
  );
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s is counted as %s', (address, counted) => expect(addressClass(address)).toBe(counted));
});
