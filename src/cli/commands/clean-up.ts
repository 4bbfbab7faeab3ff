import { resolve } from 'node:path';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { spreadsheetCell } from '../../model/clean-text.ts';
import { dealRows, type DealRow } from '../../store/deal-views.ts';
import type { Store } from '../../store/store.ts';
import { spokenSettings } from '../../sync/measure/spoken.ts';
import { onExistingStore, printJson, soleConnection, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, instant, plural, printable, table, whole } from '../format.ts';
import { withOut } from '../out-file.ts';

interface Options {
  db: string;
  json: boolean;
  csv?: string;
  connectionId?: string;
}

/** Rows of one answer, so that a company with many thousands of them is not held twice. */
const PAGE = 500;
/** Enough to see what the list is about; all of them are in the file. */
const SHOWN = 20;
const ZOMBIES = {
  name: null,
  partnerId: null,
  ownerId: null,
  state: 'open',
  health: null,
} as const;

export function registerCleanUp(attention: Command, deps: CliDeps): void {
  withDatabase(
    attention
      .command('cleanup')
      .description('deals that are open in the CRM alone, for an admin to close in one go'),
    'headwater attention cleanup --csv cleanup.csv',
  )
    .option('--csv <file>', 'all of them as a file, by record id, for a mass update')
    .option('--connection-id <id>', 'where the database holds several')
    .action(async (options: Options) => await cleanUp(deps, options));
}

/** Largest amounts first: what they hide of the pipeline is largest. */
async function zombies(store: Store, connectionId: string): Promise<DealRow[]> {
  const found: DealRow[] = [];
  for (;;) {
    const rows = await dealRows(
      store,
      connectionId,
      { ...ZOMBIES, zombie: true, ids: null },
      { order: 'amount', skip: found.length, limit: PAGE },
    );
    found.push(...rows);
    if (rows.length < PAGE) return found;
  }
}

/** Why nobody should spend an hour on it. */
const why = ({ score }: DealRow): string =>
  score?.standing === 'silent'
    ? 'silent for longer than deals that were won ever were'
    : 'it can no longer be won, whatever is done about it';

const day = (ms: number): string => instant(ms).slice(0, 10);
const chance = ({ score }: DealRow): string => ((score?.everProbability ?? 0) * 100).toFixed(1);

const COLUMNS: [head: string, of: (row: DealRow) => string | number][] = [
  ['object', (row) => row.object],
  ['record id', (row) => row.id],
  ['name', (row) => row.name],
  ['stage', (row) => row.stage],
  ['owner', (row) => row.ownerName ?? row.ownerId ?? ''],
  ['partner', (row) => row.partnerName ?? row.partnerId ?? ''],
  ['amount', (row) => row.amount ?? ''],
  ['currency', (row) => row.currency ?? ''],
  ['created', (row) => day(row.createdAtMs)],
  ['close date', (row) => row.closeDate ?? ''],
  ['percent chance to be won at all', chance],
  ['why', why],
];

/** Numbers stay numbers; text of the CRM cannot be a formula. */
const csvLine = (row: DealRow): string =>
  stringify([
    COLUMNS.map(([, of]) => {
      const value = of(row);
      return typeof value === 'number' ? String(value) : spreadsheetCell(value);
    }),
  ]);

async function writeCsv(file: string, rows: readonly DealRow[]): Promise<void> {
  await withOut(file, async (handle) => {
    await handle.write(stringify([COLUMNS.map(([head]) => head)]));
    for (const row of rows) await handle.write(csvLine(row));
  });
}

async function cleanUp(deps: CliDeps, options: Options): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const { reportingCurrency } = await spokenSettings(store, connectionId);
    const found = await zombies(store, connectionId);
    const rows = found.map((row) => ({ ...row, currency: row.currency ?? reportingCurrency }));
    if (options.csv !== undefined) await writeCsv(resolve(deps.cwd, options.csv), rows);
    if (options.json)
      return printJson(deps, { total: rows.length, deals: rows.map((row) => jsonOf(row)) });
    deps.stdout(text(rows, options.csv));
  });
}

const jsonOf = ({ score, ...row }: DealRow) => ({
  ...row,
  everProbability: score?.everProbability ?? null,
  why: why({ score, ...row }),
});

function text(rows: readonly DealRow[], file: string | undefined): string {
  const where = file === undefined ? 'all of them with --csv FILE' : `all of them in ${file}`;
  if (rows.length === 0) return '  no deal is open in the CRM alone\n';
  return [
    heading(`${plural(rows.length, 'deal')} open in the CRM alone`),
    table(
      ['deal', 'owner', 'amount', 'created', 'why'],
      rows
        .slice(0, SHOWN)
        .map((row) => [
          printable(row.name, 40),
          printable(row.ownerName ?? row.ownerId ?? '', 24),
          row.amount === null ? '-' : `${whole(row.amount)} ${row.currency ?? ''}`.trim(),
          day(row.createdAtMs),
          why(row),
        ]),
      ['left', 'left', 'right'],
    ),
    `  close them in one go, in the CRM; nobody's hour is asked for one: ${where}\n`,
  ].join('');
}
