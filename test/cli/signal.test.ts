import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openNodeStore } from '../../src/store/node.ts';
import { MIGRATIONS } from '../store/open.ts';
import { csvCompany } from './csv-company.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const run = async (...args: string[]): Promise<Ran> => await cli(dir, args);
interface Listed {
  kinds: { kind: string; unit: string; signals: number }[];
  refused: number;
}
const listed = async (): Promise<Listed> =>
  JSON.parse((await run('signal', 'list', '--json')).stdout) as Listed;
const arrived = ({ kinds }: Listed): Record<string, number> =>
  Object.fromEntries(kinds.filter((one) => one.signals > 0).map((one) => [one.kind, one.signals]));
const sheet = `Partner,Event,Date,Count
Northwind,login,2025-11-02,4
p2,course completed,2025-11-03,1
Nobody,login,2025-11-03,1
Northwind,badge,2025-11-03,1
`;

beforeAll(async () => {
  csvCompany(dir, 12, YEAR, YEAR);
  expect((await run('field', 'deploy')).stderr).toBe('');
  expect((await run('sync', 'run')).code).toBe(0);
  writeFileSync(join(dir, 'lms.csv'), sheet);
});

describe('signals beside a connection', () => {
  const then = story('are shown, kept and tried again');
  then('are shown before they are kept', async () => {
    const shown = await run('signal', 'import', 'lms.csv', '--source', 'lms');
    expect(shown.stdout).toContain('partner = "Partner"');
    expect(shown.stdout).toContain('no partner is called "Nobody"');
    expect(shown.stdout).toContain('add --yes to keep 2 signals');
    expect(shown.code).toBe(1);
    expect(arrived(await listed())).toEqual({});
  });

  then('are kept once, whatever is refused beside them', async () => {
    const args = ['signal', 'import', 'lms.csv', '--source', 'lms', '--yes'];
    expect((await run(...args)).stdout).toContain('2 signals kept, 0 corrected, 0 known already');
    expect((await run(...args)).stdout).toContain('0 signals kept, 0 corrected, 2 known already');
    const found = await listed();
    expect(arrived(found)).toEqual({ portal_login: 1, training_completed: 1 });
    expect(found.refused).toBe(2);
    const held = await run('quarantine', 'list');
    expect(held.stdout).toContain('the signals');
    expect(held.stdout).toContain('nobody declared the kind');
  });

  then(
    'that were refused are kept once their kind is declared, and syncs leave them all',
    async () => {
      const mapping = readFileSync(join(ROOT, 'mappings/csv.yaml'), 'utf8');
      const declared = mapping.replace('\nsettings:', '$&\n  signals: { badge: { unit: count } }');
      expect(declared).not.toBe(mapping);
      writeFileSync(join(dir, 'mapping.yaml'), declared);
      const connection = join(dir, 'headwater.connection.yaml');
      const document = readFileSync(connection, 'utf8');
      writeFileSync(connection, document.replace(join(ROOT, 'mappings/csv.yaml'), 'mapping.yaml'));
      expect((await run('sync', 'run')).code).toBe(0);
      expect((await run('signal', 'retry')).stdout).toBe('1 signal kept\n');
      const found = await listed();
      expect(arrived(found)).toEqual({ portal_login: 1, training_completed: 1, badge: 1 });
      expect(found.refused).toBe(1);
      expect((await run('sync', 'run')).code).toBe(0);
      expect(await listed()).toEqual(found);
    },
  );

  then('of which two different ones came under one key are not kept by trying again', async () => {
    const twice =
      'partner,kind,date,key\nNorthwind,login,2025-11-02,k\nNorthwind,badge,2025-11-02,k\n';
    writeFileSync(join(dir, 'twice.csv'), twice);
    expect((await run('signal', 'import', 'twice.csv', '--yes')).stdout).toContain('1 refused');
    expect((await run('signal', 'retry')).stdout).toBe('0 signals kept\n');
  });

  then('that were refused keep since when they are known', async () => {
    writeFileSync(join(dir, 'past.csv'), 'partner,kind,date\nNorthwind,medal,2025-10-02\n');
    await run('signal', 'import', 'past.csv', '--history', '--yes');
    const mapping = join(dir, 'mapping.yaml');
    const text = readFileSync(mapping, 'utf8');
    writeFileSync(mapping, text.replace('badge: {', 'medal: { unit: count }, badge: {'));
    expect((await run('sync', 'run')).code).toBe(0);
    expect((await run('signal', 'retry')).stdout).toBe('1 signal kept\n');
    const store = openNodeStore(join(dir, 'headwater.sqlite'), MIGRATIONS);
    const medal = (await store.db.query.signals.findMany()).find(({ kind }) => kind === 'medal')!;
    store.close();
    expect(medal.stampMs).toBe(medal.at);
  });

  then(
    'refuse a source whose name could be taken for part of a key, and a file that cannot be read',
    async () => {
      const source = await run('signal', 'import', 'lms.csv', '--source', 'a/b');
      expect([source.code, source.stderr]).toEqual([2, expect.stringContaining('--source takes')]);
      const file = await run('signal', 'import', 'none.csv');
      expect([file.code, file.stderr]).toEqual([1, expect.stringContaining('cannot be read')]);
    },
  );
});

it('the secret of a webhook is made of the host’s own, which may not be short', async () => {
  const show = async (secret?: string): Promise<Ran> =>
    await cli(dir, ['signal', 'secret', 'lms'], {
      env: { ...process.env, HEADWATER_SIGNALS_SECRET: secret },
    });
  expect((await show()).stderr).toContain('HEADWATER_SIGNALS_SECRET is not set');
  expect((await show('short')).stderr).toContain('shorter than 24 characters');
  const one = await show('a'.repeat(32));
  expect(one.stdout).toMatch(/^\/webhooks\/signals\/files\/lms\nwhsec_[\w+/]{43}=\n$/);
  expect((await show('b'.repeat(32))).stdout).not.toBe(one.stdout);
});
