/** One look of the rules at the numbers of a run. */
import { expect, it } from 'vitest';
import type { AlertRule, AlertState, Measured } from '../../src/model/alert.ts';
import { keepLook, listAlerts } from '../../src/store/alerts.ts';
import { lookAt, type Look } from '../../src/sync/alert/look.ts';
import { openMemory } from '../store/open.ts';

const START_MS = Date.parse('2026-11-16T09:00:00Z');
const DAY_MS = 86_400_000;
const RULE: AlertRule = {
  ...{ id: 'behind', on: 'partner.score', below: 30, channels: ['crew'], cooldownDays: 0 },
};
const low: Measured = { on: 'partner.score', subject: 'partner:p1', ownerId: 'u1', value: 12 };

const look = (measured: Measured, before: AlertState[], nowMs: number, rule = RULE): Look =>
  lookAt({ rules: [rule], zones: {} }, [measured], before, {
    ...{ nowMs, timeZone: 'UTC', muted: new Set<string>() },
  });

it('queues one alert when two processes look at once, and another when it comes again', async () => {
  const store = openMemory();
  const keep = async ({ states, queued }: Look): Promise<AlertState[]> => {
    await store.batch(keepLook(store, 'sf', states, queued));
    return states;
  };
  const queued = async (): Promise<number> =>
    (await listAlerts(store, 'sf', 'queued', { skip: 0, limit: 10 })).length;
  let states = await keep(look(low, [], START_MS));
  states = await keep(look(low, [], START_MS + 5));
  expect(await queued()).toBe(1);
  states = await keep(look({ ...low, value: 90 }, states, START_MS + DAY_MS));
  await keep(look(low, states, START_MS + 2 * DAY_MS));
  expect(await queued()).toBe(2);
});
it('tells of another number that a rule of the same name watches now', () => {
  const { states } = look(low, [], START_MS);
  const other = { ...RULE, on: 'partner.winRate' };
  const measured = { ...low, on: 'partner.winRate' };
  expect(look(measured, states, START_MS + DAY_MS, other).queued).toHaveLength(1);
  expect(look(low, states, START_MS + DAY_MS).queued).toEqual([]);
});

it('of ten thousand partners is kept in a few statements, in order and with every value', async () => {
  const store = openMemory();
  const all = Array.from({ length: 10_000 }, (_, i) => ({
    ...low,
    ...{ subject: `partner:${i}`, ownerId: null, value: i / 1000 },
  }));
  const place = { nowMs: START_MS, timeZone: 'UTC', muted: new Set<string>() };
  const found = lookAt({ rules: [RULE], zones: {} }, all, [], place);
  const statements = keepLook(store, 'sf', found.states, found.queued);
  // D1 counts statements, and runs a thousand in one call of a Worker.
  expect(statements.length).toBeLessThan(20);
  await store.batch(statements);
  const kept = await listAlerts(store, 'sf', 'queued', { skip: 0, limit: 20_000 });
  expect(kept.map(({ value }) => value).reverse()).toEqual(all.map(({ value }) => value));
  expect(kept[0]).toMatchObject({
    seq: 10_000,
    ownerId: null,
    limit: 30,
    digest: false,
    way: 'below',
  });
});
