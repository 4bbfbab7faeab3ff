import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvCompany } from './csv-company.ts';
import { cli, tempDir, type Ran } from './harness.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const run = async (...args: string[]): Promise<Ran> => await cli(dir, ['qbr', 'export', ...args]);
const filesOf = (out: string): string[] =>
  readdirSync(join(dir, out), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(html|csv)$/.test(file),
  );
const HOSTILE = '../../<script>alert(1)</script>';

beforeAll(() => {
  csvCompany(dir, 24, YEAR, YEAR + 1);
  writeFileSync(
    join(dir, 'data/partners.csv'),
    `id,name\np1,Northwind\np2,"${HOSTILE}"\np3,=cmd|' /C calc'!A1\np4,北京\n`,
  );
});

describe('headwater qbr export', () => {
  it('says what to do first where nobody has been scored', async () => {
    const { code, stderr } = await run('--partner', 'Northwind', '--out', 'packs');
    expect(code).toBe(1);
    expect(stderr).toContain('headwater sync run');
  });
  it('writes a folder a partner that loads nothing, whatever partners are called', async () => {
    expect((await cli(dir, ['field', 'deploy'])).stderr).toBe('');
    expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
    const { code, stdout } = await run('--all', '--out', 'packs', '--json');
    expect(code).toBe(0);
    const { packs } = JSON.parse(stdout) as { packs: { folder: string; files: string[] }[] };
    expect(packs).toHaveLength(4);
    expect(new Set(packs.map(({ folder }) => folder)).size).toBe(4);
    for (const { folder } of packs) {
      expect(folder.startsWith(join(dir, 'packs/'))).toBe(true);
      const html = readFileSync(join(folder, 'review.html'), 'utf8');
      expect(html).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|<link|<img|src=|https?:/i);
      expect(html).toContain('@media print');
      expect(html).toContain('<textarea');
    }
    const northwind = readFileSync(join(packs[0]!.folder, 'review.html'), 'utf8');
    expect(northwind).toContain('<svg');
    expect(filesOf('packs').length).toBe(packs.flatMap(({ files }) => files).length);
  });
  it('leaves what is ours out of the pack for the partner', async () => {
    const { stdout } = await run('--partner', 'Northwind', '--partner-safe', '--out', 'safe');
    expect(stdout).toContain('review.html');
    expect(filesOf('safe').some((file) => file.endsWith('drivers.csv'))).toBe(false);
    const html = readFileSync(
      join(dir, 'safe', filesOf('safe').find((f) => /html/.test(f))!),
      'utf8',
    );
    expect(html).toContain('For both sides');
    expect(html).not.toMatch(/Chance|Score|Coaching/);
  });
  it('finds no period but those it has results of, and says which', async () => {
    const { code, stderr } = await run('--all', '--period', '1999 Q1', '--out', 'p');
    expect(code).toBe(1);
    expect(stderr).toContain('There are results of: ');
    const label = /results of: (\d+ Q\d)/.exec(stderr)![1]!;
    const spelled = label.replace(' Q', '-q');
    expect((await run('--all', '--period', spelled, '--out', 'p')).code).toBe(0);
  });
  it('refuses what it cannot do in words', async () => {
    expect((await run('--out', 'x')).code).toBe(2);
    expect((await run('--all', '--partner', 'Northwind', '--out', 'x')).code).toBe(2);
    expect((await run('--partner', 'Nobody Such', '--out', 'x')).stderr).toContain(
      'no scored partner matches',
    );
    expect((await run('--partner', 'r', '--out', 'x')).stderr).toContain('matches 2 partners');
    writeFileSync(join(dir, 'taken'), '');
    const { code, stderr } = await run('--partner', 'Northwind', '--out', 'taken');
    expect(code).toBe(1);
    expect(stderr).toContain('cannot make the folder');
  });
});
