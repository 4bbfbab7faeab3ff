import { describe, expect, test } from 'vitest';
import { call, get, NOW_MS, open, post } from './support.ts';

const header = (reply: { headers: Headers }, name: string) =>
  reply.headers.get(`x-hubspot-ratelimit-${name}`);

describe('limits', () => {
  test('the burst is a rolling ten seconds for each token, told in the headers of every answer', async () => {
    const sandbox = await open({ limits: { by: 'virtual', burst: 3, daily: 100 } });
    const first = await get(sandbox, '/crm/v3/owners');
    expect(
      ['daily', 'daily-remaining', 'interval-milliseconds', 'max', 'remaining', 'secondly'].map(
        (name) => header(first, name),
      ),
    ).toEqual(['100', '99', '10000', '3', '2', '0']);
    expect(first.headers.get('x-hubspot-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    sandbox.clock.advance(4000);
    await get(sandbox, '/crm/v3/owners');
    expect(header(await get(sandbox, '/crm/v3/owners'), 'remaining')).toBe('0');
    const refused = await get(sandbox, '/crm/v3/owners');
    expect(refused).toMatchObject({
      status: 429,
      body: {
        status: 'error',
        errorType: 'RATE_LIMIT',
        policyName: 'TEN_SECONDLY_ROLLING',
        message: 'You have reached your ten_secondly_rolling limit.',
      },
    });
    expect([header(refused, 'remaining'), header(refused, 'daily-remaining')]).toEqual([
      null,
      '97',
    ]);
    // Another token has its own ten seconds.
    const other = sandbox.vendor.site.access.addStanding('pat-na1-other');
    expect(
      (
        await fetch(`${sandbox.url}/crm/v3/owners`, {
          headers: { authorization: `Bearer ${other.token}` },
        })
      ).status,
    ).toBe(200);
    sandbox.clock.advance(6000);
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(200);
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(429);
  });

  test('searches have their own second and do not touch the burst', async () => {
    const sandbox = await open({ limits: { by: 'virtual' } });
    for (let i = 0; i < 5; i++)
      expect((await post(sandbox, '/crm/v3/objects/deals/search', {})).status).toBe(200);
    const sixth = await post(sandbox, '/crm/objects/2026-09/companies/search', {});
    expect([sixth.status, sixth.body['policyName'], header(sixth, 'max')]).toEqual([
      429,
      'SECONDLY',
      null,
    ]);
    sandbox.clock.advance(1000);
    const seventh = await post(sandbox, '/crm/v3/objects/deals/search', {});
    expect([seventh.status, header(seventh, 'remaining'), header(seventh, 'daily')]).toEqual([
      200,
      null,
      '650000',
    ]);
    expect(header(await get(sandbox, '/crm/v3/owners'), 'remaining')).toBe('189');
  });

  test('the day ends at the account’s midnight', async () => {
    const sandbox = await open({
      limits: { by: 'virtual', daily: 2 },
      settings: { utcOffsetMinutes: -300 },
    });
    for (let i = 0; i < 2; i++) await get(sandbox, '/crm/v3/owners');
    expect((await get(sandbox, '/crm/v3/owners')).body).toMatchObject({
      policyName: 'DAILY',
      errorType: 'RATE_LIMIT',
    });
    sandbox.clock.set(Date.UTC(2026, 10, 23, 4, 59));
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(429);
    sandbox.clock.set(Date.UTC(2026, 10, 23, 5, 0));
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(200);
  });

  test('by the wall clock they hold while the sandbox’s time stands still', async () => {
    let wallMs = NOW_MS;
    const sandbox = await open({ limits: { by: 'wall', burst: 1 }, wallMs: () => wallMs });
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(200);
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(429);
    wallMs += 10_000;
    expect((await get(sandbox, '/crm/v3/owners')).status).toBe(200);
  });

  test('a session that a fault ends stays ended, and a refreshed token works', async () => {
    const sandbox = await open();
    const { access } = sandbox.vendor.site;
    const grant = access.grant(sandbox.refreshToken);
    if (grant === null) throw new Error('no grant');
    const [first, second] = [access.issue(grant), access.issue(grant)];
    sandbox.faults.add({ kind: 'expiredSession', endSession: true, times: 1 });
    const status = async (token: string) =>
      (await call(sandbox, 'GET', '/crm/v3/owners', undefined, token)).body['category'] ?? 200;
    expect([
      await status(first.token),
      await status(first.token),
      await status(second.token),
    ]).toEqual(['EXPIRED_AUTHENTICATION', 'EXPIRED_AUTHENTICATION', 200]);
  });

  test('faults speak HubSpot', async () => {
    const sandbox = await open();
    sandbox.faults.replace([
      { kind: 'tooManyRequests', times: 2 },
      { kind: 'dailyLimit', times: 1 },
      { kind: 'expiredSession', times: 1 },
      { kind: 'serverError', status: 502, times: 1 },
      { kind: 'serverError', status: 423, times: 1, match: { object: 'deals' } },
    ]);
    expect((await get(sandbox, '/crm/v3/objects/deals')).body['policyName']).toBe(
      'TEN_SECONDLY_ROLLING',
    );
    expect((await post(sandbox, '/crm/v3/objects/deals/search', {})).body['policyName']).toBe(
      'SECONDLY',
    );
    const daily = await get(sandbox, '/crm/v3/objects/deals');
    expect([daily.status, daily.body['policyName']]).toEqual([429, 'DAILY']);
    expect((await get(sandbox, '/crm/v3/objects/deals')).body['category']).toBe(
      'EXPIRED_AUTHENTICATION',
    );
    const page = await fetch(`${sandbox.url}/crm/v3/objects/deals`);
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect((await get(sandbox, '/crm/v3/objects/companies')).status).toBe(200);
    sandbox.faults.add({ kind: 'serverError', status: 477, times: 1, match: { path: '/owners' } });
    const moving = await get(sandbox, '/crm/v3/owners');
    expect([moving.status, moving.headers.get('retry-after')]).toEqual([477, '3600']);
    expect((await get(sandbox, '/crm/objects/2026-09/0-3')).status).toBe(423);
  });
});
