import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder, whether this runs from source or from `dist/` of an installed package. */
export function packageRoot(): string {
  for (
    let dir = dirname(fileURLToPath(import.meta.url));
    dir !== dirname(dir);
    dir = dirname(dir)
  ) {
    if (
      existsSync(join(dir, 'migrations', 'meta', '_journal.json')) &&
      existsSync(join(dir, 'package.json'))
    )
      return dir;
  }
  throw new Error('The headwater package is incomplete: its migrations folder is missing.');
}

export function packageVersion(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : '0.0.0';
}
