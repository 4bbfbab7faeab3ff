import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';

let sandbox: Sandbox;
const NOW = Date.UTC(2026, 4, 1, 7, 25, 37);
const advanced: [number, number][] = [];
beforeEach(async () => {
  advanced.length = 0;
  sandbox = await startSandbox({
    nowMs: NOW,
    ticking: false,
    seeder: () => ({
      provenance: 'three words of provenance',
      truth: { skill: 1 },
      advance: (fromMs, untilMs) => advanced.push([fromMs, untilMs]),
    }),
  });
});
afterEach(() => sandbox.close());

async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

describe('the control plane', () => {
  it('says what runs here', async () => {
    const { body } = await control('GET', '/status');
    expect(body).toMatchObject({
      crm: 'salesforce',
      now: '2026-05-01T07:25:37.000Z',
      provenance: 'three words of provenance',
      orgId: sandbox.org.id,
      apiUsed: 0,
    });
  });

  it('moves time on, and the world with it', async () => {
    const { body } = await control('POST', '/clock/advance', { days: 7 });
    expect(body).toMatchObject({ now: '2026-05-08T07:25:37.000Z', events: 1 });
    expect(advanced).toEqual([[NOW, NOW + 7 * 86_400_000]]);
    const head = await fetch(`${sandbox.url}/services/data`);
    expect(head.headers.get('date')).toBe('Fri, 08 May 2026 07:25:37 GMT');
  });

  it('refuses what it does not understand, in words', async () => {
    expect((await control('POST', '/clock/advance', { days: -1 })).status).toBe(400);
    const wrong = await control('PUT', '/faults', [{ kind: 'gremlins' }]);
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([
      400,
      expect.stringContaining('kind'),
    ]);
    expect((await control('PUT', '/switches', { openAut: true })).status).toBe(400);
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect(
      (
        await control('POST', '/records', {
          changes: [{ op: 'insert', object: 'Account', fields: { Name: 'x' }, as: 'nobody@here' }],
        })
      ).status,
    ).toBe(400);
  });

  it('sets, shows and removes faults', async () => {
    await control('PUT', '/faults', [{ id: 'a', kind: 'reset', match: { path: '/never' } }]);
    expect((await control('POST', '/faults', { kind: 'slow' })).status).toBe(201);
    expect(((await control('GET', '/faults')).body as unknown[]).length).toBe(2);
    expect((await control('DELETE', '/faults/a')).status).toBe(204);
    expect((await control('DELETE', '/faults/a')).status).toBe(404);
    expect((await control('DELETE', '/faults')).status).toBe(204);
    expect((await control('GET', '/faults')).body).toEqual([]);
  });

  it('changes records past the API, and shows every row with its deleted ones', async () => {
    const { body } = await control('POST', '/records', [
      { op: 'insert', object: 'Account', fields: { Name: 'Winner' } },
      { op: 'insert', object: 'Account', fields: { Name: 'Loser' } },
      { op: 'insert', object: 'Account', fields: { Name: 'Gone' }, atMs: NOW },
      { op: 'insert', object: 'Account', fields: {} },
    ]);
    const outcomes = body as { ok: boolean; id?: string; errors?: { errorCode: string }[] }[];
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(outcomes[3]?.errors?.[0]?.errorCode).toBe('REQUIRED_FIELD_MISSING');
    const [winner, loser, gone] = outcomes.map(({ id }) => id ?? '');
    await control('POST', '/records', [
      { op: 'merge', winnerId: winner, loserIds: [loser] },
      { op: 'delete', id: gone },
    ]);
    const dump = (await control('GET', '/dump?objects=Account')).body as {
      Account: Record<string, unknown>[];
    };
    expect(dump.Account.map((row) => [row.Name, row.IsDeleted, row.MasterRecordId])).toEqual([
      ['Winner', false, null],
      ['Loser', true, winner],
      ['Gone', true, null],
    ]);
    expect(dump.Account[2]?.CreatedDate).toBe('2026-05-01T07:25:37.000Z');
  });

  it('commits a row late, with the stamp of its beginning', async () => {
    const startedMs = sandbox.clock.nowMs();
    await control('POST', '/records', [
      { op: 'insert', object: 'Account', fields: { Name: 'Late' }, commitAfterMs: 60_000 },
    ]);
    const late = async () =>
      (
        (await control('GET', '/dump?objects=Account')).body as {
          Account: Record<string, unknown>[];
        }
      ).Account.find((row) => row.Name === 'Late');
    const touch = () => fetch(`${sandbox.url}/services/data`);
    await control('POST', '/clock/advance', { ms: 59_000 });
    await touch();
    expect(await late()).toBeUndefined();
    await control('POST', '/clock/advance', { ms: 1_000 });
    await touch();
    expect((await late())?.SystemModstamp).toBe(new Date(startedMs).toISOString());
  });

  it('counts requests by route, its own not among them', async () => {
    await control('DELETE', '/requests');
    await fetch(`${sandbox.url}/services/data/v66.0/sobjects/Account/001000000000001AAA`);
    const { body } = await control('GET', '/counters');
    expect(body).toEqual({
      total: 1,
      routes: { 'GET /services/data/:version/sobjects/Account/:id': 1 },
      statuses: { 401: 1 },
      faults: {},
    });
    expect((await control('GET', '/requests')).body).toMatchObject([
      {
        method: 'GET',
        status: 401,
        path: '/services/data/v66.0/sobjects/Account/001000000000001AAA',
      },
    ]);
  });

  it('starts over, and the token handed out goes on', async () => {
    await control('POST', '/reset');
    expect(sandbox.org.recordCount('Account')).toBe(0);
    const response = await fetch(`${sandbox.url}/services/data/v66.0/limits`, {
      headers: { authorization: `Bearer ${sandbox.accessToken}` },
    });
    expect(response.status).toBe(200);
  });

  it('serves the truth to the control plane only', async () => {
    expect((await control('GET', '/truth')).body).toEqual({ skill: 1 });
  });

  it('answers no web page: neither one of another origin nor a rebound name', async () => {
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${sandbox.controlUrl}/status`, { headers }, (response) =>
          resolve(response.resume().statusCode),
        )
          .on('error', reject)
          .end();
      });
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ host: 'evil.example' })).toBe(403);
    expect(await status({ host: 'localhost:1' })).toBe(200);
  });
});
