/**
 * Writes the table of connectors' features into `connectors/README.md`, between its markers;
 * `--check` only says whether it is current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '../connectors/index.ts';
import type { ConnectorFeatures } from '../src/model/connector.ts';

const README = resolve(import.meta.dirname, '../connectors/README.md');
const [BEGIN, END] = ['<!-- features: begin -->', '<!-- features: end -->'];

const yes = (value: boolean): string => (value ? 'yes' : '–');
const ROWS: [string, (features: ConnectorFeatures) => string][] = [
  ['rows of a read page, at most', (features) => features.readPage.toLocaleString('en')],
  ['calls for a full page, about', (features) => String(features.pageCalls ?? 1)],
  ['rows of a write batch', (features) => features.writeBatch.toLocaleString('en')],
  ['deleted rows come flagged', (features) => yes(features.deletes)],
  [
    'delete log, days (else an audit of ids)',
    (features) => (features.deleteLogDays === 0 ? '–' : String(features.deleteLogDays)),
  ],
  ['merges name their winner', (features) => yes(features.merges)],
  ['associations on the row', (features) => yes(features.associations)],
  ['property history on the row', (features) => yes(features.rowHistory)],
  ['makes fields', (features) => yes(features.provisioning)],
  ['counts', (features) => yes(features.counts)],
  ['tells its budget', (features) => yes(features.budget)],
  [
    'resolution of stamps',
    (features) =>
      features.stampResolutionMs >= 1_000
        ? `${features.stampResolutionMs / 1_000} s`
        : `${features.stampResolutionMs} ms`,
  ],
];

/** The table as Markdown, one column a connector, from what each declares. */
export async function featureTable(): Promise<string> {
  const all = await Promise.all(Object.values(connectors).map(async (load) => await load()));
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...all.map(({ name }) => name)]),
    line(['---', ...all.map(() => '---')]),
    ...ROWS.map(([label, show]) => line([label, ...all.map(({ features }) => show(features))])),
  ].join('\n');
}

/** The README with the table of today. Throws when the markers are gone. */
export async function withTable(text: string): Promise<string> {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`no ${BEGIN} … ${END} in connectors/README.md`);
  return `${text.slice(0, from + BEGIN.length)}\n${await featureTable()}\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(README, 'utf8');
  const current = await withTable(text);
  if (process.argv.includes('--check') && current !== text)
    throw new Error(
      'connectors/README.md: the feature table is not current; run node tools/feature-table.ts',
    );
  writeFileSync(README, current);
}
