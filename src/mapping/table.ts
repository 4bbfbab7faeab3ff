import { parse } from 'csv-parse/sync';

/** Spreadsheets that people hand over: their rows, and what their columns are. */

/** Spreadsheets end their lines as their makers did. */
const DELIMITERS = [',', ';', '\t', '|'];
/** A row is a few hundred characters; beyond this a quote was left open. */
const MAX_ROW_CHARACTERS = 65_536;

export interface TableRow {
  cells: string[];
  /** Of the file, from 1. */
  line: number;
}

type Rows =
  | { rows: TableRow[] }
  | { fault: { message: string; cure: string; line: number | null } };

/** The rows of a CSV text, its header first. */
export function rowsOfCsv(text: string): Rows {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = DELIMITERS.reduce((best, one) =>
    head.split(one).length > head.split(best).length ? one : best,
  );
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_ROW_CHARACTERS,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return { rows: records.map(({ record, info }) => ({ cells: record, line: info.lines })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /line (\d+)/.exec(message)?.[1];
    const cure = 'Close the quote, or write two quotes for one that belongs to the text.';
    return { fault: { message, cure, line: line === undefined ? null : Number(line) } };
  }
}

export const plainHeader = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/\p{M}|\([^)]*\)/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words beside a column's name that do not change what it is. */
const BESIDE = new Set([
  ...['annual', 'yearly', 'quarterly', 'monthly', 'weekly', 'per', 'a', 'each', 'the', 'our'],
  ...['total', 'agreed', 'planned', 'fy', 'month', 'in', 'for', 'of', 'usd', 'eur', 'gbp', 'chf'],
  ...['annuel', 'annuelle', 'mensuel', 'mensuelle', 'anual', 'mensual', 'jahres', 'monatliche'],
]);
const YEAR = /^(?:fy)?(?:\d{2}|20\d{2})$/;
/** The name of a column by itself, in the singular; empty where nothing is left. */
const ownWords = (text: string): string =>
  plainHeader(text)
    .split(' ')
    .filter((word) => !BESIDE.has(word) && !YEAR.test(word))
    .join(' ')
    .replace(/s$/, '');

export interface Recognised<Column extends string> {
  /** Index of each column that was found. */
  at: Partial<Record<Column, number>>;
  /** Headers that mean nothing to us. */
  ignored: string[];
  missing: Column[];
}

/** What a column of a kind of spreadsheet is called, likeliest word first. */
export type Columns<Column extends string> = Readonly<
  Record<Column, { required: boolean; words: readonly string[] }>
>;

/** How well a header names a column, 0 the best; null = not at all. */
function rankOf(words: readonly string[], header: string): number | null {
  const whole = words.indexOf(plainHeader(header));
  if (whole >= 0) return whole;
  const own = words.indexOf(ownWords(header));
  return own < 0 ? null : words.length + own;
}

/**
 * Finds columns by their headers. The best match wins: how early a header stands in the words of a
 * column, then the order of the columns; a header with words beside the name comes after all that
 * have none. A header is used once. `given` = what the admin said.
 */
export function columnFinder<Column extends string>(columns: Columns<Column>) {
  const names = Object.keys(columns) as Column[];
  return (
    headers: readonly string[],
    given: Partial<Record<Column, string>> = {},
  ): Recognised<Column> => {
    const at: Partial<Record<Column, number>> = {};
    const used = new Set<number>();
    const take = (column: Column, index: number): void => {
      at[column] = index;
      used.add(index);
    };
    for (const column of names) {
      const header = given[column];
      const index =
        header === undefined
          ? -1
          : headers.findIndex((one) => plainHeader(one) === plainHeader(header));
      if (index >= 0) take(column, index);
    }
    const found = names
      .flatMap((column) =>
        headers.flatMap((header, index) => {
          const rank = rankOf(columns[column].words, header);
          return rank === null ? [] : [{ column, index, rank }];
        }),
      )
      .sort((a, b) => a.rank - b.rank || names.indexOf(a.column) - names.indexOf(b.column));
    for (const { column, index } of found)
      if (at[column] === undefined && !used.has(index)) take(column, index);
    return {
      at,
      ignored: headers.filter((header, index) => !used.has(index) && header.trim() !== ''),
      missing: names.filter((column) => columns[column].required && at[column] === undefined),
    };
  };
}
