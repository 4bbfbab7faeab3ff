import { describe, expect, it } from 'vitest';
import { NOW_MS, startPortal } from './support/portal.ts';
import { refusal, scripted, type Answer } from './support/wire.ts';

const oauth = { auth: 'oauth', clientId: 'app-1' };
const secrets = { refreshToken: 'R1', clientSecret: 'S1' };
const token = (more: Record<string, unknown> = {}): Answer => ({
  json: {
    token_type: 'bearer',
    access_token: 'A1',
    refresh_token: 'R1',
    expires_in: 1800,
    ...more,
  },
});

describe('OAuth', () => {
  it('renews the access token ahead of its end, once for calls that go side by side', async () => {
    let nowMs = NOW_MS;
    let issued = 0;
    const { hits, open } = scripted(
      (hit) =>
        hit.path === '/oauth/v1/token' ? token({ access_token: `A${++issued}` }) : undefined,
      { nowMs: () => nowMs },
    );
    const session = await open(oauth, secrets);
    expect(Object.fromEntries(new URLSearchParams(hits[0]?.body ?? ''))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'R1',
      client_id: 'app-1',
      client_secret: 'S1',
    });
    await session.serverTimeMs();
    nowMs += 24 * 60_000;
    await session.serverTimeMs();
    expect(issued).toBe(1);
    nowMs += 2 * 60_000;
    await Promise.all([session.serverTimeMs(), session.serverTimeMs(), session.describe('deals')]);
    expect(issued).toBe(2);
  });
  it('saves a new refresh token before the access token is used, and goes on with it', async () => {
    const order: string[] = [];
    let nowMs = NOW_MS;
    const { open, hits } = scripted(
      (hit) => {
        order.push(hit.path === '/oauth/v1/token' ? 'token' : 'call');
        return hit.path === '/oauth/v1/token' ? token({ refresh_token: 'R2' }) : undefined;
      },
      {
        nowMs: () => nowMs,
        saveSecret: async (name, value) => {
          order.push(`${name}=${value}`);
        },
      },
    );
    const session = await open(oauth, secrets);
    expect(order.slice(0, 3)).toEqual(['token', 'refreshToken=R2', 'call']);
    nowMs += 30 * 60_000;
    await session.serverTimeMs();
    expect(new URLSearchParams(hits[1]?.body ?? '').get('refresh_token')).toBe('R2');
    expect(order.filter((each) => each.startsWith('refreshToken'))).toHaveLength(1);
  });
  it('goes by the dated path when asked to', async () => {
    const { hits, open } = scripted((hit) =>
      hit.path === '/oauth/2026-09/token' ? token() : undefined,
    );
    await open({ ...oauth, apiVersion: '2026-09' }, secrets);
    expect(hits.map((hit) => hit.path)).toEqual(['/oauth/2026-09/token']);
  });
  it.each([
    ['BAD_REFRESH_TOKEN', 'auth', 'Install the app'],
    ['BAD_CLIENT_SECRET', 'config', 'clientSecret'],
    ['BAD_CLIENT_ID', 'config', 'clientId'],
  ])('%s is told with a cure', async (status, kind, cure) => {
    const { hits, open } = scripted((hit) =>
      hit.path === '/oauth/v1/token'
        ? { status: 400, json: { status, message: 'missing or invalid', correlationId: 'c' } }
        : undefined,
    );
    await expect(open(oauth, secrets)).rejects.toMatchObject({
      kind,
      code: status,
      cure: expect.stringContaining(cure),
    });
    expect(hits).toHaveLength(1);
  });
  it('a token answer that is none is tried again, then told', async () => {
    const { hits, open } = scripted((hit) =>
      hit.path === '/oauth/v1/token' ? { text: '<html>' } : undefined,
    );
    await expect(open(oauth, secrets)).rejects.toMatchObject({
      kind: 'transient',
      code: 'UNREADABLE_ANSWER',
    });
    expect(hits).toHaveLength(5);
  });
  it('works against a whole portal, and survives tokens that were ended before their time', async () => {
    const portal = await startPortal();
    const session = await portal.open(
      { auth: 'oauth', clientId: portal.sandbox.clientId },
      { refreshToken: portal.sandbox.refreshToken, clientSecret: portal.sandbox.clientSecret },
    );
    portal.sandbox.vendor.configure({ expireTokens: true });
    expect((await session.describe('deals'))?.name).toBe('deals');
    // Public apps have no daily limit that HubSpot would tell.
    expect(await session.budget()).toMatchObject({ usedCalls: null, limitCalls: null });
    await portal.sandbox.close();
  });
});

describe('a standing token', () => {
  it('that has expired cannot be renewed: one call, then the admin is asked', async () => {
    const { open } = scripted((hit) =>
      hit.path.startsWith('/account-info/')
        ? refusal(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired')
        : undefined,
    );
    await expect(open()).rejects.toMatchObject({ kind: 'auth' });
  });
  it('tells its budget from the headers of answers, else from the usage report', async () => {
    const { open } = scripted((hit) =>
      hit.path.startsWith('/account-info/v3/api-usage')
        ? {
            json: {
              results: [
                { name: 'a', usageLimit: 1000, currentUsage: 30 },
                { name: 'b', usageLimit: 1000, currentUsage: 12 },
              ],
            },
          }
        : undefined,
    );
    expect(await (await open()).budget()).toMatchObject({ usedCalls: 42, limitCalls: 1000 });
    const { open: withHeaders } = scripted((hit) =>
      hit.path === '/crm/v3/properties/deals'
        ? {
            json: { results: [] },
            headers: {
              'x-hubspot-ratelimit-daily': '650000',
              'x-hubspot-ratelimit-daily-remaining': '649990',
            },
          }
        : undefined,
    );
    const session = await withHeaders();
    await session.describe('deals');
    expect(await session.budget()).toMatchObject({ usedCalls: 10, limitCalls: 650_000 });
  });
  it.each([
    [{ auth: 'oauth' }, {}, 'setting clientId, secret refreshToken, secret clientSecret'],
    [{ baseUrl: 'http://api.hubapi.com' }, { accessToken: 'x' }, 'must begin with https://'],
    [{ apiVersion: 'v2' }, { accessToken: 'x' }, 'apiVersion'],
    [{ colour: 1 }, { accessToken: 'x' }, 'colour'],
  ])('settings %j are refused with every fault named', async (settings, given, fault) => {
    const { hubspot } = await import('../../../connectors/hubspot/index.ts');
    const { testDeps } = await import('./support/deps.ts');
    await expect(hubspot.open(settings, given, testDeps())).rejects.toMatchObject({
      kind: 'config',
      code: 'SETTINGS',
      message: expect.stringContaining(fault),
    });
  });
});
