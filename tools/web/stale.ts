import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the pages are made of; their types are written anew by each build and are no source. */
const SOURCES = ['src/web/**/*', 'package-lock.json'];
const WRITTEN = /operations\.gen\.ts$/;

/** Whether the pages of a clone are missing, or older than any of their sources. */
export function isStale(root: string): boolean {
  const built = join(root, 'dist/web/index.html');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return globSync(SOURCES, { cwd: root })
    .filter((path) => !WRITTEN.test(path))
    .some((path) => statSync(join(root, path)).mtimeMs > mtimeMs);
}
