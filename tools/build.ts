/**
 * Builds `dist/` (JavaScript and types) from `src/` and `connectors/`: Node does not strip
 * types inside node_modules. What our files import of others is bundled into them, so that an
 * installation brings the native driver and the contract's types and little else. Then the pages.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { bundleDependencies } from './build/bundle.ts';

rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
/** What is given out as it stands, beside the code that reads it. */
const AS_THEY_ARE = [
  'connectors/kit/card/view.js',
  'connectors/hubspot/packaging/templates',
  'connectors/salesforce/packaging/templates',
];
for (const path of AS_THEY_ARE) cpSync(path, `dist/${path}`, { recursive: true });
await bundleDependencies('dist');
execFileSync('node', ['tools/web-build.ts'], { stdio: 'inherit' });
chmodSync('dist/src/host/node/node.js', 0o755);
