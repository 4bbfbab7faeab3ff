import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale } from '../../tools/web/stale.ts';

let root: string;
/** Writes a file as of a second. */
function write(path: string, at: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, at, at);
  utimesSync(dirname(file), at, at);
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headwater-stale-'));
  write('package-lock.json', 100);
  write('src/web/pages/plan.tsx', 100);
});
afterEach(() => rmSync(root, { recursive: true }));

it('pages that are missing, or older than a source of theirs, are built', () => {
  expect(isStale(root)).toBe(true);
  write('dist/web/index.html', 200);
  utimesSync(join(root, 'src/web'), 100, 100);
  expect(isStale(root)).toBe(false);
  write('src/web/styles/menu.css', 300);
  expect(isStale(root)).toBe(true);
});

it('types that every build writes make no page stale, new packages do', () => {
  write('dist/web/index.html', 200);
  write('src/web/api/operations.gen.ts', 300);
  for (const folder of ['src/web/api', 'src/web']) utimesSync(join(root, folder), 100, 100);
  expect(isStale(root)).toBe(false);
  write('package-lock.json', 300);
  expect(isStale(root)).toBe(true);
});
