import { expect, it } from 'vitest';
import { NOW_MS, readAll, startPortal } from './support/portal.ts';
import { addDeals } from './support/seed.ts';

/**
 * The sandbox's own limiter counts by its clock, and the connector's waiting is what moves that
 * clock.
 */
it("keeps to the portal's real limits: nothing is refused, whatever is read", async () => {
  const portal = await startPortal({
    limits: { by: 'virtual', burst: 100, searchPerSecond: 5 },
    seeder: (at) => {
      addDeals(at, 5_000, (n) => NOW_MS - 1e9 + n);
      return null;
    },
  });
  const { clock } = portal.sandbox;
  portal.deps.nowMs = () => clock.nowMs();
  portal.deps.sleep = async (ms) => {
    clock.advance(Math.ceil(ms));
  };
  const session = await portal.open({ burstCalls: 100, searchCalls: 5 });
  const rows = await readAll(session, {
    object: 'deals',
    fields: ['amount'],
    where: [],
    range: { kind: 'changed', fromMs: 0, untilMs: NOW_MS },
    includeDeleted: true,
  });
  expect(rows).toHaveLength(5_000);
  expect(
    await readAll(session, {
      object: 'deals',
      fields: ['amount'],
      where: [],
      range: { kind: 'all' },
      includeDeleted: true,
      history: ['dealstage'],
    }),
  ).toHaveLength(5_000);
  expect(portal.sandbox.log.counters().statuses['429']).toBeUndefined();
  expect(session.calls()).toBeGreaterThan(120);
  await portal.sandbox.close();
});

it('when others use the portal up, it waits for the burst and stops for the day', async () => {
  const portal = await startPortal({
    limits: { by: 'virtual', burst: 20, daily: 60 },
    settings: { timeZone: 'UTC' },
    seeder: (at) => {
      addDeals(at, 3_000, (n) => NOW_MS - 1e9 + n);
      return null;
    },
  });
  const { clock } = portal.sandbox;
  portal.deps.nowMs = () => clock.nowMs();
  portal.deps.sleep = async (ms) => {
    portal.deps.waits.push(ms);
    clock.advance(Math.ceil(ms));
  };
  const session = await portal.open({ burstCalls: 1_000 });
  const read = {
    object: 'deals',
    fields: ['amount'],
    where: [],
    range: { kind: 'all' as const },
    includeDeleted: false,
  };
  expect(await readAll(session, read)).toHaveLength(3_000);
  expect(portal.deps.waits).toContain(10_000);
  await expect(readAll(session, read)).rejects.toMatchObject({
    kind: 'limit',
    code: 'DAILY_LIMIT',
    retryAtMs: Date.UTC(2026, 10, 23),
  });
  await portal.sandbox.close();
});
