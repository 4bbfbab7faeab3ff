/**
 * Builds `dist/` (JavaScript and types) from `src/` and `connectors/`: Node does not strip
 * types inside node_modules.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
/** What is given out as it stands, beside the code that reads it. */
const AS_THEY_ARE = ['connectors/kit/card/view.js', 'connectors/salesforce/packaging/templates'];
for (const path of AS_THEY_ARE) cpSync(path, `dist/${path}`, { recursive: true });
chmodSync('dist/src/host/node/node.js', 0o755);
