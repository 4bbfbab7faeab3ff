import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openNodeStore } from '../../src/store/node.ts';
import { pinConnection } from '../../src/store/runs.ts';
import { cli, ROOT, tempDir } from './harness.ts';

const MIGRATIONS = join(ROOT, 'migrations');

/** A database of one connection, closed and with nothing beside it. */
async function database(): Promise<string> {
  const file = join(tempDir(), 'headwater.sqlite');
  const store = openNodeStore(file, MIGRATIONS);
  await pinConnection(store, {
    ...{ id: 'acme', crm: 'salesforce', orgId: 'o', orgName: 'Acme' },
    ...{ instanceUrl: 'https://acme.my.salesforce.com', pinnedMs: 1 },
  });
  store.close();
  return file;
}
const status = (file: string) => cli(ROOT, ['status', '--db', file]);

describe('headwater status', () => {
  it('changes not a byte of the database', async () => {
    const file = await database();
    const before = [readFileSync(file), statSync(file).mtimeMs] as const;
    const ran = await status(file);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('acme (salesforce, Acme)');
    expect(readFileSync(file).equals(before[0])).toBe(true);
    expect(statSync(file).mtimeMs).toBe(before[1]);
    expect(existsSync(`${file}-journal`)).toBe(false);
  });

  it('reads a file that may not be written', async () => {
    const file = await database();
    chmodSync(file, 0o400);
    chmodSync(join(file, '..'), 0o500);
    const ran = await status(file);
    chmodSync(join(file, '..'), 0o700);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  });

  it('migrates nothing: a database of an older version is told so, and stays as it is', async () => {
    const file = await database();
    const raw = new Sqlite(file);
    raw.exec(
      'delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)',
    );
    raw.close();
    const before = readFileSync(file);
    const ran = await status(file);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('older version')]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('says of a database of a newer version that it is one', async () => {
    const file = await database();
    const raw = new Sqlite(file);
    raw.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)");
    raw.close();
    for (const args of [
      ['status', '--db', file],
      ['run', 'list', '--db', file],
    ]) {
      const ran = await cli(ROOT, args);
      expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('newer version')]);
    }
  });
});
