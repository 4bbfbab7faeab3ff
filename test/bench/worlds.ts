/**
 * How scores, forecasts and win probabilities do on generated worlds whose truth is known and to
 * which nobody tuned them.
 * Prints one JSON document. `npm run -s bench:worlds -- --seeds 24 [--first-seed N] [--shock 0.15]
 * --json`
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { WorldSize } from './worlds/measure.ts';
import type { WorldRows } from './worlds/rows.ts';
import { summary } from './worlds/summary.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '24' },
    'first-seed': { type: 'string', default: '1' },
    shock: { type: 'string', default: '0' },
    partners: { type: 'string', default: '60' },
    deals: { type: 'string', default: '2000' },
    years: { type: 'string', default: '2' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    json: { type: 'boolean', default: false },
  },
});

/** Each world has a thread of its own, which takes its memory with it. */
async function measuredApart(size: WorldSize): Promise<WorldRows> {
  const worker = new Worker(new URL('./worlds/worker.ts', import.meta.url));
  try {
    return await new Promise<WorldRows>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(size);
    });
  } finally {
    await worker.terminate();
  }
}

/** Worlds are handed out one by one, so that a slow thread does not hold up the rest. */
async function measureAll(sizes: WorldSize[], threads: number): Promise<WorldRows[]> {
  const waiting = [...sizes];
  const found: WorldRows[] = [];
  await Promise.all(
    Array.from({ length: Math.min(threads, sizes.length) }, async () => {
      for (let size = waiting.shift(); size; size = waiting.shift()) {
        found.push(await measuredApart(size));
        process.stderr.write(`world ${size.seed} (${found.length} of ${sizes.length})\n`);
      }
    }),
  );
  return found.sort((a, b) => a.seed - b.seed);
}

const first = Number(values['first-seed']);
const sizes = Array.from(
  { length: Number(values.seeds) },
  (_, i): WorldSize => ({
    seed: first + i,
    partners: Number(values.partners),
    deals: Number(values.deals),
    shockSd: Number(values.shock),
    years: values.years === '1' ? 1 : 2,
  }),
);
const result = summary(await measureAll(sizes, Number(values.threads)));
process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);
