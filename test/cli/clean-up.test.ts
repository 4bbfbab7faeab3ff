import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dealRows } from '../../src/store/deal-views.ts';
import { deals, dealScores } from '../../src/store/schema.ts';
import { openLab, type Lab } from '../sync/lab.ts';
import { cli, tempDir, type Ran } from './harness.ts';

let lab: Lab;
const dir = tempDir();
const file = join(dir, 'clean-up.csv');
const cleanUp = async (...args: string[]): Promise<Ran> =>
  await cli(dir, ['attention', 'cleanup', ...args], {
    openStore: async () => ({ ...lab.store, close: () => {} }),
  });
beforeAll(async () => {
  writeFileSync(join(dir, 'headwater.sqlite'), '');
  lab = await openLab({ partners: 2, deals: 40 });
  await lab.sync();
});
afterAll(async () => await lab.close());

/** Marks the open deal of the largest amount, and says what it is. */
async function oneZombie(): Promise<string> {
  const { id } = (
    await dealRows(
      lab.store,
      'lab',
      { ...{ name: null, partnerId: null, ownerId: null, state: 'open' }, health: null, ...ANY },
      { order: 'amount', skip: 0, limit: 1 },
    )
  )[0]!;
  await lab.store.db
    .update(dealScores)
    .set({ detail: sql`json_set(${dealScores.detail}, '$.movement.zombie', json('false'))` });
  await lab.store.db
    .update(dealScores)
    .set({ detail: sql`json_set(${dealScores.detail}, '$.movement.zombie', json('true'))` })
    .where(sql`${dealScores.dealId} = ${id}`);
  await lab.store.db.update(deals).set({ name: '=HYPERLINK("x")' }).where(sql`${deals.id} = ${id}`);
  return id;
}
const ANY = { zombie: false, ids: null };

it('lists what is open in the CRM alone, and nothing else, as text, JSON and a file', async () => {
  const id = await oneZombie();
  const shown = await cleanUp('--csv', file);
  expect([shown.code, shown.stdout]).toEqual([
    0,
    expect.stringContaining('1 deal open in the CRM'),
  ]);
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ 'record id': id, name: `'=HYPERLINK("x")` });
  expect(rows[0]!['why']).toMatch(/silent|can no longer be won/);
  expect(Number(rows[0]!['amount'])).toBeGreaterThan(0);
  const { total, deals: listed } = JSON.parse((await cleanUp('--json')).stdout) as {
    total: number;
    deals: { id: string }[];
  };
  expect([total, listed.map((one) => one.id)]).toEqual([1, [id]]);
});

it('says so where there is none, and where the file cannot be written', async () => {
  const nowhere = await cleanUp('--csv', join(dir, 'no', 'such.csv'));
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot write')]);
  await lab.store.db
    .update(dealScores)
    .set({ detail: sql`json_set(${dealScores.detail}, '$.movement.zombie', json('false'))` });
  expect((await cleanUp()).stdout).toContain('no deal is open in the CRM alone');
});
