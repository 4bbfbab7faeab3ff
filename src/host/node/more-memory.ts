/**
 * A very large sandbox needs a larger heap than Node takes by itself, and a heap can only be sized
 * at the start: the process runs itself again.
 */
import { execFileSync, spawn } from 'node:child_process';
import { constants, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/**
 * Measured with `npm run bench:sandbox`: 4.8 kB of heap for one deal with all that hangs on it, old
 * touches thinned out. The rest keeps the collector from working at the limit.
 */
const BYTES_PER_DEAL = 8_000;
const BASE_BYTES = 512 * 1024 * 1024;
const MB = 1024 * 1024;
/** Short-lived events of the loading are then collected young and cheaply. */
const YOUNG_MB = 64;

/**
 * From here on the collector's settings matter as much as the heap's size: marking it all
 * takes longer than a page may.
 */
const LARGE_DEALS = 50_000;

/** The heap, in MB, that a sandbox of so many deals needs; null when this process will do. */
export function heapNeededMb(deals: number): number | null {
  const bytes = BASE_BYTES + deals * BYTES_PER_DEAL;
  // A size given by hand is taken as meant.
  if (process.execArgv.some((flag) => flag.startsWith('--max-old-space-size'))) return null;
  const given = getHeapStatistics().heap_size_limit;
  return bytes <= given && deals < LARGE_DEALS ? null : Math.ceil(Math.max(bytes, given) / MB);
}

/** The deals that `sandbox serve` is asked for; 0 for every other command line. */
export function dealsAsked(args: readonly string[]): number {
  if (args[0] !== 'sandbox' || args[1] !== 'serve') return 0;
  const at = args.findIndex((arg) => arg === '--deals' || arg.startsWith('--deals='));
  const text = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  const deals = Number(text ?? 0);
  return Number.isFinite(deals) ? deals : 0;
}

/**
 * By default V8 marks the whole heap after every 64 MB of buffers that answers go out in: with
 * several GB that costs a page of every twenty a second. With this flag buffers count like
 * everything else. Node 22 does not know it.
 */
const BUFFERS_COUNT_AS_HEAP = '--external-memory-accounted-in-global-limit';

function heapFlags(heapMb: number): string[] {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' }).includes(
    BUFFERS_COUNT_AS_HEAP,
  );
  return [
    `--max-old-space-size=${heapMb}`,
    `--max-semi-space-size=${YOUNG_MB}`,
    '--expose-gc',
    ...(known ? [BUFFERS_COUNT_AS_HEAP] : []),
  ];
}

const gb = (mb: number): string => `${(mb / 1024).toFixed(1)} GB`;

/**
 * Runs this command line again in a process with that heap, its input and output being ours,
 * and answers its exit code.
 */
export function runAgain(heapMb: number): Promise<number> {
  process.stderr.write(
    `  a sandbox of this size may take up to ${gb(heapMb)} of memory; this machine has ${gb(totalmem() / MB)}\n`,
  );
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...heapFlags(heapMb), ...process.argv.slice(1)],
    { stdio: 'inherit' },
  );
  // What is sent to us is meant for it. A terminal's Ctrl-C reaches it by itself, and a second one
  // would cut its orderly end short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
