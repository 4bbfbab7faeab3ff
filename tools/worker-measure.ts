/**
 * Runs every step of a run on a large company, in a heap as small as a Worker's, and prints what
 * each took. Started by worker-bounds.ts: `node … worker-measure.ts <file> <deals> [fill]`.
 */
import {
  D1_CALLS,
  roomFor,
  STEP_CPU_MS,
  STEP_MEMORY_BYTES,
  STEP_RESULT_BYTES,
  SUBREQUESTS,
} from '../src/host/worker/limits.ts';
import {
  D1_PARAMETERS,
  D1_SQL_BYTES,
  D1_VALUE_BYTES,
  newMeter,
  openD1Store,
} from '../src/store/d1.ts';
import { countLocal } from '../src/store/rows.ts';
import { applyPlan, type ApplyStep } from '../src/sync/write/apply.ts';
import type { RunContext } from '../src/sync/run/context.ts';
import { linkModel } from '../src/sync/measure/link.ts';
import { pullHardDeletes, type DeletionStep } from '../src/sync/read/deletions.ts';
import { fitPool, type FitStep } from '../src/sync/measure/fit.ts';
import { planClears, planWrites, type PlanStep } from '../src/sync/write/plan.ts';
import { pullStream } from '../src/sync/read/pull.ts';
import { closeWindow } from '../src/sync/read/receipts.ts';
import { remapLocal } from '../src/sync/read/remap.ts';
import {
  foldForecast,
  scoreDirect,
  scorePartners,
  type ScoreStep,
} from '../src/sync/measure/score.ts';
import { openD1OnDisk } from '../test/runtime/d1-on-disk.ts';
import { CONNECTION, fillCompany, mappingOf, NOW_MS, sessionOf, WRITES } from './worker-company.ts';

const [file = '', given = '200000', filling] = process.argv.slice(2);
const deals = Number(given);
const meter = newMeter();
const { binding, close } = openD1OnDisk(file);
const store = openD1Store(binding, meter);
let lied = false;
const session = sessionOf(
  deals,
  () => lied,
  (untilMs) => countLocal(store, CONNECTION, 'Deal', 0, untilMs),
);
let heap = 0;
const seeHeap = (): void => {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
/**
 * `nowMs` and `progress` are asked in the middle of every step's work, which is
 * when its memory is looked at.
 */
const contextWith = (version: string): RunContext =>
  ({
    store,
    session,
    features: { writeBatch: 200, readPage: 3000, deleteLogDays: 0, settleMs: 0, counts: true },
    connection: { shadow: [], limits: {} },
    connectionId: CONNECTION,
    resultsId: CONNECTION,
    servedId: CONNECTION,
    runId: 'r',
    asOfMs: NOW_MS,
    mapping: mappingOf(deals, version),
    nowMs: () => {
      seeHeap();
      return Date.now();
    },
    sleep: async () => {},
    progress: seeHeap,
  }) as unknown as RunContext;
const stream = {
  object: 'Deal',
  fields: ['Name'],
  associations: [],
  where: [],
  includeDeleted: false,
} as never;

interface Worst {
  steps: number;
  allMs: number;
  cpuMs: number;
  calls: number;
  d1Calls: number;
  queries: number;
  bytes: number;
  result: number;
}

/**
 * Repeats a step until its result says it was the last; `null` results end at once. Each step
 * starts from an empty isolate's heap.
 */
async function measure<T extends { done: boolean } | null>(
  name: string,
  work: (previous: T | null) => Promise<T>,
): Promise<number> {
  const worst: Worst = {
    steps: 0,
    allMs: 0,
    cpuMs: 0,
    calls: 0,
    d1Calls: 0,
    queries: 0,
    bytes: 0,
    result: 0,
  };
  heap = 0;
  let previous: T | null = null;
  do {
    globalThis.gc?.();
    const [cpu, calls, d1] = [process.cpuUsage(), session.calls(), { ...meter }];
    previous = await work(previous);
    seeHeap();
    const used = process.cpuUsage(cpu);
    worst.steps++;
    worst.allMs += (used.user + used.system) / 1000;
    for (const [key, value] of Object.entries({
      cpuMs: (used.user + used.system) / 1000,
      calls: session.calls() - calls,
      d1Calls: meter.calls - d1.calls,
      queries: meter.queries - d1.queries,
      bytes: meter.bytes - d1.bytes,
      result: JSON.stringify(previous)?.length ?? 0,
    }))
      worst[key as keyof Worst] = Math.max(worst[key as keyof Worst], value);
  } while (previous !== null && !previous.done);
  tell(name, worst);
  return worst.steps;
}

const cells = (name: string, values: (string | number)[]): string =>
  `${name.padEnd(22)}${values.map((value) => String(value).padStart(12)).join('')}\n`;

function tell(name: string, worst: Worst): void {
  const room = roomFor(name);
  const ok =
    worst.cpuMs < STEP_CPU_MS &&
    heap < STEP_MEMORY_BYTES &&
    worst.calls <= room.subrequests &&
    worst.d1Calls <= room.d1Calls &&
    worst.result < STEP_RESULT_BYTES;
  process.stdout.write(
    cells(`${ok ? '✓' : '✗'} ${name}`, [
      worst.steps,
      (worst.allMs / 1000).toFixed(1),
      worst.cpuMs.toFixed(0),
      (heap / 1e6).toFixed(0),
      worst.calls,
      worst.d1Calls,
      worst.queries,
      (worst.bytes / 1e6).toFixed(1),
      worst.result,
    ]),
  );
  if (!ok) process.exitCode = 1;
}

async function run(): Promise<void> {
  process.stdout.write(
    cells('', [
      'steps',
      'all, CPU s',
      'CPU ms',
      'heap MB',
      'CRM calls',
      'D1 calls',
      'statements',
      'MB to D1',
      'result B',
    ]),
  );
  process.stdout.write(
    cells('  at most', [
      '',
      '',
      STEP_CPU_MS,
      STEP_MEMORY_BYTES / 1e6,
      SUBREQUESTS,
      D1_CALLS,
      '',
      '',
      STEP_RESULT_BYTES,
    ]),
  );
  const context = contextWith('m');
  await measure('pull', (previous: Awaited<ReturnType<typeof pullStream>> | null) =>
    pullStream(context, stream, { full: false }, previous),
  );
  await measure<DeletionStep>('audit of ids', (previous) =>
    pullHardDeletes(context, stream, true, previous),
  );
  await measure('close window', async () => {
    await closeWindow(context, stream);
    return null;
  });
  lied = true;
  await store.db.run('update cursors set verified_ms = null');
  await measure('window re-read', async () => {
    await closeWindow(context, stream);
    return null;
  });
  lied = false;
  const remapped = contextWith('m2');
  await measure('re-map', () => remapLocal(remapped, 'Deal'));
  await measure('link', async () => {
    await linkModel(context);
    return null;
  });
  await measure<FitStep>('fit', (previous) => fitPool(context, previous));
  const partners = await measure<ScoreStep>('score partners', (previous) =>
    scorePartners(context, previous),
  );
  const direct = await measure<ScoreStep>('score direct deals', (previous) =>
    scoreDirect(context, previous),
  );
  await measure('forecast', async () => {
    await foldForecast(context, partners, direct);
    return null;
  });
  for (const write of WRITES)
    await measure<PlanStep>(`plan ${write.entity}s`, (previous) =>
      planWrites(context, write, previous),
    );
  for (const write of WRITES)
    await measure<ApplyStep>(`apply ${write.entity}s`, () => applyPlan(context, write.object));
  for (const write of WRITES)
    await measure<PlanStep>(`clear ${write.entity}s`, (previous) =>
      planClears({ ...context, runId: 'next' }, write, previous),
    );
  process.stdout.write(
    `\nlargest statement ${meter.sqlBytesMax} bytes of ${D1_SQL_BYTES}; parameters ${meter.parametersMax} of ${D1_PARAMETERS}; value ${meter.valueBytesMax} bytes of ${D1_VALUE_BYTES}\n`,
  );
}

if (filling === undefined) await run();
else await fillCompany(store, deals);
close();
