import Sqlite from 'better-sqlite3';
import {
  copyFileSync,
  mkdtempSync,
  openSync,
  writeSync,
  closeSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { asHeadwaterError } from '../../src/model/error.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { saveLocal } from '../../src/store/rows.ts';
import { listRuns } from '../../src/store/runs.ts';
import { crmRows } from '../../src/store/schema.ts';
import { MIGRATIONS } from './open.ts';

const PAGE_BYTES = 4096;
const folder = mkdtempSync(join(tmpdir(), 'headwater-damage-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function filled(name: string): Promise<string> {
  const file = join(folder, name);
  const store = openNodeStore(file, MIGRATIONS);
  const rows = Array.from({ length: 2000 }, (_, i) => ({
    row: {
      object: 'Thing',
      id: `r${i}`,
      fields: { a: 'x'.repeat(200) },
      stampMs: i,
      deleted: false,
      mergedIntoId: null,
    },
    hash: `h${i}`,
  }));
  await store.batch(saveLocal(store, 'c', rows, 'm', 1));
  store.close();
  return file;
}

describe('a damaged database', () => {
  it('says so with the cure at whatever moment it is found, in every page of the file', async () => {
    const whole = await filled('whole.sqlite');
    const pages = Math.floor(statSync(whole).size / PAGE_BYTES);
    let found = 0;
    for (let page = 0; page < pages; page += Math.max(1, Math.floor(pages / 40))) {
      const file = join(folder, 'torn.sqlite');
      copyFileSync(whole, file);
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, page * PAGE_BYTES);
      closeSync(handle);
      try {
        const store = openNodeStore(file, MIGRATIONS);
        try {
          await store.db.select().from(crmRows).orderBy(crmRows.object, crmRows.id);
          await listRuns(store, 10);
          await store.batch(
            saveLocal(
              store,
              'c',
              [
                {
                  row: {
                    object: 'Thing',
                    id: 'r7',
                    fields: {},
                    stampMs: 9,
                    deleted: false,
                    mergedIntoId: null,
                  },
                  hash: 'z',
                },
              ],
              'm',
              1,
            ),
          );
        } finally {
          store.close();
        }
      } catch (error) {
        found++;
        const known = asHeadwaterError(error);
        expect(known, `page ${page}: ${known.message}`).toMatchObject({
          kind: 'config',
          cure: expect.stringContaining('sync run --full'),
        });
      }
    }
    expect(found).toBeGreaterThan(10);
  });
});

describe('a database of another version', () => {
  it('with tables and columns that this version does not know opens and keeps them', async () => {
    const file = await filled('more.sqlite');
    const raw = new Sqlite(file);
    raw.exec(
      "create table extra (id text primary key, body text); insert into extra values ('1', 'kept'); alter table crm_rows add column later text default 'kept'",
    );
    raw.close();
    const store = openNodeStore(file, MIGRATIONS);
    expect((await store.db.select({ id: crmRows.id }).from(crmRows)).length).toBe(2000);
    await store.batch(
      saveLocal(
        store,
        'c',
        [
          {
            row: {
              object: 'Thing',
              id: 'new',
              fields: {},
              stampMs: 9,
              deleted: false,
              mergedIntoId: null,
            },
            hash: 'z',
          },
        ],
        'm',
        1,
      ),
    );
    store.close();
    const again = new Sqlite(file);
    expect([
      again.prepare('select body from extra').pluck().get(),
      again.prepare("select later from crm_rows where id = 'r1'").pluck().get(),
    ]).toEqual(['kept', 'kept']);
    again.close();
  });

  it('with a migration of a newer version is refused with the cure, and left as it was', async () => {
    const file = await filled('newer.sqlite');
    const raw = new Sqlite(file);
    raw
      .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
      .run('later', Date.UTC(2099, 0, 1));
    raw.close();
    expect(() => openNodeStore(file, MIGRATIONS)).toThrow(
      expect.objectContaining({
        kind: 'config',
        code: 'NEWER_DATABASE',
        cure: expect.stringContaining('newer version'),
      }),
    );
  });
});
