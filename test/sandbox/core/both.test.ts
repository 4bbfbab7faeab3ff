/** One way in for both CRMs: same options, same parts, the world behind both. */
import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type AnySandbox } from '../../../src/sandbox/index.ts';

const started: AnySandbox[] = [];
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.close();
});
const NOW_MS = Date.UTC(2026, 10, 20, 12);

describe.each(['salesforce', 'hubspot'] as const)('startSandbox({ crm: %j })', (crm) => {
  it('runs the same world with the same controls, on a port and without one', async () => {
    for (const port of [0, null]) {
      const sandbox = await startSandbox({
        crm,
        port,
        seed: 3,
        partners: 5,
        deals: 40,
        nowMs: NOW_MS,
        ticking: false,
      });
      started.push(sandbox);
      const ask = port === null ? sandbox.fetch : fetch;
      const control = async (method: string, path: string, body?: unknown): Promise<unknown> =>
        (
          await ask(`${sandbox.controlUrl}${path}`, {
            method,
            headers: { host: 'localhost' },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          })
        ).json();
      expect(await control('GET', '/status')).toMatchObject({
        crm,
        now: '2026-11-20T12:00:00.000Z',
        provenance: expect.stringContaining('seed 3') as unknown,
      });
      expect(
        (await control('POST', '/clock/advance', { days: 7 })) as { events: number },
      ).toMatchObject({ events: expect.any(Number) as number });
      expect(((await control('GET', '/truth')) as { partners: unknown[] }).partners).toHaveLength(
        5,
      );
      await control('PUT', '/faults', [{ kind: 'serverError', times: 1 }]);
      const path = crm === 'salesforce' ? '/services/data/v66.0/limits' : '/crm/v3/owners/';
      const status = async (): Promise<number> =>
        (
          await ask(`${sandbox.url}${path}`, {
            headers: { authorization: `Bearer ${sandbox.accessToken}` },
          })
        ).status;
      expect([await status(), await status()]).toEqual([500, 200]);
    }
  });
});

describe('the currency of a Salesforce org', () => {
  it('is that of its world, unless said otherwise', async () => {
    const usual = await startSandbox({ port: null, partners: 2, deals: 5 });
    const other = await startSandbox({
      port: null,
      partners: 2,
      deals: 5,
      org: { currency: 'CHF' },
    });
    started.push(usual, other);
    expect([usual.currency, other.currency]).toEqual(['USD', 'CHF']);
  });
});
