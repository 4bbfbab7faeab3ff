/** The only place that reads the codes of files, decoders and parsers. */
import { type ErrorKind, HeadwaterError } from '../../src/model/error.ts';

interface Rule {
  kind: ErrorKind;
  words: string;
  cure?: string;
}

const SHARED =
  'Close the program that writes it, or let it write to another name and rename the file when it is done.';
const QUOTES =
  'Put the whole cell into quotes and double the quotes inside it (RFC 4180), or set `looseQuotes: true` for this file.';
const RULES: Record<string, Rule> = {
  ENOENT: {
    kind: 'config',
    words: 'it is not there',
    cure: 'Correct `dir` or `files` in the connection settings, or put the file back.',
  },
  ENOTDIR: { kind: 'config', words: 'it is no folder', cure: 'Name a folder in `dir`.' },
  EISDIR: { kind: 'config', words: 'it is a folder', cure: 'Name a file.' },
  EACCES: {
    kind: 'config',
    words: 'this program may not open it',
    cure: 'Give it access to the file.',
  },
  EPERM: {
    kind: 'config',
    words: 'this program may not change it',
    cure: 'Give it access to the folder.',
  },
  EROFS: {
    kind: 'config',
    words: 'the disk is read-only',
    cure: 'Use a folder that can be written to.',
  },
  ENOSPC: { kind: 'config', words: 'the disk is full', cure: 'Make room on the disk.' },
  EBUSY: { kind: 'transient', words: 'another program holds it' },
  EMFILE: { kind: 'transient', words: 'too many files are open' },
  FILE_CHANGING: { kind: 'transient', words: 'it is being written', cure: SHARED },
  Z_BUF_ERROR: { kind: 'transient', words: 'its end is missing', cure: SHARED },
  Z_DATA_ERROR: { kind: 'config', words: 'it is damaged', cure: 'Make the .gz file anew.' },
  CSV_QUOTE_NOT_CLOSED: {
    kind: 'config',
    words: 'a quoted cell never ends',
    cure: 'Add the missing quote, or double the quotes inside the cell.',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    kind: 'config',
    words: 'a quoted cell goes on behind its closing quote',
    cure: QUOTES,
  },
  INVALID_OPENING_QUOTE: {
    kind: 'config',
    words: 'a quote stands inside a cell that does not begin with one',
    cure: QUOTES,
  },
  CSV_MAX_RECORD_SIZE: {
    kind: 'config',
    words: 'a row is longer than any row should be, probably because a quoted cell never ends',
    cure: 'Add the missing quote, or double the quotes inside the cell.',
  },
  ERR_ENCODING_INVALID_ENCODED_DATA: {
    kind: 'config',
    words: 'it is not in the encoding it was read with',
    cure: 'Set `encoding` for this file, such as windows-1252 or utf-16le.',
  },
  NO_HEADER: {
    kind: 'config',
    words: 'it has no header line',
    cure: 'Export it again: an empty file is never taken for "all rows are gone".',
  },
  TWO_FILES: {
    kind: 'config',
    words: 'there is a .csv and a .csv.gz of that name',
    cure: 'Remove one of them, or name the right one in `files`.',
  },
  NO_SUCH_COLUMN: {
    kind: 'config',
    words: 'a column is not there',
    cure: 'Take it out of the mapping or the settings, or put it back into the file.',
  },
};

export interface FileFault {
  file: string;
  code: string;
  detail?: string;
  cause?: unknown;
}

/** Columns are counted from one, as spreadsheets do. */
const columnOf = (error: Error): string =>
  'column' in error && typeof error.column === 'number' ? `, column ${error.column + 1}` : '';

/** A fault that the connector found itself. */
export function fileError({ file, code, detail, cause }: FileFault): HeadwaterError {
  const rule = RULES[code] ?? { kind: 'bug' as const, words: code };
  return new HeadwaterError(
    rule.kind,
    `${file}: ${rule.words}${detail === undefined ? '' : ` (${detail})`}.`,
    {
      code,
      ...(rule.cure === undefined ? {} : { cure: rule.cure }),
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

/** Any failure of reading or writing a file as the engine's error. */
export function toHeadwaterError(error: unknown, file: string): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string'
      ? error.code
      : 'UNKNOWN';
  const line =
    error instanceof Error && 'lines' in error && typeof error.lines === 'number'
      ? `line ${error.lines}${columnOf(error)}`
      : undefined;
  if (RULES[code] !== undefined)
    return fileError({ file, code, cause: error, ...(line === undefined ? {} : { detail: line }) });
  return new HeadwaterError(
    'bug',
    `${file}: ${error instanceof Error ? error.message : String(error)}`,
    { code, cause: error },
  );
}
