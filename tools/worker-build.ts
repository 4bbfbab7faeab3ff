/**
 * A dry-run deployment: how large the Worker is and how long it takes to
 * start, each against its budget.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensurePages } from './web/ensure.ts';

/** Far below Cloudflare's limit of 10 MB (Paid); a small script starts fast everywhere. */
const MAX_GZIP_KIB = 700;
/**
 * Cloudflare refuses a script that needs more than a second
 * (https://developers.cloudflare.com/workers/platform/limits/#worker-startup-time).
 */
const MAX_START_MS = 300;

const ROOT = resolve(import.meta.dirname, '..');
const out = mkdtempSync(join(tmpdir(), 'headwater-worker-'));
const wrangler = (...args: string[]): string =>
  execFileSync('wrangler', args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

ensurePages();
try {
  wrangler('deploy', '--dry-run', '--env', '', '--outdir', out);
  const script = readFileSync(join(out, 'worker.js'));
  const gzipKib = gzipSync(script, { level: 6 }).length / 1024;
  const startMs = startUp();
  const line = (what: string, value: string, ok: boolean): void => {
    process.stdout.write(`${ok ? '✓' : '✗'} ${what.padEnd(10)} ${value}\n`);
  };
  line(
    'size',
    `${(script.length / 1024).toFixed(0)} KiB, gzip ${gzipKib.toFixed(0)} KiB (at most ${MAX_GZIP_KIB})`,
    gzipKib <= MAX_GZIP_KIB,
  );
  line(
    'start-up',
    `${startMs.toFixed(0)} ms of CPU (at most ${MAX_START_MS})`,
    startMs <= MAX_START_MS,
  );
  if (gzipKib > MAX_GZIP_KIB || startMs > MAX_START_MS) process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

/**
 * CPU of the script's first evaluation, from the profile that `wrangler check startup` takes. The
 * least of three: the machine may be busy.
 */
function startUp(): number {
  const profile = join(out, 'startup.cpuprofile');
  return Math.min(
    ...Array.from({ length: 3 }, () => {
      wrangler('check', 'startup', '--outfile', profile);
      const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(profile, 'utf8')) as {
        nodes: { id: number; callFrame: { functionName: string } }[];
        samples: number[];
        timeDeltas: number[];
      };
      const idle = new Set(
        nodes
          .filter((node) => ['(idle)', '(program)', '(root)'].includes(node.callFrame.functionName))
          .map((node) => node.id),
      );
      return (
        samples.reduce((sum, node, i) => sum + (idle.has(node) ? 0 : (timeDeltas[i] ?? 0)), 0) /
        1000
      );
    }),
  );
}
