/**
 * Plays schedules of faults against the whole engine and reports what an oracle from the CRM's side finds.
 *   npm run chaos -- --schedules 500 --seed 1 --crm both --store node --workers 2 --json
 * Exit code 1 when a schedule fails; it is printed with its seed, shrunk to what it needs in order to fail.
 */
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Crms } from '../test/chaos/generate.ts';
import { add, campaign, nothing, seeds, type Campaign } from '../test/chaos/campaign.ts';

const MINUTE_MS = 60_000;
/** Between two lines of progress. */
const TELL_EVERY = 250;
const CRMS = ['salesforce', 'hubspot', 'both'] as const;

interface Share { crm: Crms; first: number; count: number; step: number }
/** What a worker says after each schedule. */
interface One { failed: { seed: number; violation: string } | null }

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    schedules: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' }, crm: { type: 'string', default: 'both' },
    store: { type: 'string', default: 'node' }, workers: { type: 'string', default: '2' }, json: { type: 'boolean', default: false },
  } });
  const [count, first, workers] = [values.schedules, values.seed, values.workers].map(Number) as [number, number, number];
  if (![count, first, workers].every((number) => Number.isInteger(number) && number >= 0) || workers < 1) throw new Error('--schedules, --seed and --workers take whole numbers');
  const crm = CRMS.find((one) => one === values.crm);
  if (crm === undefined) throw new Error(`--crm ${values.crm}: there are ${CRMS.join(', ')}`);
  if (values.store !== 'node') throw new Error(`--store ${values.store}: schedules run on the node store`);
  const startedMs = performance.now();
  const shares = Array.from({ length: Math.min(workers, Math.max(1, count)) }, (_, n): Share => ({ crm, first: first + n, count: count - n, step: workers }));
  let [done, told] = [0, 0];
  const parts = await Promise.all(shares.map((share) => play(share, (failed) => {
    done += 1;
    if (failed !== null) process.stderr.write(`seed ${failed.seed} fails: ${failed.violation}\n`);
    if (values.json || done - told < TELL_EVERY) return;
    told = done;
    process.stderr.write(`${done} of ${count} schedules, ${perMinute(done, startedMs)} a minute\n`);
  })));
  report(parts.reduce(add, nothing()), startedMs, values.json);
}

function play(share: Share, onSchedule: (failed: One['failed']) => void): Promise<Campaign> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.on('message', (message: Campaign | One) => { if ('failed' in message) onSchedule(message.failed); else resolve(message); });
    worker.on('error', reject);
  });
}

const perMinute = (count: number, startedMs: number): number => Math.round((count * MINUTE_MS) / (performance.now() - startedMs));

function report(sum: Campaign, startedMs: number, json: boolean): void {
  const rate = perMinute(sum.schedules, startedMs);
  if (json) process.stdout.write(`${JSON.stringify({ ...sum, schedulesPerMinute: rate })}\n`);
  else {
    for (const { seed, violations, log, schedule } of sum.failures) {
      process.stdout.write(`seed ${seed} fails:\n${violations.map((violation) => `  ! ${violation}\n`).join('')}${log.map((line) => `    ${line}\n`).join('')}  ${JSON.stringify(schedule)}\n`);
    }
    const ends = Object.entries(sum.ended).sort((a, b) => b[1] - a[1]).map(([word, times]) => `${times} ${word}`).join(', ');
    process.stdout.write(`${sum.schedules} schedules (${rate} a minute), ${sum.failures.length} failed; ${sum.runs} runs (${ends}), ${sum.calls} calls, ${sum.writes} fields written\n`);
  }
  if (sum.failures.length > 0) process.exitCode = 1;
}

if (isMainThread) await main();
else {
  const share = workerData as Share;
  parentPort!.postMessage(await campaign(seeds(share.first, share.count, share.step), { crm: share.crm, onSchedule: (_sum, failure) => parentPort!.postMessage({ failed: failure === null ? null : { seed: failure.seed, violation: failure.violations[0] ?? '' } } satisfies One) }));
}
