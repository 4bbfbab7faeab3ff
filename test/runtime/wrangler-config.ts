import { readFileSync } from 'node:fs';
import { ensurePages } from '../../tools/web/ensure.ts';
import { ROOT } from './harness.ts';

/** The shipped wrangler.toml, to be read from another folder: every path of it is absolute. */
export function shippedConfig(): string {
  ensurePages();
  return readFileSync(`${ROOT}/wrangler.toml`, 'utf8')
    .replace('"dist/web"', `"${ROOT}/dist/web"`)
    .replaceAll('"migrations"', `"${ROOT}/migrations"`)
    .replace('"jsforce/', `"${ROOT}/node_modules/jsforce/`)
    .replaceAll(/"(?:\.\/)?src\//g, `"${ROOT}/src/`);
}
