import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { add, nothing, type Campaign } from '../test/chaos/figures.ts';
import type { Crms } from '../test/chaos/generate.ts';

/** What a schedule makes is garbage at its end: a wide nursery lets it die there. */
const YOUNG_MB = 96;
const MINUTE_MS = 60_000;
/** Between two lines of progress. */
const TELL_MS = 10_000;
const CRMS = ['salesforce', 'hubspot', 'both'] as const;
const STORES = ['node', 'd1'] as const;
/** More workers than any machine has cores are a typing error. */
const MOST_WORKERS = 256;

const HELP = `Plays schedules of faults against the whole engine, in process and on a clock of its own, and checks from the CRM's side what came of it.

  npm run chaos -- [options]

A schedule seeds a CRM, lets people change it while syncs run, and makes calls, processes and clocks fail. Then the faults stop, the engine settles, and an oracle
looks: the local copy and the model equal the CRM, written fields equal the last plan, nothing that a person typed is lost, nothing was written twice, receipts are
true, the quota floor was kept, and one more sync changes nothing. The same seed is the same schedule on every machine.

Options
  --schedules N   how many to play (500)
  --seed S        the first seed; the others follow it (1)
  --crm NAME      ${CRMS.join(', ')}: both takes turns, odd seeds are Salesforce (both)
  --store NAME    node (SQLite in memory) or d1 (D1 in workerd, some ten times slower) (node)
  --workers N     threads to play in, one a core (2)
  --json          one JSON object on standard output instead of words
  --help          this text

Exit code: 0 all schedules came to rest, 1 some failed, 2 the options make no sense.

Examples
  npm run chaos                                     the 500 that must pass before a merge
  npm run chaos -- --schedules 20000 --seed 100000  a night's worth of new ones
  npm run chaos -- --schedules 1 --seed 4711        one again, after it failed or while it is debugged
  npm run chaos -- --store d1 --schedules 20        the same engine on Cloudflare's database

A schedule that fails is made as small as it can be while it still fails, and printed with its seed, what was violated, how each run ended, and itself as JSON.
`;

/** What each worker plays; `taken` counts the seeds that any of them has begun. */
interface Share {
  crm: Crms;
  store: (typeof STORES)[number];
  first: number;
  count: number;
  taken: Int32Array<SharedArrayBuffer>;
}
/** What a worker says after each schedule. */
interface One {
  failed: { seed: number; violation: string } | null;
}

class BadOption extends Error {}

function options(): Omit<Share, 'taken'> & { workers: number; json: boolean; help: boolean } {
  const text = (preset: string) => ({ type: 'string', default: preset }) as const;
  const flag = { type: 'boolean', default: false } as const;
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        schedules: text('500'),
        seed: text('1'),
        crm: text('both'),
        store: text('node'),
        workers: text('2'),
        json: flag,
        help: flag,
      },
    }));
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
  return {
    first: whole('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    count: whole('--schedules', values.schedules, 1, 2 ** 31 - 1 - MOST_WORKERS),
    workers: whole('--workers', values.workers, 1, MOST_WORKERS),
    crm: oneOf('--crm', values.crm, CRMS),
    store: oneOf('--store', values.store, STORES),
    json: values.json,
    help: values.help,
  };
}

function whole(name: string, text: string, low: number, high: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= low && number <= high) return number;
  throw new BadOption(`${name} takes a whole number from ${low} to ${high}, and "${text}" is none`);
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined)
    throw new BadOption(`${name} takes ${known.join(' or ')}, and not "${text}"`);
  return found;
}

async function main(): Promise<void> {
  const { workers, json, help, ...share } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const startedMs = performance.now();
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let [done, toldMs] = [0, startedMs];
  const onSchedule = (failed: One['failed']): void => {
    done += 1;
    if (failed !== null) process.stderr.write(`seed ${failed.seed} fails: ${failed.violation}\n`);
    if (json || performance.now() - toldMs < TELL_MS) return;
    toldMs = performance.now();
    process.stderr.write(
      `${done} of ${share.count} schedules, ${perMinute(done, startedMs)} a minute\n`,
    );
  };
  const parts = await Promise.all(
    Array.from({ length: Math.min(workers, share.count) }, () =>
      play({ ...share, taken }, onSchedule),
    ),
  );
  report(parts.reduce(add, nothing()), startedMs, json);
}

function play(share: Share, onSchedule: (failed: One['failed']) => void): Promise<Campaign> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: share,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.on('message', (message: Campaign | One) => {
      if ('failed' in message) onSchedule(message.failed);
      else resolve(message);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(new Error(`a worker ended with code ${code} before its last schedule`));
    });
  });
}

const perMinute = (count: number, startedMs: number): number =>
  Math.round((count * MINUTE_MS) / (performance.now() - startedMs));

function report(sum: Campaign, startedMs: number, json: boolean): void {
  const rate = perMinute(sum.schedules, startedMs);
  const failures = sum.failures.toSorted((a, b) => a.seed - b.seed);
  const ends = Object.entries(sum.ended).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ...sum, ended: Object.fromEntries(ends), failures, schedulesPerMinute: rate })}\n`,
    );
  else {
    for (const { seed, violations, log, schedule } of failures) {
      process.stdout.write(
        `seed ${seed} fails:\n${violations.map((violation) => `  ! ${violation}\n`).join('')}${log.map((line) => `    ${line}\n`).join('')}  ${JSON.stringify(schedule)}\n`,
      );
    }
    process.stdout.write(
      `${sum.schedules} schedules (${rate} a minute), ${failures.length} failed; ${sum.runs} runs (${ends.map(([word, times]) => `${times} ${word}`).join(', ')}), ${sum.calls} calls, ${sum.writes} fields written\n`,
    );
  }
  if (failures.length > 0) process.exitCode = 1;
}

/** The engine is loaded where it is played only. */
async function work({ crm, store, first, count, taken }: Share): Promise<void> {
  // Faults are thrown by the thousand, and nobody reads where they began.
  Error.stackTraceLimit = 0;
  const { campaign, seedsShared } = await import('../test/chaos/campaign.ts');
  const d1 = store === 'd1' ? await (await import('../test/chaos/d1.ts')).startD1() : null;
  const say = (message: Campaign | One): void => {
    parentPort!.postMessage(message);
  };
  try {
    say(
      await campaign(seedsShared(first, count, taken), {
        crm,
        ...(d1 === null ? {} : { open: d1.open }),
        onSchedule: (_sum, failure) => {
          say({
            failed:
              failure === null
                ? null
                : { seed: failure.seed, violation: failure.violations[0] ?? '' },
          });
        },
      }),
    );
  } finally {
    await d1?.close();
  }
}

if (!isMainThread) await work(workerData as Share);
else {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BadOption)) throw error;
    process.stderr.write(`${error.message}\n\`npm run chaos -- --help\` tells what there is.\n`);
    process.exitCode = 2;
  }
}
