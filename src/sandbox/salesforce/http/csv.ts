/** CSV as Bulk 2.0 reads and writes it: RFC 4180, the job's own delimiter and line ending. */
import { parse } from 'csv-parse/sync';
import { fault } from './faults.ts';

export const DELIMITERS: Record<string, string> = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
};
export const LINE_ENDINGS: Record<string, string> = { LF: '\n', CRLF: '\r\n' };

export interface CsvForm {
  delimiter: string;
  lineEnding: string;
}

/** Every cell is quoted, quotes are doubled; null is an empty cell. */
export function csvLine(
  cells: readonly (string | number | boolean | null)[],
  form: CsvForm,
): string {
  return (
    cells
      .map((cell) => `"${cell === null ? '' : String(cell).replaceAll('"', '""')}"`)
      .join(form.delimiter) + form.lineEnding
  );
}

/** Header and rows of an uploaded file. Throws where it is not CSV. */
export function readCsv(text: string, form: CsvForm): { header: string[]; rows: string[][] } {
  try {
    const [header, ...rows] = parse(text, {
      bom: true,
      delimiter: form.delimiter,
      relaxColumnCount: true,
      skipEmptyLines: true,
    }) as string[][];
    return { header: (header ?? []).map((name) => name.trim()), rows };
  } catch (error) {
    throw fault(
      400,
      'InvalidBatch',
      `InvalidBatch : ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
