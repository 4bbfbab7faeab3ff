import fc from 'fast-check';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInWithBrowser } from '../../src/cli/setup/browser-sign-in.ts';
import { startApi } from '../../src/host/node/serve.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openMemory } from '../store/open.ts';
import { ROOT } from './harness.ts';

/** Enough to meet each shape below several times; a request takes about a millisecond. */
const RUNS = 120;

/** One request in raw bytes; resolves when the server has answered, closed or cut it. */
const raw = (port: number, bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });

const ODD_TARGETS = [
  ...['//', '///', '/\\', '*', '', '?', '/callback', '/callback?', '/callback?state', '/%', '/%ff'],
  ...['http://[', 'http://', '//[::1', '/callback?state=%E0%A4%A', '/callback?state=é&code=1'],
  ...['/__sandbox__//', '/v1//', '/services/data/v66.0/query?q=%', '/crm/v3/objects/%2e%2e'],
];
const target = fc.oneof(
  fc.constantFrom(...ODD_TARGETS),
  fc.webPath().map((path) => `/${path}`),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `/callback?state=${text}`),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => `/${Buffer.from(bytes).toString('latin1')}`),
);
const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE', 'G\u0000T', ''),
    target,
    host: fc.constantFrom('Host: localhost', 'Host: ', 'Host: [', 'Host: a b', ''),
    more: fc.constantFrom(
      '',
      'Expect: 100-continue',
      'Upgrade: websocket\r\nConnection: Upgrade',
      'Content-Length: 5',
      'Content-Length: -1',
      'Transfer-Encoding: chunked',
      'Content-Type: application/json\r\nContent-Length: 4',
    ),
    body: fc.constantFrom('', 'null', '{', 'zz\r\n', '\u0000\u0000\u0000\u0000\u0000'),
  })
  .map(({ method, target, host, more, body }) =>
    Buffer.from(
      `${[`${method} ${target} HTTP/1.1`, host, more].filter((line) => line !== '').join('\r\n')}\r\n\r\n${body}`,
      'latin1',
    ),
  );

const fuzz = async (port: number): Promise<void> =>
  await fc.assert(
    fc.asyncProperty(request, async (bytes) => void (await raw(port, bytes))),
    { numRuns: RUNS },
  );
const freePort = async (): Promise<number> =>
  await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

describe('a local server survives any request', () => {
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  beforeAll(() => {
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
  });
  afterAll(() => {
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
  });
  const nothingThrown = (): void => expect(thrown.splice(0)).toEqual([]);

  it('that waits for the sign-in, and still takes the true answer', async () => {
    const port = await freePort();
    let state = '';
    const shown = Promise.withResolvers<void>();
    const waiting = signInWithBrowser({
      port,
      timeoutMs: 50_000,
      authorizeUrl: (asked) => {
        state = asked.state;
        return 'http://x';
      },
      show: () => shown.resolve(),
    });
    await shown.promise;
    for (const odd of ODD_TARGETS)
      await raw(port, Buffer.from(`GET ${odd} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 'utf8'));
    // As many characters as ours, and more bytes.
    const wide = encodeURIComponent('é'.repeat(state.length));
    for (let twice = 0; twice < 2; twice++)
      expect((await fetch(`http://localhost:${port}/callback?state=${wide}&code=1`)).status).toBe(
        400,
      );
    await fuzz(port);
    nothingThrown();
    const both = await Promise.allSettled(
      ['right', 'second'].map((code) =>
        fetch(`http://localhost:${port}/callback?state=${state}&code=${code}`),
      ),
    );
    expect(both.some((one) => one.status === 'fulfilled' && one.value.status === 200)).toBe(true);
    expect((await waiting).code).toMatch(/^(right|second)$/);
    nothingThrown();
  });

  it('of the API', async () => {
    const store = openMemory();
    const api = await startApi(
      {
        ...{ store, database: '', connections: [], everyMs: null },
        ...{ host: '127.0.0.1', port: 0, log: () => {} },
      },
      { version: '0', env: {}, nowMs: () => 0, cwd: ROOT, root: ROOT },
    );
    await fuzz(Number(new URL(api.url).port));
    nothingThrown();
    expect((await fetch(`${api.url}/v1/openapi.json`)).status).toBeLessThan(500);
    await api.close();
    store.close();
  });

  it('of the API, which does not start where a webhook could be guessed', async () => {
    const store = openMemory();
    const request = { store, database: '', connections: [], everyMs: null, port: 0 };
    const env = { HEADWATER_HUBSPOT_SECRET: 'x'.repeat(17) };
    await expect(
      startApi(
        { ...request, host: '127.0.0.1', log: () => {} },
        { version: '0', env, nowMs: () => 0, cwd: ROOT, root: ROOT },
      ),
    ).rejects.toMatchObject({ kind: 'config', code: 'SECRET' });
    store.close();
  });

  it('of either sandbox', async () => {
    const salesforce = await startSandbox({ partners: 1, deals: 1 });
    const hubspot = await startHubSpotSandbox({ port: 0, partners: 1, deals: 1 });
    for (const sandbox of [salesforce, hubspot]) {
      await fuzz(Number(new URL(sandbox.url).port));
      expect((await fetch(`${sandbox.controlUrl}/status`)).status).toBe(200);
    }
    nothingThrown();
    await salesforce.close();
    await hubspot.close();
  });
});
