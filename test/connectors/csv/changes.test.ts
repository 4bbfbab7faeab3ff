import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldSpec } from '../../../src/model/connector.ts';
import { readAll, testFolder, type TestFolder } from './folder.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(async () => {
  await folder.remove();
});

const YEAR_MS = 365 * 86_400_000;
const spec: FieldSpec = {
  object: 'deals',
  name: 'Score',
  label: 'Score',
  type: 'number',
  precision: 5,
  scale: 1,
  description: 'Score',
};
const note: FieldSpec = { ...spec, name: 'Note', type: 'longtext', length: 4000 };
const since = (fromMs: number) => ({
  range: { kind: 'changed' as const, fromMs, untilMs: Date.now() + 60_000 },
});

describe('a changed file', () => {
  it('is a change of its rows, and an unchanged one is not even opened', async () => {
    await folder.put('deals.csv', 'id,name\n1,a\n2,b\n');
    const beganMs = Date.now() - 60_000;
    expect(await readAll(await folder.open(), 'deals', since(beganMs))).toHaveLength(2);
    expect(await readAll(await folder.open(), 'deals', since(Date.now() + 1_000))).toEqual([]);
  });
  it('is noticed although its modification time is old, as after unpacking an archive', async () => {
    const beganMs = Date.now() - 60_000;
    await folder.put('deals.csv', 'id,name\n1,a\n', Date.now() - YEAR_MS);
    expect(await readAll(await folder.open(), 'deals', since(beganMs))).toHaveLength(1);
  });
  it('in the middle of a read makes the read begin again: twice is well, not at all is not', async () => {
    await folder.put('deals.csv', 'id,name\n1,a\n2,b\n3,c\n4,d\n');
    const session = await folder.open({ pageRows: 2 });
    const request = {
      object: 'deals',
      fields: ['name'],
      where: [],
      range: { kind: 'all' as const },
      includeDeleted: false,
    };
    const first = await session.read(request, null);
    await folder.put('deals.csv', 'id,name\n0,new\n1,a\n2,b\n3,c\n4,d\n');
    expect((await session.read(request, first.next)).rows.map((row) => row.id)).toEqual(['0', '1']);
  });
  it('without a row is a row less, for the audit of ids to find', async () => {
    await folder.put('deals.csv', 'id,name\n1,a\n2,b\n');
    const session = await folder.open();
    await readAll(session, 'deals');
    await folder.put('deals.csv', 'id,name\n2,b\n');
    expect((await readAll(session, 'deals')).map((row) => row.id)).toEqual(['2']);
    expect((await session.describe('deals'))?.tracksDeletes).toBe(true);
    expect(await session.deleted('deals', 0, Date.now())).toBeNull();
  });
});

describe('write-back', () => {
  it('goes beside the source, which stays as it is, and is read again with it', async () => {
    const source = 'id,name\n1,a\n2,b\n';
    await folder.put('deals.csv', source);
    const session = await folder.open();
    await session.deployFields(await session.planFields([spec, note]));
    expect(
      await session.write('deals', [
        { id: '2', fields: { Score: 61.5, Note: 'two\r\n"lines", =1+1' } },
      ]),
    ).toEqual([{ id: '2', status: 'done' }]);
    expect(await readFile(join(folder.dir, 'deals.csv'), 'utf8')).toBe(source);
    expect((await readdir(folder.dir)).sort()).toEqual([
      'deals.csv',
      'deals.headwater.csv',
      'deals.headwater.json',
    ]);
    const fresh = await folder.open();
    expect((await readAll(fresh, 'deals')).map((row) => row.fields)).toEqual([
      { id: '1', name: 'a', Score: null, Note: null },
      { id: '2', name: 'b', Score: 61.5, Note: 'two\r\n"lines", =1+1' },
    ]);
    expect((await fresh.planFields([spec, note])).map((item) => item.action)).toEqual([
      'none',
      'none',
    ]);
    expect((await fresh.listObjects()).map((object) => object.name)).toEqual(['deals']);
  });
  it('outlives a new export, and moves the stamp of its row alone', async () => {
    await folder.put(
      'deals.csv',
      'id,name,changed\n1,a,2026-01-01T00:00:00Z\n2,b,2026-01-01T00:00:00Z\n',
    );
    const session = await folder.open({ files: { deals: { stamp: 'changed' } } });
    await session.deployFields(await session.planFields([spec]));
    const beganMs = Date.now() - 1_000;
    await session.write('deals', [{ id: '1', fields: { Score: 5 } }]);
    await folder.put(
      'deals.csv',
      'id,name,changed\n3,c,2026-01-01T00:00:00Z\n1,z,2026-01-01T00:00:00Z\n',
    );
    expect(
      (await readAll(session, 'deals', since(beganMs))).map((row) => [
        row.id,
        row.fields['name'],
        row.fields['Score'],
      ]),
    ).toEqual([['1', 'z', 5]]);
  });
  it('never touches a column of the source, or a column that was not deployed', async () => {
    await folder.put('deals.csv', 'id,Score\n1,7\n');
    const session = await folder.open();
    expect((await session.planFields([spec]))[0]).toMatchObject({ action: 'conflict' });
    expect(
      (await session.describe('deals'))?.fields.find((field) => field.name === 'Score')?.updateable,
    ).toBe(false);
    expect((await session.write('deals', [{ id: '1', fields: { Score: 9 } }]))[0]).toMatchObject({
      status: 'rejected',
      code: 'NOT_WRITABLE',
    });
  });
  it('leaves no half-written file behind when it cannot write', async () => {
    await folder.put('deals.csv', 'id\n1\n');
    const session = await folder.open();
    await session.deployFields(await session.planFields([spec]));
    await session.write('deals', [{ id: '1', fields: { Score: 1 } }]);
    await session.write('deals', [{ id: '1', fields: { Score: 2 } }]);
    expect((await readdir(folder.dir)).filter((name) => name.includes('tmp'))).toEqual([]);
  });
});

describe('memory', () => {
  it('follows the page: a file is read in a heap that could not hold it', async () => {
    const rows = 50_000;
    await folder.put(
      'large.csv',
      `id,name,filler\n${Array.from({ length: rows }, (_, n) => `${n},name ${n},${String(n).padStart(700, 'x')}\n`).join('')}`,
    );
    const reader = `
      import { csv } from ${JSON.stringify(join(import.meta.dirname, '../../../connectors/csv/index.ts'))};
      const deps = { fetch, nowMs: () => Date.now(), sleep: async () => {}, random: () => 0.5, log: () => {}, saveSecret: async () => {} };
      const session = await csv.open({ dir: ${JSON.stringify(folder.dir)} }, {}, deps);
      let rows = 0, next = null;
      do {
        const page = await session.read({ object: 'large', fields: ['name', 'filler'], where: [], range: { kind: 'all' }, includeDeleted: false }, next);
        rows += page.rows.length;
        next = page.next;
      } while (next !== null);
      console.log(rows);`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--max-old-space-size=28',
      '--input-type=module',
      '-e',
      reader,
    ]);
    expect(Number(stdout)).toBe(rows);
  });
});
