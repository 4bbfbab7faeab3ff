import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { readChunks } from './disk.ts';
import { toHeadwaterError } from './errors.ts';

/**
 * No real row is longer; past it a quote was left open, and the rest of the file would be taken for
 * one cell.
 */
const MAX_ROW_CHARACTERS = 2 ** 20;
/** A header is within this much of the file's beginning. */
const HEAD_CHARACTERS = 65_536;
const DELIMITERS = [',', ';', '\t', '|'];
/** All at once, because files that several systems wrote to have several. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

export interface Format {
  delimiter: string /** undefined = UTF-8, or what the byte order mark says */;
  encoding: string | undefined;
  /** Take quotes that break RFC 4180 as they stand, as far as the parser can. */
  looseQuotes?: boolean;
}

/** One record; `line` is where it ends (1-based). */
export interface Line {
  cells: string[];
  line: number;
}

const rules = (delimiter: string, looseQuotes = false) => ({
  delimiter,
  record_delimiter: LINE_ENDS,
  relax_column_count: true,
  relax_quotes: looseQuotes,
  skip_empty_lines: true,
  max_record_size: MAX_ROW_CHARACTERS,
});

/** Records of a file from its beginning, the header first. Memory holds a chunk, never the file. */
export async function* readLines(path: string, name: string, format: Format): AsyncGenerator<Line> {
  const source = Readable.from(decoded(path, format.encoding));
  const parser = parse({ ...rules(format.delimiter, format.looseQuotes), info: true });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>)
      yield { cells: record, line: info.lines };
  } catch (error) {
    throw toHeadwaterError(error, name);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** The delimiter that splits the header into most cells; a comma when none splits it. */
export async function findDelimiter(
  path: string,
  name: string,
  encoding: string | undefined,
): Promise<string> {
  let head = '';
  try {
    for await (const text of raw(path, encoding)) {
      head += text;
      if (head.length >= HEAD_CHARACTERS) break;
    }
  } catch (error) {
    throw toHeadwaterError(error, name);
  }
  const said = SEPARATOR_LINE.exec(head)?.[1];
  if (said !== undefined) return said;
  let best = { delimiter: ',', cells: 1 };
  for (const delimiter of DELIMITERS) {
    const cells = headerCells(head, delimiter);
    if (cells > best.cells) best = { delimiter, cells };
  }
  return best.delimiter;
}

function headerCells(head: string, delimiter: string): number {
  try {
    return parseNow(head, { ...rules(delimiter, true), to: 1 })[0]?.length ?? 0;
  } catch {
    return 0;
  }
}

/**
 * Text of a file in chunks. Bytes that the encoding does not know are an error, since half-read
 * names would be written to the model as they are.
 */
async function* raw(path: string, encoding: string | undefined): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const bytes of readChunks(path)) {
    decoder ??= new TextDecoder(encoding ?? foundEncoding(bytes), { fatal: true });
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** What the byte order mark says, else UTF-16 by its zero bytes, which no other text has. */
function foundEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, HEAD_BYTES);
  const zeros = (from: number): number =>
    head.reduce((sum, byte, at) => sum + (byte === 0 && at % 2 === from ? 1 : 0), 0);
  const most = head.length / 4;
  if (zeros(1) > most) return 'utf-16le';
  return zeros(0) > most ? 'utf-16be' : 'utf-8';
}
const HEAD_BYTES = 1_024;

/** A first line by which spreadsheets are told the delimiter; it is no row. */
const SEPARATOR_LINE = /^sep=(.)(?=\r?\n|\r)/i;

/** The file's text without that line, whose end stays, so that line numbers are the file's own. */
async function* decoded(path: string, encoding: string | undefined): AsyncGenerator<string> {
  let first = true;
  for await (const text of raw(path, encoding)) {
    yield first ? text.replace(SEPARATOR_LINE, '') : text;
    first = false;
  }
}
