import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The pages, built if they are not yet: wrangler refuses to start without the folder. */
export const ensurePages = (): void => {
  execFileSync(process.execPath, ['tools/web-build.ts', '--if-missing'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
};
