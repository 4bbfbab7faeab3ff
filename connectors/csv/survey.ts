import { contentHash } from '../../src/model/canonical.ts';
import type { CrmType } from '../../src/model/connector.ts';
import type { DecimalSign } from '../../src/model/number-text.ts';
import { type DiskFile, statFile } from './disk.ts';
import { fileError } from './errors.ts';
import { ColumnType, type Doubts } from './infer.ts';
import { type Format, findDelimiter, readLines } from './parse.ts';
import { RepeatFinder, RepeatSorter, type Repeats, toNumber } from './repeats.ts';
import { keyOf, type RowKey, rowId } from './row-id.ts';
import type { FileSettings } from './settings.ts';

/** Enough to find the rows by; more would only fill the page. */
const SHOWN_RAGGED = 5;

interface Column {
  name: string;
  /** What the header says, where an earlier column has that name. */
  shares: string | null;
  type: CrmType;
  decimal: DecimalSign | undefined;
  /** Its cells that may be thousands or decimals. */
  doubts: Doubts | null;
  /** Cells of a column of numbers that are none. */
  unread: Doubts | null;
  /** Some of its cells prove a point, others a comma. */
  contradicts: boolean;
}

/**
 * What one pass over a file tells: needed before its first row can be read, because types and
 * repeated ids depend on all rows.
 */
export interface Survey {
  object: string;
  file: DiskFile;
  format: Format;
  columns: Column[];
  key: RowKey;
  /** Position of the stamp column; null = the file's own time. */
  stamp: number | null;
  /** Data rows, repeated ones too. */
  rows: number;
  repeats: Repeats;
  /**
   * Rows with more cells than the header: their cells have slipped, so none but the id is believed.
   */
  ragged: { count: number; lines: number[] };
  /** Rows with fewer cells than the header: what is missing was not read. */
  short: { count: number; lines: number[] };
}

/** Surveys a file; a `transient` error when it changes meanwhile. */
export async function survey(
  dir: string,
  object: string,
  file: DiskFile,
  settings: FileSettings,
): Promise<Survey> {
  const delimiter =
    settings.delimiter ?? (await findDelimiter(file.path, file.name, settings.encoding));
  const { encoding, looseQuotes } = settings;
  const format: Format = { delimiter, encoding, looseQuotes };
  let header: string[] | null = null;
  let said: string[] = [];
  let key: RowKey = { columns: [] };
  const types: ColumnType[] = [];
  const finder = new RepeatFinder();
  const ragged: Survey['ragged'] = { count: 0, lines: [] };
  const short: Survey['short'] = { count: 0, lines: [] };
  for await (const { cells, line } of readLines(file.path, file.name, format)) {
    if (header === null) {
      header = columnNames(cells);
      said = cells.map((cell) => cell.trim());
      key = needKey(header, object, file, settings);
      types.push(...header.map(() => new ColumnType(settings.decimal)));
      continue;
    }
    finder.add(contentHash(rowId(key, cells)));
    if (cells.length < header.length) note(short, line);
    if (isRagged(cells, header.length)) note(ragged, line);
    else for (const [at, type] of types.entries()) type.see(cells[at], line);
  }
  if (header === null) throw fileError({ file: file.name, code: 'NO_HEADER' });
  const repeats = await sortRepeats(file, format, key, finder.suspects());
  if ((await statFile(dir, file.name))?.version !== file.version)
    throw fileError({ file: file.name, code: 'FILE_CHANGING' });
  return {
    object,
    file,
    format,
    key,
    rows: finder.rows,
    repeats,
    ragged,
    short,
    stamp: stampColumn(header, settings, file),
    columns: header.map((name, at) => ({
      ...columnOf(name, at, types[at]!, key, settings),
      shares: said[at] === '' || said[at] === name ? null : said[at]!,
    })),
  };
}

function note(found: { count: number; lines: number[] }, line: number): void {
  found.count += 1;
  if (found.lines.length < SHOWN_RAGGED) found.lines.push(line);
}

const NUMBERS: CrmType[] = ['integer', 'number', 'money', 'percent'];

function columnOf(
  name: string,
  at: number,
  found: ColumnType,
  key: RowKey,
  settings: FileSettings,
): Omit<Column, 'shares'> {
  const given = settings.types[name] ?? namedType(name, at, key, settings);
  const type = given ?? found.type;
  // Text such as a version or an id is no number, whatever it looks like.
  const numeric = NUMBERS.includes(type);
  return {
    name,
    type,
    decimal: found.decimal,
    doubts: numeric ? found.doubts : null,
    unread: numeric || given === null ? found.unread : null,
    contradicts: (numeric || given === null) && found.contradicts,
  };
}

/** `created_at`, `CreatedDate`, `Date created`, `hs_createdate`: people's words for it. */
const WHEN_CREATED = /(^|[_ .-])(create[ds]?|creation)([_ -]?(at|on|date|time|datetime|ms))?$/i;

/**
 * The column of the last change. One that says when a row was created stands still when somebody
 * edits the row, so the time of the file counts instead and the file is read whole.
 */
function stampColumn(header: string[], settings: FileSettings, file: DiskFile): number | null {
  if (settings.stamp === undefined) return null;
  const at = needColumn(header, settings.stamp, file);
  return saysWhenCreated(settings.stamp) ? null : at;
}

export const saysWhenCreated = (column: string): boolean => WHEN_CREATED.test(column);

/** `deal_id`, `Deal ID`, `dealId`: ids join files, so they are text whatever digits they have. */
const CAMEL_ID = /\p{Ll}I[dD]$/u;
const WORD_ID = /(^|[_ -])id$/i;

function namedType(name: string, at: number, key: RowKey, settings: FileSettings): CrmType | null {
  if (settings.references[name] !== undefined) return 'reference';
  if (key.columns.length === 1 && key.columns[0] === at) return 'id';
  return WORD_ID.test(name) || CAMEL_ID.test(name) ? 'reference' : null;
}

/** Trailing delimiters are a habit of spreadsheets; anything in those cells is a slip. */
export const isRagged = (cells: string[], width: number): boolean =>
  cells.length > width && cells.slice(width).some((cell) => cell !== '');

async function sortRepeats(
  file: DiskFile,
  format: Format,
  key: RowKey,
  suspects: Set<number>,
): Promise<Repeats> {
  const sorter = new RepeatSorter();
  if (suspects.size === 0) return sorter.repeats;
  let row = -1;
  for await (const { cells } of readLines(file.path, file.name, format)) {
    if (row >= 0) {
      const id = rowId(key, cells);
      if (suspects.has(toNumber(contentHash(id)))) sorter.see(id, row);
    }
    row += 1;
  }
  return sorter.repeats;
}

/**
 * Every column has a name of its own: nameless ones are numbered, and so are those that share one.
 */
function columnNames(cells: string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, at) => {
    const base = cell.trim() === '' ? `column ${at + 1}` : cell.trim();
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} (${n})`;
    taken.add(name);
    return name;
  });
}

function needColumn(header: string[], name: string, file: DiskFile): number {
  const at = header.indexOf(name);
  if (at < 0) throw fileError({ file: file.name, code: 'NO_SUCH_COLUMN', detail: name });
  return at;
}

function needKey(header: string[], object: string, file: DiskFile, settings: FileSettings): RowKey {
  const key = keyOf(header, object, settings.id);
  if ('missing' in key)
    throw fileError({ file: file.name, code: 'NO_SUCH_COLUMN', detail: key.missing });
  return key;
}
