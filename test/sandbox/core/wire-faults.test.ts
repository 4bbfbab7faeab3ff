/** What a client sees of each fault over a real socket, and what became of its request. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seeder: () => null });
});
afterEach(() => sandbox.close());

const BASE = '/services/data/v66.0';
const create = (signal?: AbortSignal) =>
  fetch(`${sandbox.url}${BASE}/sobjects/Account`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Name: 'Acme' }),
    signal,
  });
const accounts = () => sandbox.org.recordCount('Account');

describe('a fault on the wire', () => {
  it.each([
    [500, 'UNKNOWN_EXCEPTION'],
    [503, 'SERVER_UNAVAILABLE'],
  ])('%i before commit changes nothing', async (status, errorCode) => {
    sandbox.faults.add({ kind: 'serverError', status, times: 1 });
    const response = await create();
    expect([
      response.status,
      ((await response.json()) as { errorCode: string }[])[0]?.errorCode,
      accounts(),
    ]).toEqual([status, errorCode, 0]);
    expect((await create()).status).toBe(201);
  });

  it('502 after commit: the answer is lost, the record is there', async () => {
    sandbox.faults.add({ kind: 'serverError', status: 502, when: 'after' });
    expect((await create()).status).toBe(502);
    expect(accounts()).toBe(1);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('reset %s commit really breaks the connection', async (when, made) => {
    sandbox.faults.add({ kind: 'reset', when });
    const error = await create().then(
      () => null,
      (thrown: unknown) => thrown as { cause?: { code?: string } },
    );
    expect(error?.cause?.code).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(accounts()).toBe(made);
  });

  it('timeout: hangs until the client gives up', async () => {
    sandbox.faults.add({ kind: 'timeout', when: 'after' });
    const startedMs = performance.now();
    await expect(create(AbortSignal.timeout(150))).rejects.toThrow(/timeout|aborted/i);
    expect(performance.now() - startedMs).toBeGreaterThan(140);
    expect(accounts()).toBe(1);
  });

  it('slow: answers late and whole', async () => {
    sandbox.faults.add({ kind: 'slow', ms: 120 });
    const startedMs = performance.now();
    expect((await create()).status).toBe(201);
    expect(performance.now() - startedMs).toBeGreaterThan(115);
  });

  it('truncated: half of the JSON under an honest length', async () => {
    sandbox.faults.add({ kind: 'truncated' });
    const response = await create();
    expect(response.status).toBe(201);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('cut body: the connection breaks in the middle', async () => {
    sandbox.faults.add({ kind: 'cutBody' });
    await expect(create().then((response) => response.text())).rejects.toThrow();
  });

  it('html: a page of a proxy', async () => {
    sandbox.faults.add({ kind: 'html' });
    const response = await create();
    expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/html']);
    expect(await response.text()).toContain('<html>');
  });

  it("expired session and daily limit in the vendor's words", async () => {
    sandbox.faults.add({ kind: 'expiredSession', times: 1 });
    sandbox.faults.add({ kind: 'dailyLimit', times: 1 });
    expect(await (await create()).json()).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
    const limited = await create();
    expect([limited.status, await limited.json()]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
  });

  it('an expired session can really end', async () => {
    sandbox.faults.add({ kind: 'expiredSession', times: 1, endSession: true });
    await create();
    expect((await create()).status).toBe(401);
  });

  it('stands in the request log, with what it did', async () => {
    sandbox.faults.add({ kind: 'serverError', when: 'after', times: 1 });
    await create();
    await create();
    expect(sandbox.log.list().map(({ status, fault }) => [status, fault])).toEqual([
      [500, 'serverError after commit'],
      [201, null],
    ]);
  });
});

describe('in process', () => {
  it('a cut connection is a failed fetch, and giving up ends a hanging one', async () => {
    const inside = await startSandbox({ port: null, seeder: () => null });
    inside.faults.replace([{ kind: 'reset', nth: 1 }, { kind: 'timeout' }]);
    await expect(inside.fetch(`${inside.url}/services/data`)).rejects.toThrow('fetch failed');
    await expect(
      inside.fetch(`${inside.url}/services/data`, { signal: AbortSignal.timeout(50) }),
    ).rejects.toThrow(/timeout|aborted/i);
  });
});
