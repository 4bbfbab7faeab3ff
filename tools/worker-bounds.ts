/**
 * What a run asks of Cloudflare, against its limits: steps counted from the engine's own bounds,
 * and every step measured on a large company in a heap as small as a Worker's.
 * `node tools/worker-bounds.ts [deals]` (default 200,000).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SMALL_BULK_PAGE_ROWS as BULK_PAGE_ROWS } from '../connectors/salesforce/settings.ts';
import {
  D1_CALLS,
  INSTANCE_ID_CHARS,
  roomFor,
  STEP_CPU_MS,
  STEP_MEMORY_BYTES,
  STEP_RESULT_BYTES,
  SUBREQUESTS,
  WORKFLOW_STEPS,
} from '../src/host/worker/limits.ts';
import { D1_PARAMETERS, D1_SQL_BYTES, D1_VALUE_BYTES } from '../src/store/d1.ts';
import {
  APPLY_BATCHES_PER_STEP,
  AUDIT_PAGES_PER_STEP,
  DEAL_PAGE,
  FIT_PAGES_PER_STEP,
  PARTNER_PAGE,
  PARTNER_PAGES_PER_STEP,
  PLAN_PAGE,
  PLAN_PAGES_PER_STEP,
  PULL_PAGES_PER_STEP,
} from '../src/sync/run/limits.ts';
import { CHILD_ROWS } from './worker-company.ts';

/**
 * V8's heap of the measured process, capped so that old and young space together cannot pass the
 * bound: a step that needs more dies.
 */
const SEMI_SPACE_MB = 4;
const OLD_SPACE_MB = Math.floor(STEP_MEMORY_BYTES / 1_000_000) - 3 * SEMI_SPACE_MB;
/** Streams of the shipped Salesforce mapping, with the small ones; each costs five short steps. */
const STREAMS = 18;
/** Deals that are open, so that they are scored and written. */
const OPEN_SHARE = 0.15;
const WRITE_BATCH = 200;

const DOCS = 'https://developers.cloudflare.com/';
/** Limit, page, where it is kept. */
const LIMITS: [string, number, string, string][] = [
  [
    'steps of an instance',
    WORKFLOW_STEPS,
    'workflows/reference/limits/',
    `a successor from ${WORKFLOW_STEPS - roomFor('').steps} on`,
  ],
  [
    'result of a step, bytes',
    STEP_RESULT_BYTES,
    'workflows/reference/limits/',
    'counts and ids only',
  ],
  [
    'id of an instance, characters',
    INSTANCE_ID_CHARS,
    'workflows/reference/limits/',
    'long ids are cut and hashed',
  ],
  ['CPU of a step, ms', STEP_CPU_MS, 'workers/platform/limits/', 'pages a step'],
  ['memory of a step, bytes', STEP_MEMORY_BYTES, 'workers/platform/limits/', 'rows a page'],
  [
    'subrequests of an invocation',
    SUBREQUESTS,
    'workers/platform/limits/',
    `room ${roomFor('').subrequests}, ${roomFor('apply ').subrequests} before write-back`,
  ],
  [
    'D1 calls of an invocation',
    D1_CALLS,
    'd1/platform/limits/',
    `room ${roomFor('').d1Calls}, ${roomFor('apply ').d1Calls} before write-back`,
  ],
  ['parameters of a query', D1_PARAMETERS, 'd1/platform/limits/', 'rows travel as one JSON value'],
  ['text of a statement, bytes', D1_SQL_BYTES, 'd1/platform/limits/', 'checked by the driver'],
  ['value, bytes', D1_VALUE_BYTES, 'd1/platform/limits/', 'values are cut into pieces'],
];

function print(deals: number): void {
  for (const [what, limit, page, kept] of LIMITS)
    process.stdout.write(
      `${what.padEnd(32)}${String(limit).padStart(12)}  ${kept.padEnd(38)}  ${DOCS}${page}\n`,
    );
  const row = (...cells: (string | number)[]): void => {
    process.stdout.write(
      `${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(44) : String(cell).padStart(16))).join('')}\n`,
    );
  };
  process.stdout.write('\n');
  row('steps of a first run, counted', '10k records', '1M records');
  const [small, large] = [stepsFor(10_000), stepsFor(1_000_000)];
  for (const name of Object.keys(large) as (keyof typeof large)[])
    row(`  ${name}`, small[name], large[name]);
  const dir = mkdtempSync(join(tmpdir(), 'headwater-bounds-'));
  const args = [
    resolve(import.meta.dirname, 'worker-measure.ts'),
    join(dir, 'bounds.sqlite'),
    String(deals),
  ];
  try {
    execFileSync(process.execPath, [...args, 'fill'], { stdio: 'inherit' });
    process.stdout.write(
      `\n${deals.toLocaleString('en')} deals with ${CHILD_ROWS} rows each, a quarter as many accounts with two contacts each, 200 campaigns; the most that one step took, in a heap of at most ${STEP_MEMORY_BYTES / 1_000_000} MB\n`,
    );
    const ran = spawnSync(
      process.execPath,
      [
        `--max-old-space-size=${OLD_SPACE_MB}`,
        `--max-semi-space-size=${SEMI_SPACE_MB}`,
        '--expose-gc',
        ...args,
      ],
      { stdio: 'inherit' },
    );
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
    're-map, hints, windows': 3 * STREAMS,
    'audit of ids (nightly)':
      STREAMS + Math.ceil(records / (AUDIT_PAGES_PER_STEP * BULK_PAGE_ROWS)),
    fit: Math.ceil(dealCount / (DEAL_PAGE * FIT_PAGES_PER_STEP)),
    score:
      Math.ceil(partners / (PARTNER_PAGE * PARTNER_PAGES_PER_STEP)) +
      Math.ceil(dealCount / 2 / (DEAL_PAGE * PARTNER_PAGES_PER_STEP)),
    plan: Math.ceil((scored + partners) / (PLAN_PAGE * PLAN_PAGES_PER_STEP)) + 1,
    apply: Math.ceil((scored + partners) / (WRITE_BATCH * APPLY_BATCHES_PER_STEP)) + 2,
    'begin, connect, settle, link, forecast, end': 7,
  };
  return { ...steps, all: Object.values(steps).reduce((sum, n) => sum + n, 0) };
}

print(Number(process.argv[2] ?? 200_000));
