/**
 * Builds `dist/` (JavaScript and types) from `src/` and `connectors/`: Node does not strip
 * types inside node_modules.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
chmodSync('dist/src/host/node/node.js', 0o755);
