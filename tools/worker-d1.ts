/**
 * How long D1 needs for the queries of a run when one database holds a large connection: real D1 in
 * workerd, on this machine, so without the network.
 * `node tools/worker-d1.ts [deals]` (default 250,000, with a million further rows; some minutes). A
 * query may take 30 seconds, and D1 works on one at a time.
 */
import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import { openD1Store } from '../src/store/d1.ts';
import { findDealScores, rankedPartners } from '../src/store/results.ts';
import { countLocal } from '../src/store/rows.ts';
import { unsettledIntents } from '../src/store/intents.ts';
import { statusOf } from '../src/store/status.ts';
import type { Store } from '../src/store/store.ts';
import { applyPlan } from '../src/sync/write/apply.ts';
import type { RunContext } from '../src/sync/run/context.ts';
import { pullHardDeletes } from '../src/sync/read/deletions.ts';
import { fitPool } from '../src/sync/measure/fit.ts';
import { linkModel } from '../src/sync/measure/link.ts';
import { planClears, planWrites } from '../src/sync/write/plan.ts';
import { pullStream } from '../src/sync/read/pull.ts';
import { closeWindow } from '../src/sync/read/receipts.ts';
import { remapLocal } from '../src/sync/read/remap.ts';
import { runUntilDone, type Steps } from '../src/sync/run/steps.ts';
import { foldForecast, scoreDirect, scorePartners } from '../src/sync/measure/score.ts';
import { openBareD1 } from '../test/runtime/harness.ts';
import { CONNECTION, fillCompany, mappingOf, NOW_MS, sessionOf, WRITES } from './worker-company.ts';

/** D1's limit on one query or batch (https://developers.cloudflare.com/d1/platform/limits/). */
const D1_QUERY_MS = 30_000;
const WORDS = 90;

/** The longest that one statement took, by part of the run and text. */
const longest = new Map<string, { ms: number; text: string }>();
/** Rows by D1's own meters, which are what it bills. */
let rows = { read: 0, written: 0 };
let databaseBytes = 0;
const bill = (meta: D1Result['meta']): void => {
  rows.read += meta.rows_read;
  rows.written += meta.rows_written;
  databaseBytes = meta.size_after ?? databaseBytes;
};
let part = '';
function note(text: string, ms: number): void {
  if (ms > (longest.get(part)?.ms ?? -1))
    longest.set(part, { ms, text: text.replace(/\s+/g, ' ').slice(0, WORDS) });
}

/** Statements of a batch are timed by D1 itself, the others from outside. */
function timed(binding: D1Database): D1Database {
  const texts = new WeakMap<object, { text: string; raw: D1PreparedStatement }>();
  const wrap = (text: string, raw: D1PreparedStatement): D1PreparedStatement => {
    const all = async (): Promise<D1Result> => {
      const from = performance.now();
      const answer = await raw.all();
      note(text, performance.now() - from);
      bill(answer.meta);
      return answer;
    };
    // `raw` tells no meters; no query of a run names two columns alike, so
    // its rows are those of `all`.
    const wrapped = {
      bind: (...values: unknown[]) => wrap(text, raw.bind(...values)),
      run: all,
      all,
      raw: async () => (await all()).results.map((row) => Object.values(row as object)),
    } as unknown as D1PreparedStatement;
    texts.set(wrapped, { text, raw });
    return wrapped;
  };
  return {
    prepare: (text: string) => wrap(text, binding.prepare(text)),
    batch: async (statements: D1PreparedStatement[]) => {
      const known = statements.map((one) => texts.get(one)!);
      const results = await binding.batch(known.map((one) => one.raw));
      results.forEach((result, i) => {
        note(known[i]!.text, result.meta.duration);
        bill(result.meta);
      });
      return results;
    },
  } as unknown as D1Database;
}

const STREAM = {
  object: 'Deal',
  fields: ['Name'],
  associations: [],
  where: [],
  includeDeleted: false,
} as never;
const PLAIN: Steps = { run: async (_name, work) => await work() };

async function phase<T>(name: string, work: () => Promise<T>): Promise<T> {
  part = name;
  rows = { read: 0, written: 0 };
  const from = performance.now();
  const result = await work();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  const worst = longest.get(name)!;
  const fits = worst.ms < D1_QUERY_MS;
  const cells = [
    `${fits ? '✓' : '✗'} ${name.padEnd(24)} ${seconds.padStart(7)} s`,
    `${String(rows.read).padStart(10)} rows read`,
    `${String(rows.written).padStart(9)} written`,
    `longest statement ${worst.ms.toFixed(0).padStart(6)} ms: ${worst.text}`,
  ];
  process.stdout.write(`${cells.join(', ')}\n`);
  if (!fits) process.exitCode = 1;
  return result;
}

/** A phase of pages, to its last; answers how many there were. */
const whole = async <T extends { done: boolean }>(
  name: string,
  work: (previous: T | null) => Promise<T>,
): Promise<number> => (await phase(name, () => runUntilDone<T>(PLAIN, name, work))).length;

/** From the fit to what is written, as one run. */
async function measured(context: RunContext, said: string): Promise<void> {
  await whole(`fit${said}`, (previous: Awaited<ReturnType<typeof fitPool>> | null) =>
    fitPool(context, previous),
  );
  const partners = await whole(
    `score partners${said}`,
    (previous: Awaited<ReturnType<typeof scorePartners>> | null) =>
      scorePartners(context, previous),
  );
  const direct = await whole(
    `score direct${said}`,
    (previous: Awaited<ReturnType<typeof scoreDirect>> | null) => scoreDirect(context, previous),
  );
  await phase(`forecast${said}`, () => foldForecast(context, partners, direct));
  for (const write of WRITES)
    await whole(
      `plan ${write.entity}s${said}`,
      (previous: Awaited<ReturnType<typeof planWrites>> | null) =>
        planWrites(context, write, previous),
    );
  for (const write of WRITES)
    await whole(
      `clear ${write.entity}s${said}`,
      (previous: Awaited<ReturnType<typeof planClears>> | null) =>
        planClears(context, write, previous),
    );
  for (const write of WRITES)
    await whole(`apply ${write.entity}s${said}`, () => applyPlan(context, write.object));
}

/** The queries that a person waits for. */
async function asked(store: Store): Promise<void> {
  await phase('API: status', () =>
    statusOf(store, {
      id: CONNECTION,
      crm: 'company',
      orgId: 'o',
      orgName: 'O',
      instanceUrl: 'u',
      pinnedMs: 1,
    }),
  );
  await phase('API: scores', () => rankedPartners(store, CONNECTION, 'r', 500));
  await phase('API: find a deal', () => findDealScores(store, CONNECTION, 'number 249'));
}

async function bench(deals: number): Promise<void> {
  const { harness, binding } = await openBareD1();
  try {
    const store = openD1Store(timed(binding));
    let lied = false;
    const session = sessionOf(
      deals,
      () => lied,
      (untilMs) => countLocal(store, CONNECTION, 'Deal', 0, untilMs),
    );
    const context = (version = 'm', runId = 'r'): RunContext =>
      ({
        store,
        session,
        features: { writeBatch: 200, readPage: 3000, deleteLogDays: 0, settleMs: 0, counts: true },
        connection: { shadow: [], limits: {} },
        connectionId: CONNECTION,
        runId,
        asOfMs: NOW_MS,
        mapping: mappingOf(deals, version),
        nowMs: Date.now,
        sleep: async () => {},
        progress: () => {},
      }) as unknown as RunContext;
    await phase('fill', () => fillCompany(store, deals));
    await whole('pull', (previous: Awaited<ReturnType<typeof pullStream>> | null) =>
      pullStream(context(), STREAM, { full: false }, previous),
    );
    await whole('audit of ids', (previous: Awaited<ReturnType<typeof pullHardDeletes>> | null) =>
      pullHardDeletes(context(), STREAM, true, previous),
    );
    lied = true;
    await phase('close window', () => closeWindow(context(), STREAM));
    lied = false;
    await phase('link, first', () => linkModel(context()));
    await phase('link, again', () => linkModel(context()));
    await measured(context('m', 'r'), '');
    await measured(context('m', 'r2'), ', again');
    await phase('settle', () => unsettledIntents(store, CONNECTION, 2000));
    await asked(store);
    process.stdout.write(`the database has ${(databaseBytes / 1e6).toFixed(0)} MB\n`);
    await whole('re-map', () => remapLocal(context('m2'), 'Deal'));
  } finally {
    await harness.close();
  }
}

await bench(Number(process.argv[2] ?? 250_000));
process.exit();
