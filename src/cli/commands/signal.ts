import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import {
  readSignalCsv,
  SIGNAL_COLUMNS,
  type ReadSignals,
  type SignalColumn,
} from '../../mapping/signals/read-csv.ts';
import { HeadwaterError } from '../../model/error.ts';
import { SIGNAL_SOURCE } from '../../model/signals.ts';
import { feedSecret, SIGNALS_SECRET, webhookSecret } from '../../model/webhook-secret.ts';
import { retrySignals, takeSignals, type SignalOutcome } from '../../sync/measure/signal-intake.ts';
import { signalOverview, type SignalArrivals } from '../../sync/measure/signal-overview.ts';
import { EXIT, printJson, usage, withDatabase } from '../command.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { instant, plural, printable, table } from '../format.ts';
import { CONNECTION_ID, onPlans, type PlanOptions } from './on-plans.ts';

/** About a million rows; the file is read as a whole, since its columns rule its cells. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** Findings that people read before they open the file. */
const SHOWN = 20;

interface ImportOptions extends PlanOptions {
  source: string;
  column: Partial<Record<SignalColumn, string>>;
  decimal?: '.' | ',';
  history: boolean;
  yes: boolean;
}

export function registerSignal(signal: Command, deps: CliDeps, setExit: SetExit): void {
  withDatabase(
    signal
      .command('import')
      .description('signals from a spreadsheet (CSV); shown first, kept with --yes')
      .argument('<file>', 'a row a signal: partner, kind, date, and value and key where there are'),
    'headwater signal import trainings.csv --source lms --yes',
  )
    .option(...CONNECTION_ID)
    .option('--source <name>', 'the system that they come from; keys are its own', 'csv')
    .option('--column <name=header>', 'a column that is called something else', columns, {})
    .addOption(
      new Option('--decimal <mark>', 'decimal mark of the numbers in the file').choices(['.', ',']),
    )
    .option('--history', 'they were known when they happened: a first load of the past', false)
    .option('--yes', 'keep them', false)
    .action(
      async (file: string, options: ImportOptions) =>
        await importSignals(deps, file, options, setExit),
    );
  withDatabase(
    signal.command('list').description('kinds, their units, and what has arrived of each'),
    'headwater signal list',
  )
    .option(...CONNECTION_ID)
    .action(
      async (options: PlanOptions) =>
        await onPlans(deps, options, async (store, connectionId) => {
          const found = await signalOverview(store, connectionId);
          if (options.json) return printJson(deps, found);
          deps.stdout(overviewText(found.kinds, found.refused));
        }),
    );
  withDatabase(
    signal
      .command('secret')
      .description('the secret of a webhook, for the system that sends it')
      .argument('<feed>', 'its name under settings.signalFeeds of the mapping'),
    'HEADWATER_SIGNALS_SECRET=... headwater signal secret lms',
  )
    .option(...CONNECTION_ID)
    .action(
      async (feed: string, options: PlanOptions) =>
        await onPlans(deps, options, async (_, connectionId) => {
          const own = webhookSecret(SIGNALS_SECRET, deps.env[SIGNALS_SECRET]);
          if (own === undefined) throw usage('HEADWATER_SIGNALS_SECRET is not set');
          const found = {
            path: `/webhooks/signals/${connectionId}/${feed}`,
            secret: await feedSecret(own, connectionId, feed),
          };
          if (options.json) return printJson(deps, found);
          deps.stdout(`${found.path}\n${found.secret}\n`);
        }),
    );
  withDatabase(
    signal
      .command('retry')
      .description('tries refused signals again, once their partner or kind is known'),
    'headwater signal retry',
  )
    .option(...CONNECTION_ID)
    .action(
      async (options: PlanOptions) =>
        await onPlans(deps, options, async (store, connectionId) => {
          const kept = await retrySignals(store, connectionId, deps.nowMs());
          if (options.json) return printJson(deps, { kept });
          deps.stdout(`${plural(kept, 'signal')} kept\n`);
        }),
    );
}

function columns(
  one: string,
  all: Partial<Record<SignalColumn, string>>,
): Partial<Record<SignalColumn, string>> {
  const [column, ...header] = one.split('=');
  if (!Object.hasOwn(SIGNAL_COLUMNS, column!) || header.length === 0)
    throw usage(
      `--column takes NAME=HEADER, where NAME is one of ${Object.keys(SIGNAL_COLUMNS).join(', ')}`,
    );
  return { ...all, [column!]: header.join('=') };
}

async function readFileOf(deps: CliDeps, file: string): Promise<string> {
  const path = resolve(deps.cwd, file);
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES)
      throw new HeadwaterError('config', `the file ${file} is larger than 128 MB`, {
        code: 'FILE_SIZE',
        cure: 'Split it; the parts may be imported in any order.',
      });
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof HeadwaterError) throw error;
    throw new HeadwaterError('config', `the file ${file} cannot be read`, {
      code: 'ENOENT',
      cure: 'Name a CSV file with a row a signal.',
      cause: error,
    });
  }
}

async function importSignals(
  deps: CliDeps,
  file: string,
  options: ImportOptions,
  setExit: SetExit,
): Promise<void> {
  if (!SIGNAL_SOURCE.test(options.source))
    throw usage('--source takes lower-case letters, digits and dashes, at most 40');
  const { column, decimal, source, history } = options;
  const read = readSignalCsv(await readFileOf(deps, file), {
    columns: column,
    ...(decimal === undefined ? {} : { decimal }),
  });
  await onPlans(deps, options, async (store, connectionId) => {
    const delivery = { source, signals: read.signals, history };
    const done = await takeSignals(store, connectionId, delivery, deps.nowMs(), !options.yes);
    if (read.findings.length + done.refused.length > 0) setExit(EXIT.failed);
    if (options.json) {
      const { columns: found, findings } = read;
      return printJson(deps, { columns: found, findings, ...done, dryRun: !options.yes });
    }
    deps.stdout(importText(read, done, options.yes));
  });
}

function importText(read: ReadSignals, done: SignalOutcome, kept: boolean): string {
  const refused = [
    ...read.findings.map((one) => [
      one.line === null ? '' : `line ${one.line}`,
      one.message,
      one.cure,
    ]),
    ...done.refused.map((one) => [one.key.slice(0, 20), one.message, one.cure]),
  ];
  const places =
    read.columns === null
      ? ''
      : `${Object.entries(read.columns.at)
          .map(([column, index]) => `  ${column} = "${printable(read.headers[index] ?? '', 40)}"`)
          .join('\n')}\n\n`;
  const rows = refused.slice(0, SHOWN).map((cells) => cells.map((cell) => printable(cell, 90)));
  const more = refused.length > SHOWN ? `  and ${refused.length - SHOWN} more\n` : '';
  const faults =
    rows.length === 0 ? '' : `${table(['where', 'refused', 'what to do'], rows)}${more}\n`;
  const sound = read.signals.length - done.refused.length;
  const verdict = kept
    ? `${plural(done.kept, 'signal')} kept, ${done.corrected} corrected, ${done.same} known already, ${refused.length} refused\n`
    : `Nothing was kept yet: add --yes to keep ${plural(sound, 'signal')}${refused.length > 0 ? ' and put the others into quarantine' : ''}.\n`;
  return `${places}${faults}${verdict}`;
}

function overviewText(kinds: readonly SignalArrivals[], refused: number): string {
  const rows = kinds.map((one) => [
    one.kind,
    one.unit ?? '?',
    printable(one.label ?? 'no declared kind', 40),
    one.signals === 0 ? '' : String(one.signals),
    one.partners === 0 ? '' : String(one.partners),
    one.lastMs === null ? '' : instant(one.lastMs),
  ]);
  const held =
    refused === 0 ? '' : `\n${plural(refused, 'signal')} refused: headwater quarantine list\n`;
  return `${table(['kind', 'unit', 'what it is', 'signals', 'partners', 'newest'], rows)}${held}`;
}
