import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvCompany } from './csv-company.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';

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
Northwind,login,2026-11-02,4
p2,course completed,2026-11-03,1
Nobody,login,2026-11-03,1
Northwind,badge,2026-11-03,1
`;

beforeAll(async () => {
  csvCompany(dir, 12, 2026, 2026);
  expect((await run('field', 'deploy')).stderr).toBe('');
  expect((await run('sync', 'run')).code).toBe(0);
  writeFileSync(join(dir, 'lms.csv'), sheet);
});

describe('signals beside a connection', () => {
  it('are shown before they are kept', async () => {
    const shown = await run('signal', 'import', 'lms.csv', '--source', 'lms');
    expect(shown.stdout).toContain('partner = "Partner"');
    expect(shown.stdout).toContain('no partner is called "Nobody"');
    expect(shown.stdout).toContain('add --yes to keep 2 signals');
    expect(shown.code).toBe(1);
    expect(arrived(await listed())).toEqual({});
  });

  it('are kept once, whatever is refused beside them', async () => {
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

  it('that were refused are kept once their kind is declared, and syncs leave them all', async () => {
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
  });

  it('refuse a source whose name could be taken for part of a key, and a file that cannot be read', async () => {
    const source = await run('signal', 'import', 'lms.csv', '--source', 'a/b');
    expect([source.code, source.stderr]).toEqual([2, expect.stringContaining('--source takes')]);
    const file = await run('signal', 'import', 'none.csv');
    expect([file.code, file.stderr]).toEqual([1, expect.stringContaining('cannot be read')]);
  });
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
