/**
 * What a run asks of Cloudflare, against its limits: steps counted from the engine's own bounds, CPU and memory measured on a large company in a heap as
 * small as a Worker's. `node tools/worker-bounds.ts [deals]` (default 200,000).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BULK_PAGE_ROWS } from '../src/host/worker/connectors.ts';
import { ALLOWANCE, D1_CALLS, STEP_CPU_MS, STEP_MEMORY_BYTES, SUBREQUESTS, WORKFLOW_STEPS } from '../src/host/worker/limits.ts';
import type { CrmRow, CrmSession } from '../src/model/connector.ts';
import { entityShape, type EntityValue, type MappedRow } from '../src/model/entities.ts';
import type { CompiledMapping } from '../src/model/mapping.ts';
import { D1_PARAMETERS, D1_SQL_BYTES, D1_VALUE_BYTES } from '../src/store/d1.ts';
import { linkDeals } from '../src/store/link.ts';
import { rateDeals } from '../src/store/rates.ts';
import { openNodeStore } from '../src/store/node.ts';
import { saveMapped } from '../src/store/rows.ts';
import type { RunContext } from '../src/sync/context.ts';
import { fitPool, type FitStep } from '../src/sync/fit.ts';
import { APPLY_BATCHES_PER_STEP, DEAL_PAGE, FIT_PAGES_PER_STEP, PARTNER_PAGE, PARTNER_PAGES_PER_STEP, PLAN_PAGE, PLAN_PAGES_PER_STEP, PULL_PAGES_PER_STEP } from '../src/sync/limits.ts';
import { pullStream } from '../src/sync/pull.ts';
import { foldForecast, scoreDirect, scorePartners, type ScoreStep } from '../src/sync/score.ts';

const ROOT = resolve(import.meta.dirname, '..');
const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const DAY_MS = 86_400_000;
/** V8's heap of the measured process, capped so that old and young space together cannot pass the bound: a step that needs more dies. */
const SEMI_SPACE_MB = 4;
const OLD_SPACE_MB = Math.floor(STEP_MEMORY_BYTES / 1_000_000) - 3 * SEMI_SPACE_MB;
/** A deal has this many rows besides itself in a usual org: stage history, activities. */
const CHILD_ROWS = 3;
/** Streams of the shipped Salesforce mapping, with the small ones; each costs five short steps. */
const STREAMS = 18;
/** Deals that are open, so that they are scored and written. */
const OPEN_SHARE = 0.15;
const WRITE_BATCH = 200;

const deals = Number(process.argv[2] ?? 200_000);
function print(): void {
  const row = (...cells: (string | number)[]): void => { process.stdout.write(`${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(44) : String(cell).padStart(16))).join('')}\n`); };
  row('limit (page in the source)', 'Cloudflare', 'hands over at');
  row('steps of a Workflow instance', WORKFLOW_STEPS, ALLOWANCE.steps);
  row('subrequests of an invocation', SUBREQUESTS, ALLOWANCE.subrequests);
  row('D1 calls of an invocation', D1_CALLS, ALLOWANCE.d1Calls);
  row('D1 value, bytes', D1_VALUE_BYTES, 'checked');
  row('D1 parameters of a query', D1_PARAMETERS, 'checked');
  row('D1 statement, bytes', D1_SQL_BYTES, 'checked');
  process.stdout.write('\n');
  row('steps of a first run, counted', '10k records', '1M records');
  const [small, large] = [stepsFor(10_000), stepsFor(1_000_000)];
  for (const name of Object.keys(large) as (keyof typeof large)[]) row(`  ${name}`, small[name], large[name]);
  const dir = mkdtempSync(join(tmpdir(), 'headwater-bounds-'));
  try {
    execFileSync(process.execPath, [import.meta.filename, String(deals)], { env: { ...process.env, BOUNDS_DB: join(dir, 'bounds.sqlite'), BOUNDS_FILL: '1' }, stdio: 'inherit' });
    process.stdout.write(`\n${deals.toLocaleString('en')} deals with ${CHILD_ROWS} rows each, in a heap of at most ${STEP_MEMORY_BYTES / 1_000_000} MB\n`);
    const ran = spawnSync(process.execPath, [`--max-old-space-size=${OLD_SPACE_MB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`, '--expose-gc', import.meta.filename, String(deals)], { env: { ...process.env, BOUNDS_DB: join(dir, 'bounds.sqlite') }, stdio: 'inherit' });
    if (ran.status !== 0) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `records`: all rows of the org, a quarter of them deals. */
function stepsFor(records: number) {
  const dealCount = records / (1 + CHILD_ROWS);
  const scored = dealCount * OPEN_SHARE;
  const partners = Math.max(50, dealCount / 250);
  const steps = {
    'pull (bulk pages)': STREAMS + Math.ceil(records / (PULL_PAGES_PER_STEP * BULK_PAGE_ROWS)),
    're-map, hints, deletions, windows': 4 * STREAMS,
    'fit': Math.ceil(dealCount / (DEAL_PAGE * FIT_PAGES_PER_STEP)),
    'score': Math.ceil(partners / (PARTNER_PAGE * PARTNER_PAGES_PER_STEP)) + Math.ceil(dealCount / 2 / (DEAL_PAGE * PARTNER_PAGES_PER_STEP)),
    'plan': Math.ceil((scored + partners) / (PLAN_PAGE * PLAN_PAGES_PER_STEP)) + 1,
    'apply': Math.ceil((scored + partners) / (WRITE_BATCH * APPLY_BATCHES_PER_STEP)) + 2,
    'begin, connect, settle, link, forecast, end': 7,
  };
  return { ...steps, all: Object.values(steps).reduce((sum, n) => sum + n, 0) };
}

async function measure(file: string, count: number): Promise<void> {
  const store = openNodeStore(file, join(ROOT, 'migrations'));
  const mapping = { crm: 'bounds', version: 'm', settings: { timeZone: 'UTC', fiscalYearStartMonth: 1, reportingCurrency: 'USD', horizonDays: 90, staleDays: 30 }, dealPartner: [{ by: 'field' }], writes: [], fixedStages: [], streams: [], mapRow } as unknown as CompiledMapping;
  const session = { describe: async () => null, read: async (_: unknown, next: string | null) => crmPage(Number(next ?? 0), count) } as unknown as CrmSession;
  const context = { store, session, connectionId: 'c', runId: 'r', asOfMs: NOW_MS, mapping, nowMs: Date.now, progress: () => { peak = Math.max(peak, process.memoryUsage().heapUsed); } } as unknown as RunContext;
  let peak = 0;
  const line = (name: string, steps: number, cpuMs: number[]): void => {
    const worst = Math.max(...cpuMs);
    process.stdout.write(`${worst < STEP_CPU_MS ? '✓' : '✗'} ${name.padEnd(18)} ${String(steps).padStart(4)} steps, CPU of the longest ${worst.toFixed(0).padStart(6)} ms of ${STEP_CPU_MS}, heap at most ${(peak / 1e6).toFixed(0).padStart(4)} MB\n`);
    if (worst >= STEP_CPU_MS) process.exitCode = 1;
    peak = 0;
  };
  const repeat = async <T extends { done: boolean }>(name: string, work: (previous: T | null) => Promise<T>): Promise<number> => {
    const cpu: number[] = [];
    let previous: T | null = null;
    do {
      globalThis.gc?.();
      const before = process.cpuUsage();
      previous = await work(previous);
      const used = process.cpuUsage(before);
      cpu.push((used.user + used.system) / 1000);
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    } while (!previous.done);
    line(name, cpu.length, cpu);
    return cpu.length;
  };
  if (process.env['BOUNDS_FILL'] !== undefined) { await fill(store, count); store.close(); return; }
  await repeat('pull', (previous) => pullStream(context, { object: 'Deal', fields: ['Name'], associations: [], where: [], includeDeleted: false } as never, false, previous === null));
  await store.batch([...linkDeals(store, 'c', mapping.dealPartner), ...rateDeals(store, 'c', { reportingCurrency: 'USD', asOfMs: Date.now() })]);
  await repeat<FitStep>('fit', (previous) => fitPool(context, previous));
  const partners = await repeat<ScoreStep>('score partners', (previous) => scorePartners(context, previous));
  const direct = await repeat<ScoreStep>('score direct', (previous) => scoreDirect(context, previous));
  await repeat('forecast', async () => { await foldForecast(context, partners, direct); return { done: true }; });
  store.close();
}

const row = (entity: MappedRow['entity'], id: string, values: Record<string, EntityValue>): MappedRow => ({
  entity, object: 'Thing', id, stampMs: 1, deleted: false, mergedIntoId: null, values: Object.fromEntries(Object.keys(entityShape(entity).fields).map((name) => [name, values[name] ?? null])),
});
const dealId = (i: number): string => `d${String(i).padStart(8, '0')}`;
const partnersOf = (count: number): number => Math.max(50, Math.floor(count / 100));

/** Half of the deals come through partners; most are closed, and some run on. */
function dealOf(i: number, count: number): { stage: string; createdAt: number; closedAt: number | null; amount: number; closeDate: string; partnerId: string | null } {
  const createdAt = NOW_MS - ((i * 7919) % 1000) * DAY_MS - DAY_MS;
  const open = i % 7 === 0;
  const closedAt = open ? null : Math.min(NOW_MS - 1, createdAt + ((i * 31) % 200) * DAY_MS);
  return { stage: open ? 'open' : i % 3 === 0 ? 'won' : 'lost', createdAt, closedAt, amount: 1000 + ((i * 613) % 90_000), closeDate: new Date((closedAt ?? NOW_MS + 40 * DAY_MS)).toISOString().slice(0, 10), partnerId: i % 2 === 0 ? `p${i % partnersOf(count)}` : null };
}

function crmPage(from: number, count: number) {
  const rows = Array.from({ length: Math.min(BULK_PAGE_ROWS, count - from) }, (_, k): CrmRow => {
    const deal = dealOf(from + k, count);
    return { object: 'Deal', id: dealId(from + k), stampMs: deal.createdAt, deleted: false, mergedIntoId: null, fields: { Name: `Deal number ${from + k}`, Stage: deal.stage, Amount: deal.amount, CloseDate: deal.closeDate, Partner: deal.partnerId, I: from + k, ...Object.fromEntries(Array.from({ length: 20 }, (_x, f) => [`Field_${f}`, `some value ${f} of ${k}`])) } };
  });
  return { rows, next: from + BULK_PAGE_ROWS >= count ? null : String(from + BULK_PAGE_ROWS), transport: 'bulk' as const, totalRows: count };
}

const mapRow = (crm: CrmRow) => ({ rows: [row('deal', crm.id, { name: String(crm.fields['Name']), currency: 'USD', ...dealOf(Number(crm.fields['I']), deals) })], rejects: [] });

async function fill(store: ReturnType<typeof openNodeStore>, count: number): Promise<void> {
  await store.batch(saveMapped(store, 'c', [
    row('stage', 's1', { key: 'open', label: 'Open', order: 1, closed: false, won: false, probability: 0.3 }), row('stage', 's2', { key: 'won', label: 'Won', order: 2, closed: true, won: true, probability: 1 }), row('stage', 's3', { key: 'lost', label: 'Lost', order: 3, closed: true, won: false, probability: 0 }),
    ...Array.from({ length: partnersOf(count) }, (_, i) => row('partner', `p${i}`, { name: `Partner ${i}` })),
  ], 1));
  for (let from = 0; from < count; from += BULK_PAGE_ROWS) {
    await store.batch(saveMapped(store, 'c', Array.from({ length: Math.min(BULK_PAGE_ROWS, count - from) }, (_, k) => from + k).flatMap((i) => {
      const deal = dealOf(i, count);
      return [row('dealEvent', `${dealId(i)}a`, { dealId: dealId(i), at: deal.createdAt, stage: 'open', amount: deal.amount, closeDate: deal.closeDate }), row('activity', `${dealId(i)}c`, { dealId: dealId(i), kind: 'call', at: deal.createdAt + DAY_MS, qualifying: true }),
        ...(deal.closedAt === null ? [] : [row('dealEvent', `${dealId(i)}b`, { dealId: dealId(i), at: deal.closedAt, stage: deal.stage, amount: deal.amount, closeDate: deal.closeDate })])];
    }), 1));
  }
}

if (process.env['BOUNDS_DB'] !== undefined) await measure(process.env['BOUNDS_DB'], deals);
else print();
