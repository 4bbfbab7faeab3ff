/** What is asked to be forgotten over HTTP: a record, or a whole connection. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLease } from '../../src/store/lease.ts';
import { saveMapped } from '../../src/store/rows.ts';
import { mapped } from '../store/open.ts';
import { NOW_MS, openHttpLab, type HttpLab } from './lab.ts';

const MINUTE_MS = 60_000;
let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
});
afterEach(() => {
  lab.close();
});

async function ask(method: string, path: string, body?: unknown): Promise<[number, string]> {
  const answer = await lab.call(method, path, { token: lab.tokens.admin, body });
  return [answer.status, await answer.text()];
}
const named = async (): Promise<number> =>
  (await lab.store.read({ sql: "select 1 from contacts where name = 'Ada'", params: [] })).length;

it('a record is erased once no run is at work', async () => {
  const contact = mapped('contact', 'c1', { name: 'Ada' });
  for (const deleted of [false, true])
    await lab.store.batch(saveMapped(lab.store, 'sf', [{ ...contact, deleted }], 1));
  const erase = (id: string) => ask('POST', '/v1/connections/sf/erase', { id });
  expect((await erase('c2'))[0]).toBe(404);
  await takeLease(lab.store, 'sf', 'r7', NOW_MS, MINUTE_MS);
  const [status, text] = await erase('c1');
  expect([status, await named()]).toEqual([409, 1]);
  expect(text).toContain('run r7 is at work');
  lab.clock.nowMs += 2 * MINUTE_MS;
  expect(await erase('c1')).toEqual([200, JSON.stringify({ id: 'c1', objects: ['Thing'] })]);
  expect(await named()).toBe(0);
});

it('a connection that a run is at work on is stopped, and says that its data is still there', async () => {
  await takeLease(lab.store, 'sf', 'r7', NOW_MS, MINUTE_MS);
  const forget = () => ask('DELETE', '/v1/connections/sf?data=forget');
  const [status, text] = await forget();
  expect(status).toBe(409);
  expect(text).toContain('the connection is stopped, its data is still there: run r7 is at work');
  lab.clock.nowMs += 2 * MINUTE_MS;
  expect((await forget())[0]).toBe(200);
});
