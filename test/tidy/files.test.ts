import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const code = tracked.filter((file) => file.endsWith('.ts'));
const sources = code.filter((file) => file.startsWith('src/') || file.startsWith('connectors/'));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** Without comments and quoted text, where the words are harmless. */
const bare = (file: string): string =>
  read(file)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
const lines = (file: string): number => read(file).split('\n').length - 1;

const MAX_LINES = 400;
const MEDIAN_LINES = 100;
/** The formatter breaks code at this width; comments and texts are broken by hand. */
const COLUMNS = 100;
/** Of all lines of src and connectors: addresses, and texts that read worse in pieces. */
const MAX_LONG_SHARE = 0.01;
/** The list of all tables, which a reader looks up and never reads through. */
const LISTS = ['src/store/schema.ts'];

describe('files', () => {
  it(`are short: none over ${MAX_LINES} lines`, () => {
    expect(
      sources
        .map((file) => [file, lines(file)] as const)
        .filter(([file, count]) => count > MAX_LINES && !LISTS.includes(file)),
    ).toEqual([]);
  });

  it(`are short: median at most ${MEDIAN_LINES} lines`, () => {
    const sorted = sources.map(lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES);
  });

  it(`are narrow: less than ${100 * MAX_LONG_SHARE}% of the lines pass ${COLUMNS} columns`, () => {
    const all = sources.flatMap((file) => read(file).split('\n'));
    const long = all.filter((line) => line.length > COLUMNS);
    expect(long.length / all.length).toBeLessThan(MAX_LONG_SHARE);
  });

  it('hold no any, no marks of unfinished work, no skipped test without a reason', () => {
    const banned = [/\bas any\b|: any\b|<any>/, /\b(it|test|describe)\.(only|todo|skip)\(/];
    const marks = /\/\/.*\b(TODO|FIXME|HACK|XXX)\b/;
    const self = 'test/tidy/files.test.ts';
    expect(
      code.filter(
        (file) =>
          file !== self &&
          (banned.some((pattern) => pattern.test(bare(file))) || marks.test(read(file))),
      ),
    ).toEqual([]);
  });

  it('promise no time: no test has a limit of its own, which a busy machine would break', () => {
    const limit =
      /\{ timeout: [\w]+ \},\s*(async )?\(|^\s*\},\s+(?:[\d_]{5,}|[A-Z_]*(?:MINUTE|SECOND|TIMEOUT|LIMIT|LONG)[A-Z_]*),?\s*\);/m;
    expect(limit.test("it('x', { timeout: 9000 }, () => {});")).toBe(true);
    expect(limit.test("it('x', () => {\n}, 90_000);")).toBe(true);
    expect(limit.test("it('x', () => {\n  },\n  60_000,\n);")).toBe(true);
    expect(limit.test("it.each([1])(\n  'x',\n  () => {\n  },\n  MINUTES,\n);")).toBe(true);
    expect(limit.test('take({\n  },\n  NOW_MS,\n);')).toBe(false);
    expect(limit.test("it('x', () => {\n});")).toBe(false);
    const tests = code.filter(
      (file) => file.startsWith('test/') && file !== 'test/tidy/files.test.ts',
    );
    expect(tests.filter((file) => limit.test(read(file)))).toEqual([]);
  });

  it('commit no data of others', () => {
    expect(
      tracked.filter(
        (file) => /\.(csv|csv\.gz|sqlite|xes)$/.test(file) && !file.startsWith('test/'),
      ),
    ).toEqual([]);
  });

  it('keep migrations additive: no table is dropped or rebuilt', () => {
    const migrations = tracked.filter(
      (file) => file.startsWith('migrations/') && file.endsWith('.sql'),
    );
    expect(migrations.length).toBeGreaterThan(0);
    expect(
      migrations.filter((file) =>
        /DROP\s+(TABLE|COLUMN)|__new_|ON DELETE CASCADE|REFERENCES/i.test(read(file)),
      ),
    ).toEqual([]);
  });
});
