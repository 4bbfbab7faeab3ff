import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EVERY_INTENT, type IntentFilter } from '../../store/plan-filter.ts';
import { findConnection, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { count, printJson } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, plural } from '../format.ts';
import { recordChanges, type RecordChange } from './changes.ts';
import { diffFile, type DiffFile } from './files.ts';
import { sayOf } from '../own-words.ts';
import { PART_NAMES, partOf, withPart, type PartOptions } from './part.ts';
import { recordText, Tally } from './text.ts';

export interface DiffOptions extends PartOptions {
  limit?: number;
  csv?: string;
  html?: string;
}

/** Records that fit a terminal that a person scrolls through; a file gets all of them. */
const SHOWN = 50;

export const withDiff = (command: Command): Command => withFiles(withPart(command));

export const withFiles = (command: Command): Command =>
  command
    .option('--limit <n>', `how many records (${SHOWN} on a terminal)`, count('--limit', 1))
    .option('--csv <file>', 'the changes as a spreadsheet, for a change ticket')
    .option('--html <file>', 'the changes as a page, for a change ticket');

const NAMES = [...PART_NAMES, 'limit', 'csv', 'html'] as const;

/** The options of a diff that were given, as they are typed. */
export const givenOf = (options: DiffOptions): string[] =>
  NAMES.filter((name) => options[name] !== undefined).map(
    (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );

const FILES = ['csv', 'html'] as const;

type Asked = DiffOptions & { json: boolean };

/** Shows what a run changes or would change, and writes the files that were asked for. */
export async function showDiff(
  machine: CliDeps,
  store: Store,
  run: Run,
  options: Asked,
): Promise<void> {
  const deps = { ...machine, stdout: await sayOf(machine, store, run.connectionId) };
  const filter = await filterOf(deps, store, run, options);
  const files: DiffFile[] = [];
  for (const kind of FILES) {
    const file = options[kind];
    if (file !== undefined) files.push(await diffFile(kind, resolve(deps.cwd, file), run));
  }
  const tally = new Tally();
  const json: RecordChange[] = [];
  const print = printer(deps, options);
  try {
    for await (const record of recordChanges(store, run, filter)) {
      tally.add(record);
      print(record, tally.records);
      if (tally.records > (options.limit ?? Number.POSITIVE_INFINITY)) continue;
      for (const file of files) await file.add(record);
      if (options.json) json.push(record);
    }
    for (const file of files) await file.end();
  } catch (error) {
    for (const file of files) await file.drop();
    throw error;
  }
  if (options.json) return printJson(deps, { runId: run.id, dryRun: run.dryRun, records: json });
  deps.stdout(endText(run, options, tally));
}

/** Prints the first records, each object under its heading. */
function printer(deps: CliDeps, options: Asked): (record: RecordChange, nth: number) => void {
  let object: string | null = null;
  return (record, nth) => {
    if (options.json || nth > (options.limit ?? SHOWN)) return;
    if (record.object !== object) deps.stdout(heading(record.object));
    object = record.object;
    deps.stdout(recordText(record));
  };
}

function endText(run: Run, options: Asked, tally: Tally): string {
  const all = PART_NAMES.every((name) => options[name] === undefined);
  if (tally.records === 0)
    return `run ${run.id} changes nothing${all ? '' : ' of what you asked for'}\n`;
  const left = tally.records - (options.limit ?? SHOWN);
  return [
    left > 0
      ? `\n  … and ${plural(left, 'more record')}: --limit ${tally.records} shows them\n`
      : '',
    tally.text(),
    ...FILES.filter((kind) => options[kind] !== undefined).map(
      (kind) => `  written: ${options[kind]}\n`,
    ),
  ].join('');
}

async function filterOf(
  deps: CliDeps,
  store: Store,
  run: Run,
  options: DiffOptions,
): Promise<IntentFilter> {
  const known = await findConnection(store, run.connectionId);
  const connection = { id: run.connectionId, crm: known?.crm };
  return (await partOf(deps, store, { connection, runId: run.id }, options)) ?? EVERY_INTENT;
}
