/**
 * How long D1 needs for the queries of a run when one database holds a large connection: real D1 in workerd, on this machine, so without the network.
 * `node tools/worker-d1.ts [deals]` (default 250,000, with a million further rows; some minutes). A query may take 30 seconds, and D1 works on one at a time.
 */
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import { openD1Store } from '../src/store/d1.ts';
import { findDealScores, rankedPartners } from '../src/store/results.ts';
import { countLocal } from '../src/store/rows.ts';
import { unsettledIntents } from '../src/store/intents.ts';
import { statusOf } from '../src/store/status.ts';
import { applyPlan } from '../src/sync/apply.ts';
import type { RunContext } from '../src/sync/context.ts';
import { pullHardDeletes } from '../src/sync/deletions.ts';
import { fitPool } from '../src/sync/fit.ts';
import { linkModel } from '../src/sync/link.ts';
import { planClears, planWrites } from '../src/sync/plan.ts';
import { pullStream } from '../src/sync/pull.ts';
import { closeWindow } from '../src/sync/receipts.ts';
import { remapLocal } from '../src/sync/remap.ts';
import { runUntilDone, type Steps } from '../src/sync/steps.ts';
import { foldForecast, scoreDirect, scorePartners } from '../src/sync/score.ts';
import { openBareD1 } from '../test/runtime/harness.ts';
import { CONNECTION, fillCompany, mappingOf, NOW_MS, sessionOf, WRITES } from './worker-company.ts';

/** D1's limit on one query or batch (https://developers.cloudflare.com/d1/platform/limits/). */
const D1_QUERY_MS = 30_000;
const WORDS = 110;

/** The longest that one statement took, by part of the run and text. */
const longest = new Map<string, { ms: number; text: string }>();
let part = '';
function note(text: string, ms: number): void {
  if (ms > (longest.get(part)?.ms ?? -1)) longest.set(part, { ms, text: text.replace(/\s+/g, ' ').slice(0, WORDS) });
}

/** Statements of a batch are timed by D1 itself, the others from outside. */
function timed(binding: D1Database): D1Database {
  const texts = new WeakMap<object, { text: string; raw: D1PreparedStatement }>();
  const wrap = (text: string, raw: D1PreparedStatement): D1PreparedStatement => {
    const clock = <T>(work: () => Promise<T>) => async (): Promise<T> => { const from = performance.now(); const answer = await work(); note(text, performance.now() - from); return answer; };
    const wrapped = { bind: (...values: unknown[]) => wrap(text, raw.bind(...values)), run: clock(() => raw.run()), all: clock(() => raw.all()), raw: clock(() => raw.raw()), first: clock(() => raw.first()) } as unknown as D1PreparedStatement;
    texts.set(wrapped, { text, raw });
    return wrapped;
  };
  return {
    prepare: (text: string) => wrap(text, binding.prepare(text)),
    batch: async (statements: D1PreparedStatement[]) => {
      const known = statements.map((one) => texts.get(one)!);
      const results = await binding.batch(known.map((one) => one.raw));
      results.forEach((result, i) => note(known[i]!.text, result.meta.duration));
      return results;
    },
  } as unknown as D1Database;
}

async function bench(deals: number): Promise<void> {
  const { harness, binding } = await openBareD1();
  try {
    const store = openD1Store(timed(binding));
    let lied = false;
    const session = sessionOf(deals, () => lied, (untilMs) => countLocal(store, CONNECTION, 'Deal', 0, untilMs));
    const context = (version = 'm', runId = 'r'): RunContext => ({
      store, session, features: { writeBatch: 200, readPage: 3000, deleteLogDays: 0, settleMs: 0, counts: true }, connection: { shadow: [] }, connectionId: CONNECTION, runId, asOfMs: NOW_MS, mapping: mappingOf(deals, version),
      nowMs: Date.now, sleep: async () => {}, progress: () => {},
    }) as unknown as RunContext;
    const stream = { object: 'Deal', fields: ['Name'], associations: [], where: [], includeDeleted: false } as never;
    const plain: Steps = { run: async (_name, work) => await work() };
    const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      part = name;
      const from = performance.now();
      const result = await work();
      const worst = longest.get(name)!;
      process.stdout.write(`${worst.ms < D1_QUERY_MS ? '✓' : '✗'} ${name.padEnd(20)} ${((performance.now() - from) / 1000).toFixed(1).padStart(7)} s in all, longest statement ${worst.ms.toFixed(0).padStart(6)} ms: ${worst.text}\n`);
      if (worst.ms >= D1_QUERY_MS) process.exitCode = 1;
      return result;
    };
    const whole = async <T extends { done: boolean }>(name: string, work: (previous: T | null) => Promise<T>): Promise<number> => (await phase(name, () => runUntilDone<T>(plain, name, work))).length;
    await phase('fill', () => fillCompany(store, deals));
    await whole('pull', (previous) => pullStream(context(), stream, false, previous === null));
    await whole('audit of ids', (previous: Awaited<ReturnType<typeof pullHardDeletes>> | null) => pullHardDeletes(context(), stream, true, previous));
    lied = true;
    await phase('close window', () => closeWindow(context(), stream));
    lied = false;
    await phase('link, first', () => linkModel(context()));
    await phase('link, again', () => linkModel(context()));
    await whole('fit', (previous: Awaited<ReturnType<typeof fitPool>> | null) => fitPool(context(), previous));
    const partners = await whole('score partners', (previous: Awaited<ReturnType<typeof scorePartners>> | null) => scorePartners(context(), previous));
    const direct = await whole('score direct deals', (previous: Awaited<ReturnType<typeof scoreDirect>> | null) => scoreDirect(context(), previous));
    await phase('forecast', () => foldForecast(context(), partners, direct));
    for (const write of WRITES) await whole(`plan ${write.entity}s`, (previous: Awaited<ReturnType<typeof planWrites>> | null) => planWrites(context(), write, previous));
    for (const write of WRITES) await whole(`apply ${write.entity}s`, () => applyPlan(context(), write.object));
    for (const write of WRITES) await whole(`clear ${write.entity}s`, (previous: Awaited<ReturnType<typeof planClears>> | null) => planClears(context('m', 'next'), write, previous));
    await phase('settle', () => unsettledIntents(store, CONNECTION, 2000));
    await phase('API: status', () => statusOf(store, { id: CONNECTION, crm: 'company', orgId: 'o', orgName: 'O', instanceUrl: 'u', pinnedMs: 1 }));
    await phase('API: scores', () => rankedPartners(store, CONNECTION, 'r', 500));
    await phase('API: find a deal', () => findDealScores(store, CONNECTION, 'number 249'));
    await whole('re-map', () => remapLocal(context('m2'), 'Deal'));
  } finally {
    await harness.close();
  }
}

await bench(Number(process.argv[2] ?? 250_000));
process.exit();
