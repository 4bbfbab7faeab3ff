import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** What makes a spreadsheet's file, a page or a line of a log; the sandbox plays a CRM. */
const MAKES = /from 'csv-stringify|<t[dr]\b|<!doctype html|console\.(log|error)\(/;
const CLEANS = /clean-text\.ts'|from '\.\/(cells|svg)\.ts'/;

it('whatever makes a file, a page or a log takes its texts through clean-text', () => {
  const files = globSync(['src/**/*.ts', 'connectors/**/*.ts'], { cwd: ROOT }).filter(
    (file) => !file.startsWith('src/sandbox/') && !file.startsWith('src/web/'),
  );
  const makers = files.filter((file) => MAKES.test(readFileSync(resolve(ROOT, file), 'utf8')));
  expect(makers.length).toBeGreaterThan(4);
  expect(makers.filter((file) => !CLEANS.test(readFileSync(resolve(ROOT, file), 'utf8')))).toEqual(
    [],
  );
});
