import { stringify } from 'csv-stringify/sync';
import { spreadsheetCell } from '../../model/clean-text.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say, type PrintedId } from '../../model/language/printed.ts';
import { inWords } from '../../model/language/say.ts';
import type { Kind } from '../../model/language/template.ts';
import { htmlTable } from '../page/parts.ts';

/** How a number is written for people; a file of figures gets it as it is. */
type Written = Exclude<Kind, 'date'> | 'date' | 'text';
type Value = string | number | null;

export interface Column<Row> {
  /** What heads it for people, and in a file. */
  head: ColumnText;
  kind: Written | ((row: Row) => Written);
  of: (row: Row) => Value;
}
/** Texts that need nothing to be said. */
type ColumnText = Extract<PrintedId, `review.col.${string}`>;

/** One table of the pack: shown on the page, and a file of its own. */
export interface Sheet {
  file: string;
  html: string;
  csv: string;
}

const NONE = '–';

function shown(kind: Written, value: Value, speech: Speech): string {
  if (value === null || value === '') return NONE;
  return kind === 'text' ? String(value) : inWords(kind, value, speech);
}

const raw = (value: Value): string =>
  typeof value === 'number' ? String(value) : spreadsheetCell(value ?? '');

export function sheetOf<Row>(
  file: string,
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  speech: Speech,
): Sheet {
  const heads = columns.map(({ head }) => say(speech, head));
  const kindOf = (column: Column<Row>, row: Row): Written =>
    typeof column.kind === 'function' ? column.kind(row) : column.kind;
  return {
    file,
    html: htmlTable(
      caption,
      heads,
      rows.map((row) => columns.map((one) => shown(kindOf(one, row), one.of(row), speech))),
      '',
      columns.map(({ kind }) => kind !== 'text'),
    ),
    csv: stringify([heads, ...rows.map((row) => columns.map(({ of }) => raw(of(row))))]),
  };
}
