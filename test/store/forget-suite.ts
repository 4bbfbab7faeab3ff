import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseRecord } from '../../src/store/erase-record.ts';
import { eraseRecords } from '../../src/store/erase.ts';
import { forgetConnection } from '../../src/store/forget-connection.ts';
import { forgetDeleted } from '../../src/store/forget-deleted.ts';
import { takeLease } from '../../src/store/lease.ts';
import { saveLocal, saveMapped } from '../../src/store/rows.ts';
import * as schema from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { whatIfOf } from '../../src/store/what-if.ts';
import { mapped } from './open.ts';

const MANY = 2_500;
const NAME = 'Zyxwvut';

/** Contacts of a connection, alive first and then, where asked for, deleted. */
const writeContacts = async (
  store: Store,
  connectionId: string,
  count: number,
  deleted: boolean,
) => {
  const all = Array.from({ length: count }, (_, i) => {
    const row = mapped('contact', `c${i}`, { name: `${NAME} ${i}` });
    const fields = { Name: `${NAME} ${i}` };
    return { ...row, fields, hash: 'h' };
  });
  for (const dead of deleted ? [false, true] : [false])
    await store.batch([
      ...saveMapped(
        store,
        connectionId,
        all.map((row) => ({ ...row, deleted: dead })),
        1,
      ),
      ...saveLocal(
        store,
        connectionId,
        all.map(({ hash, ...row }) => ({ row: { ...row, deleted: dead }, hash })),
        'm',
        1,
      ),
    ]);
};
const namedIn = async (store: Store, connectionId: string): Promise<number> => {
  const like = `${NAME}%`;
  const rows = await store.db.all<{ n: number }>(
    sql`select (select count(*) from contacts where connection_id = ${connectionId} and name like ${like}) + (select count(*) from crm_rows where connection_id = ${connectionId} and fields like ${`%${like}`}) as n`,
  );
  return rows[0]!.n;
};

/** A store for each test of the `describe` it stands in, and what may be asked of it. */
function eachWithStore(open: () => Promise<Store>) {
  const now = {} as { store: Store };
  beforeEach(async () => {
    now.store = await open();
  });
  afterEach(() => now.store.close());
  return {
    now,
    contacts: (connectionId: string, count: number, deleted: boolean) =>
      writeContacts(now.store, connectionId, count, deleted),
    named: (connectionId: string) => namedIn(now.store, connectionId),
  };
}

function forgetsWithTime(driver: string, open: () => Promise<Store>): void {
  describe(`what is deleted is forgotten with time on ${driver}`, () => {
    const { now, contacts, named } = eachWithStore(open);

    it('takes thousands of deleted records in goes, and ends', async () => {
      await contacts('c', MANY, true);
      const goes: unknown[] = [];
      do goes.push(await forgetDeleted(now.store, 'c', 2));
      while ((goes.at(-1) as { done: boolean }).done === false);
      expect(goes).toEqual([
        { records: 1_000, done: false },
        { records: 1_000, done: false },
        { records: 500, done: true },
      ]);
      expect(await named('c')).toBe(0);
      expect(await forgetDeleted(now.store, 'c', 2)).toEqual({ records: 0, done: true });
    });

    it('reaches what a dry run copied, where the record still seems to be alive', async () => {
      await contacts('c', 3, true);
      await contacts(whatIfOf('c'), 3, false);
      await forgetDeleted(now.store, 'c', 2);
      expect([await named('c'), await named(whatIfOf('c'))]).toEqual([0, 0]);
    });

    it('reaches what a dry run read anew of a deleted record', async () => {
      await contacts(whatIfOf('c'), 3, true);
      expect((await forgetDeleted(now.store, 'c', 2)).records).toBe(3);
      expect(await named(whatIfOf('c'))).toBe(0);
    });

    it('leaves alone what is alive, there and here', async () => {
      await contacts('c', 3, false);
      await contacts(whatIfOf('c'), 3, false);
      expect(await eraseRecords(now.store, 'c', 'Thing', ['c0'])).toEqual([]);
      await forgetDeleted(now.store, 'c', 2);
      expect([await named('c'), await named(whatIfOf('c'))]).toEqual([6, 6]);
    });

    it('takes the words of what people noted of a partner that is gone', async () => {
      const note = { connectionId: 'c', partnerId: 'p1', byWho: 'Kim', why: 'silent', atMs: 1 };
      await now.store.db.insert(schema.interventions).values([
        { ...note, what: 'called' },
        { ...note, partnerId: 'p2', what: 'called' },
      ]);
      for (const deleted of [false, true]) {
        const partner = mapped('partner', 'p1', { name: 'Northwind' }, { deleted });
        await now.store.batch(saveMapped(now.store, 'c', [partner], 1));
      }
      await forgetDeleted(now.store, 'c', 2);
      const left = await now.store.db.select().from(schema.interventions);
      expect(left.map(({ partnerId, what, why }) => [partnerId, what, why])).toEqual([
        ['p1', '', ''],
        ['p2', 'called', 'silent'],
      ]);
    });
  });
}

function forgetsOnRequest(driver: string, open: () => Promise<Store>): void {
  describe(`what is forgotten on request on ${driver}`, () => {
    const { now, contacts, named } = eachWithStore(open);

    it('erases one record on request, and not while a run is at work', async () => {
      await contacts('c', 2, true);
      const ask = (nowMs: number) => eraseRecord(now.store, 'c', { id: 'c0', object: null, nowMs });
      await takeLease(now.store, 'c', 'r7', 0, 10);
      expect(await ask(5)).toMatchObject({ atWork: 'r7' });
      expect(await named('c')).toBe(4);
      expect(await ask(20)).toEqual({ objects: ['Thing'], alive: null, atWork: null });
      expect(await named('c')).toBe(2);
    });

    it('forgets a connection whole, with what a dry run left, and no other', async () => {
      for (const id of ['c', 'other']) await contacts(id, 20, true);
      await contacts(whatIfOf('c'), 20, false);
      expect(await forgetConnection(now.store, 'c')).toBeGreaterThan(39);
      const left = await now.store.db.all<{ id: string }>(
        sql`select connection_id as id from ${schema.contacts} union select connection_id from ${schema.crmRows}`,
      );
      expect(left).toEqual([{ id: 'other' }]);
    });
  });
}

/** What is forgotten on request and with time; the same for every driver. */
export function forgetSuite(driver: string, open: () => Promise<Store>): void {
  forgetsWithTime(driver, open);
  forgetsOnRequest(driver, open);
}
