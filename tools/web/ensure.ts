import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * The pages, built where they are missing or older than what they are made of: wrangler refuses to
 * start without the folder, and a test looks at the pages as they are now.
 */
export const ensurePages = (): void => {
  execFileSync(process.execPath, ['tools/web-build.ts', '--if-stale'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
};
