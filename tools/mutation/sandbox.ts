import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folders that no test of the engine looks into; the pages alone are a tenth of all files. */
const LEFT_OUT = /^(docs|\.github|\.ci)\//;

/**
 * A copy of the working tree, with what git knows and what is new in it: a copy and no links, since
 * links would lead the tests back to the sources that nobody has changed.
 */
export function copyOf(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'headwater-mutation-'));
  const files = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
  );
  for (const file of new Set(files.split('\0'))) {
    if (file === '' || file === 'node_modules' || LEFT_OUT.test(file)) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
