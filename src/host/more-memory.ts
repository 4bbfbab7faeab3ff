/** A very large sandbox needs a larger heap than Node takes by itself, and a heap can only be sized at the start: the process runs itself again. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** Measured with `npm run bench:sandbox`: heap of one deal with all that hangs on it, old touches thinned out. */
const BYTES_PER_DEAL = 7_500;
const BASE_BYTES = 512 * 1024 * 1024;
const MB = 1024 * 1024;
/** Short-lived events of the loading are then collected young and cheaply. */
const YOUNG_MB = 64;

/** The heap, in MB, that a sandbox of so many deals needs; null when this process has enough. */
export function heapNeededMb(deals: number): number | null {
  const bytes = BASE_BYTES + deals * BYTES_PER_DEAL;
  // A size given by hand is taken as meant.
  if (process.execArgv.some((flag) => flag.startsWith('--max-old-space-size'))) return null;
  return bytes <= getHeapStatistics().heap_size_limit ? null : Math.ceil(bytes / MB);
}

/** The deals that `sandbox serve` is asked for; 0 for every other command line. */
export function dealsAsked(args: readonly string[]): number {
  if (args[0] !== 'sandbox' || args[1] !== 'serve') return 0;
  const at = args.findIndex((arg) => arg === '--deals' || arg.startsWith('--deals='));
  const text = at < 0 ? undefined : args[at]?.split('=')[1] ?? args[at + 1];
  const deals = Number(text ?? 0);
  return Number.isFinite(deals) ? deals : 0;
}

/** Runs this command line again in a process with that heap, its input and output being ours, and answers its exit code. */
export function runAgain(heapMb: number): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, `--max-old-space-size=${heapMb}`, `--max-semi-space-size=${YOUNG_MB}`, '--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' });
  // What is sent to us is meant for it. A terminal's Ctrl-C reaches it by itself, and a second one would cut its orderly end short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal); });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
