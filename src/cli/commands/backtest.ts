import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { keepBacktest, readBacktest } from '../../store/backtests.ts';
import { breakdownNames } from '../../store/breakdown-names.ts';
import type { Store } from '../../store/store.ts';
import { backtest, type BacktestProgress } from '../../sync/measure/backtest.ts';
import { backtestPlace } from '../../sync/measure/backtest-place.ts';
import { backtestPage } from '../backtest-html/page.ts';
import { backtestText } from '../backtest-text.ts';
import { onExistingStore, printJson, soleConnection, usage, withDatabase } from '../command.ts';
import type { BacktestReport } from '../../model/record.ts';
import type { CliDeps } from '../deps.ts';
import { writeOut } from '../out-file.ts';
import { logLine, logsJson } from '../progress.ts';
import { seconds } from '../format.ts';

interface Options {
  db: string;
  json: boolean;
  html?: string;
  connectionId?: string;
  origins: 'weekly' | 'monthly';
  horizon: number | 'quarter';
  from?: number;
  until?: number;
}

const HTML = 'also write the report with its charts to a file that loads nothing';

const HELP = `
What it does: goes back to past Mondays (origins), fits on what was known then, says what it would
have said of every deal, partner and quarter, and holds that against what came. It reads the local
copy alone; the CRM is neither asked nor written to. The same rows give the same report.

How to read it:
  log loss   the price of what was said; lower is better. Compare with "stage and age" beside it
  gain       what is saved against a simpler way, with its 95% interval: above zero = skill
  held       share of 80% intervals that held; 80% must lie inside its own interval
  verdict    "yes", "no" (no skill yet), or "too early" where too little has ended

With the default horizon what was replayed becomes a record of its own, marked "replayed"; it can
open a connection with \`shadow: until-skill\`, and texts speak of it until live statements end.

Of a folder of CSV files:
  $ headwater sync run --dry-run --connection csv.yaml && headwater backtest run --origins weekly`;

export function registerBacktest(noun: Command, deps: CliDeps): void {
  withDatabase(
    noun.command('run').description('replays past moments and judges what would have been said'),
    'headwater backtest run --origins monthly --horizon quarter',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .option('--origins <weekly|monthly>', 'how often to go back', oneOf, 'monthly')
    .option('--horizon <days|quarter>', '14, 28 or any days from 1 to 365', horizon, 'quarter')
    .option(
      '--from <day>',
      'first origin, such as 2026-01-05 (a year before the end)',
      day('--from'),
    )
    .option('--until <day>', 'last origin (the last run)', day('--until'))
    .option('--html <file>', HTML)
    .addHelpText('after', HELP)
    .action(async (options: Options) => await run(deps, options));
  withDatabase(
    noun.command('show').description('the report of the last backtest again'),
    'headwater backtest show',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .option('--html <file>', HTML)
    .action(async (options: Options) => await show(deps, options));
}

/** On the terminal, and as a file of its own where one is named. */
async function print(
  deps: CliDeps,
  options: Options,
  { store, connectionId }: { store: Store; connectionId: string },
  report: BacktestReport,
): Promise<void> {
  if (options.html !== undefined) {
    const ids = (report.record.partners ?? []).map(({ partnerId }) => partnerId);
    const names = await breakdownNames(store, connectionId, ids);
    await writeOut(
      resolve(deps.cwd, options.html),
      backtestPage(report, new Map(Object.entries(names))),
    );
  }
  if (options.json) return printJson(deps, report);
  deps.stdout(backtestText(report));
  if (options.html !== undefined) deps.stdout(`\n  with charts: ${options.html}\n`);
}

function oneOf(text: string): Options['origins'] {
  if (text === 'weekly' || text === 'monthly') return text;
  throw usage(`--origins takes weekly or monthly, not "${text}"`);
}

function horizon(text: string): Options['horizon'] {
  if (text === 'quarter') return text;
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 365) return days;
  throw usage(`--horizon takes quarter or a number of days from 1 to 365, not "${text}"`);
}

const day =
  (name: string) =>
  (text: string): number => {
    const ms = Date.parse(`${text}T00:00:00Z`);
    const exact =
      /^\d{4}-\d{2}-\d{2}$/.test(text) &&
      !Number.isNaN(ms) &&
      new Date(ms).toISOString().startsWith(text);
    if (!exact) throw usage(`${name} takes a day such as 2026-01-05, not "${text}"`);
    return ms;
  };

/** A line an origin on stderr, so that nobody takes the wait for a hang. */
function progressOf(deps: CliDeps, quiet: boolean): BacktestProgress {
  let before = deps.nowMs();
  return ({ done, of, atMs, deals }) => {
    const ms = deps.nowMs() - before;
    before = deps.nowMs();
    if (logsJson(deps.env)) return logLine(deps, 'origin', { done, of, atMs, deals, ms });
    const at = new Date(atMs).toISOString().slice(0, 10);
    if (quiet) return;
    if (done === 0)
      deps.stderr(`  ${of} origins from ${at}; the first takes longest: it learns the level\n`);
    else deps.stderr(`  ✓ origin ${at} (${done} of ${of}): ${deals} open deals, ${seconds(ms)}\n`);
  };
}

async function run(deps: CliDeps, options: Options): Promise<void> {
  if (options.from !== undefined && options.until !== undefined && options.from > options.until)
    throw usage('--from lies after --until');
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const { report, judged } = await backtest(
      await backtestPlace(store, connectionId),
      {
        every: options.origins,
        horizon: options.horizon,
        fromMs: options.from ?? null,
        untilMs: options.until ?? null,
      },
      progressOf(deps, options.json),
    );
    await keepBacktest(store, connectionId, report, judged);
    await print(deps, options, { store, connectionId }, report);
  });
}

async function show(deps: CliDeps, options: Options): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const report = await readBacktest(store, connectionId);
    if (report === null)
      throw new HeadwaterError('config', 'no backtest has been run yet', {
        cure: 'Run `headwater backtest run`: it reads the local copy alone.',
      });
    await print(deps, options, { store, connectionId }, report);
  });
}
