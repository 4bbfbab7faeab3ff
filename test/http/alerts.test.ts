/** Alerts over the API: what became of each, and what is muted. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueuedAlert } from '../../src/model/alert.ts';
import { keepLook } from '../../src/store/alerts.ts';
import { NOW_MS, openHttpLab, type HttpLab } from './lab.ts';

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
  const one: Omit<QueuedAlert, 'key'> = {
    ...{ rule: 'behind', on: 'partner.score', subject: 'partner:p1', ownerId: 'u1' },
    ...{ channel: 'crew', recipient: 'u1', way: 'below', value: 12, limit: 30 },
    ...{ atMs: NOW_MS, dueMs: NOW_MS, digest: false },
  };
  const keys = ['a', 'b', 'b'];
  await lab.store.batch(
    keepLook(
      lab.store,
      'sf',
      [],
      keys.map((key) => ({ ...one, key })),
    ),
  );
});
afterEach(() => lab.close());

const PATH = '/v1/connections/sf/alerts';
const get = async (query = '') =>
  (await (await lab.call('GET', `${PATH}${query}`, { token: lab.tokens.read })).json()) as {
    alerts: { state: string; at: string; key?: string }[];
    mutes: { what: string }[];
    next: string | null;
  };

it('lists each alert once, by pages and by what became of it', async () => {
  const { alerts } = await get();
  expect(alerts).toHaveLength(2);
  expect(alerts[0]).toMatchObject({ state: 'queued', at: new Date(NOW_MS).toISOString() });
  const page = await get('?limit=1');
  expect(page.alerts).toHaveLength(1);
  expect((await get(`?limit=1&after=${page.next}`)).next).toBeNull();
  expect((await get('?state=dead')).alerts).toEqual([]);
});
it('is muted by an admin alone, with who and why', async () => {
  const body = { what: 'partner:p1', days: 7, by: 'ada', why: 'in talks' };
  const mute = async (token: string, sent: object = body): Promise<number> =>
    (await lab.call('POST', `${PATH}/mute`, { token, body: sent })).status;
  expect(await mute(lab.tokens.read)).toBe(403);
  expect(await mute(lab.tokens.admin, { ...body, what: 'everything' })).toBe(400);
  expect(await mute(lab.tokens.admin)).toBe(200);
  expect((await get()).mutes).toEqual([expect.objectContaining({ what: 'partner:p1' })]);
  expect(await mute(lab.tokens.admin, { ...body, days: 0 })).toBe(200);
  expect((await get()).mutes).toEqual([]);
});
