/**
 * What the CRM deletes is forgotten here: nothing that a person typed is left, and no number moves.
 */
import { getTableName, is, sql } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseRecords } from '../../src/store/erase.ts';
import { eraseRecord } from '../../src/store/erase-record.ts';
import { forgetConnection } from '../../src/store/forget-connection.ts';
import { takeLease } from '../../src/store/lease.ts';
import { recordObjects } from '../../src/store/record-objects.ts';
import * as schema from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { whatIfOf } from '../../src/store/what-if.ts';
import { openLab, type Lab } from './lab.ts';

const DAY_MS = 86_400_000;
const MARK = 'Zyxwvut';
const TABLES = Object.values(schema).flatMap((one) =>
  is(one, SQLiteTable) ? [getTableName(one)] : [],
);

/** Where a text stands in the database, whatever the table and the column. */
async function placesOf(store: Store, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of TABLES) {
    const rows = await store.read({ sql: `select * from ${table}`, params: [] });
    if (rows.some((row) => row.some((cell) => String(cell).includes(text)))) found.push(table);
  }
  return found;
}

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({ partners: 3, deals: 20 });
});
afterEach(async () => {
  await lab.close();
});
const wait = async (days: number): Promise<void> => {
  await lab.control('POST', '/clock/advance', { ms: days * DAY_MS, world: false });
};
const rowsOf = (object: string) =>
  [...lab.sandbox.org.table(object).values()].filter((row) => row['IsDeleted'] !== true);
/** People who are no portal users: those cannot be deleted. */
const people = (): string[] => {
  const users = new Set(rowsOf('User').map((row) => row['ContactId']));
  return rowsOf('Contact').flatMap((row) => (users.has(row['Id']!) ? [] : [String(row['Id'])]));
};
const rename = async (object: string, ids: string[], field: string): Promise<void> => {
  await lab.control(
    'POST',
    '/records',
    ids.map((id, i) => ({ op: 'update', object, id, fields: { [field]: `${MARK} Person ${i}` } })),
  );
};

const remove = (ids: string[], options = {}): void => {
  for (const id of ids) {
    const done = lab.sandbox.org.remove(lab.sandbox.org.admin, id, options);
    expect(done.ok, JSON.stringify(done)).toBe(true);
  }
};

describe('a record that the CRM deleted', () => {
  it('loses its names everywhere after the time of its retention, and no number', async () => {
    const deals = rowsOf('Opportunity')
      .filter((row) => row['IsClosed'] === false)
      .map((row) => String(row['Id']));
    const contacts = people().slice(0, 5);
    expect([deals.length > 5, contacts.length]).toEqual([true, 5]);
    await rename('Opportunity', deals, 'Name');
    await rename('Contact', contacts, 'LastName');
    await lab.sync();
    const named = await placesOf(lab.store, MARK);
    expect(named).toEqual(expect.arrayContaining(['deals', 'contacts', 'crm_rows']));
    const amounts = await lab.store.read({
      sql: 'select id, amount, stage from deals order by id',
      params: [],
    });
    remove([...deals, ...contacts]);
    await wait(1);
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toEqual(expect.arrayContaining(['deals', 'contacts']));
    await wait(31);
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toEqual([]);
    expect(
      await lab.store.read({ sql: 'select id, amount, stage from deals order by id', params: [] }),
    ).toEqual(amounts);
  });

  it('is forgotten at once when it is destroyed', async () => {
    const [task] = people();
    await rename('Contact', [task!], 'LastName');
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toContain('contacts');
    remove([task!], { hard: true });
    await wait(1);
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toEqual([]);
  });

  it('has its names again when the CRM restores it', async () => {
    const [deal] = rowsOf('Opportunity').map((row) => String(row['Id']));
    await rename('Opportunity', [deal!], 'Name');
    await lab.sync();
    remove([deal!]);
    lab.connection.retention = { deletedDays: 0 };
    await wait(1);
    await lab.sync();
    await wait(1);
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toEqual([]);
    lab.sandbox.org.undelete(lab.sandbox.org.admin, deal!);
    await wait(1);
    await lab.sync();
    expect(await placesOf(lab.store, MARK)).toEqual(expect.arrayContaining(['deals', 'crm_rows']));
  });

  it('is erased on request, and one that is still there is not', async () => {
    const [first, second] = people();
    await rename('Contact', [first!, second!], 'LastName');
    await lab.sync();
    remove([first!]);
    await wait(1);
    await lab.sync();
    expect(await recordObjects(lab.store, 'lab', first!)).toEqual([
      { object: 'Contact', alive: false },
    ]);
    expect(await recordObjects(lab.store, 'lab', second!)).toEqual([
      { object: 'Contact', alive: true },
    ]);
    expect(await eraseRecords(lab.store, 'lab', 'Contact', [first!, second!])).toEqual([first]);
    expect(await placesOf(lab.store, `${MARK} Person 0`)).toEqual([]);
    expect(await placesOf(lab.store, `${MARK} Person 1`)).toEqual(['contacts', 'crm_rows']);
  });
});

it('a record is erased from what a dry run left as well, and not while a run is at work', async () => {
  const open = rowsOf('Opportunity').filter((row) => row['IsClosed'] === false);
  const deals = open.slice(0, 3).map((row) => String(row['Id']));
  await rename('Opportunity', deals, 'Name');
  await lab.sync();
  const { text } = lab.mapping;
  // Other rules of credit read the rows anew, in a copy.
  lab.mapping.text = `${text.replace(/\ndealPartner:\n(?: {2}.*\n)+/, '\n')}\ndealPartner:\n  - by: campaign\n`;
  expect((await lab.sync({ dryRun: true })).summary.copied).toBe(true);
  lab.mapping.text = text;
  const ask = (id: string, nowMs: number) =>
    eraseRecord(lab.store, 'lab', { id, object: null, nowMs });
  expect(await ask(deals[0]!, 0)).toMatchObject({ alive: 'Opportunity' });
  remove(deals);
  await wait(1);
  await lab.sync();
  const named = sql`select 1 from deals where connection_id = ${whatIfOf('lab')} and name like ${`${MARK}%`}`;
  expect(await lab.store.db.all(named)).toHaveLength(3);
  await takeLease(lab.store, 'lab', 'r9', 0, 5_000);
  expect(await ask(deals[0]!, 4_000)).toMatchObject({ alive: null, atWork: 'r9' });
  expect(await lab.store.db.all(named)).toHaveLength(3);
  for (const id of deals)
    expect(await ask(id, 6_000)).toEqual({ objects: ['Opportunity'], alive: null, atWork: null });
  expect(await placesOf(lab.store, MARK)).toEqual([]);
  expect(await ask('006000000000000', 6_000)).toMatchObject({ objects: [] });
});

it('what a dry run copied is forgotten with the rest when its time has come', async () => {
  const deals = rowsOf('Opportunity')
    .filter((row) => row['IsClosed'] === false)
    .map((row) => String(row['Id']));
  await rename('Opportunity', deals, 'Name');
  await lab.sync();
  const { text } = lab.mapping;
  lab.mapping.text = `${text.replace(/\ndealPartner:\n(?: {2}.*\n)+/, '\n')}\ndealPartner:\n  - by: campaign\n`;
  expect((await lab.sync({ dryRun: true })).summary.copied).toBe(true);
  lab.mapping.text = text;
  remove(deals);
  await wait(1);
  await lab.sync();
  await wait(31);
  await lab.sync();
  expect(await placesOf(lab.store, MARK)).toEqual([]);
});

it('a connection that is forgotten leaves no row behind, and others keep theirs', async () => {
  await lab.sync();
  // A dry run of another mapping keeps a copy of its own beside the connection.
  lab.mapping.text = lab.mapping.text.replace('staleDays: 21', 'staleDays: 30');
  await lab.sync({ dryRun: true });
  expect(
    await lab.store.read({
      sql: "select 1 from partner_scores where connection_id like 'lab~%' limit 1",
      params: [],
    }),
  ).toHaveLength(1);
  await lab.store.batch([
    lab.store.db.insert(schema.hints).values({
      connectionId: 'other',
      object: 'Task',
      id: '1',
      markedMs: 1,
    }),
  ]);
  expect(await forgetConnection(lab.store, 'lab')).toBeGreaterThan(1_000);
  const left: string[] = [];
  for (const table of TABLES)
    if ((await lab.store.read({ sql: `select 1 from ${table} limit 1`, params: [] })).length > 0)
      left.push(table);
  expect(left).toEqual(['hints']);
});
