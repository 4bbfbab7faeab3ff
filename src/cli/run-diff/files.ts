import { stringify } from 'csv-stringify/sync';
import { cleanText, htmlText, spreadsheetCell } from '../../model/clean-text.ts';
import type { Run } from '../../store/runs.ts';
import { instant } from '../format.ts';
import { dropOut, openOut } from '../out-file.ts';
import type { FieldChange, RecordChange } from './changes.ts';
import { markOf, stateWords, valueText } from './text.ts';

/** A file for a change ticket, written a record at a time: a company may have a million of them. */
export interface DiffFile {
  add(record: RecordChange): Promise<void>;
  end(): Promise<void>;
  /** It could not be written to its end. */
  drop(): Promise<void>;
}

interface Format {
  head(run: Run): string;
  record(record: RecordChange, before: RecordChange | null): string;
  tail: string;
}

const COLUMNS = [
  'object',
  'record id',
  'name',
  'field',
  'label',
  'before',
  'after',
  'state',
  'reason',
];

const reasonOf = (record: RecordChange, { reason }: FieldChange): string =>
  reason ?? record.because ?? '';

/** Numbers stay numbers, so that a spreadsheet can add them up; text cannot be a formula. */
const cell = (value: FieldChange['to']): string =>
  typeof value === 'number'
    ? String(value)
    : spreadsheetCell(value === null ? '' : valueText(value));

const CSV: Format = {
  head: () => stringify([COLUMNS]),
  record: (record) =>
    stringify(
      record.fields.map((field) => [
        ...[record.object, record.recordId, record.name, field.field, field.label].map(
          spreadsheetCell,
        ),
        cell(field.from),
        cell(field.to),
        stateWords(field),
        spreadsheetCell(reasonOf(record, field)),
      ]),
    ),
  tail: '',
};

const STYLE =
  'body{font:14px/1.4 system-ui,sans-serif;margin:2em}table{border-collapse:collapse}' +
  'td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}' +
  '.held,.refused,.superseded{color:#8a4b00}';

const HTML: Format = {
  head: (run) => {
    const title = htmlText(`Run ${run.id} on ${run.connectionId}`);
    const what = `${run.kind}${run.dryRun ? ', dry run: nothing was written' : ''}`;
    const about = htmlText(`${what}; ${instant(run.startedMs)}; mapping ${run.mapping ?? 'none'}`);
    return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>\n<h1>${title}</h1><p>${about}</p>\n`;
  },
  record: (record, before) => {
    const table = `<h2>${htmlText(record.object)}</h2>\n<table><tr><th></th><th>Record</th><th>Field</th><th>Before</th><th>After</th><th>State</th><th>Reason</th></tr>\n`;
    const first = before === null ? table : `</table>\n${table}`;
    const rows = record.fields.map((field, at) => {
      const span = `rowspan="${record.fields.length}"`;
      const who =
        at > 0
          ? ''
          : `<td ${span}>${markOf(record)}</td><td ${span}>${htmlText(record.name)}<br><small>${htmlText(record.recordId)}</small></td>`;
      const cells = [
        field.label,
        valueText(field.from),
        valueText(field.to),
        stateWords(field),
        reasonOf(record, field),
      ].map((text) => `<td>${htmlText(cleanText(text))}</td>`);
      return `<tr class="${stateWords(field)}">${who}${cells.join('')}</tr>\n`;
    });
    return (before?.object === record.object ? '' : first) + rows.join('');
  },
  tail: '</table></html>\n',
};

const FORMATS = { csv: CSV, html: HTML } as const;

/** Begins a file. Errors: `config` when it cannot be written. */
export async function diffFile(
  kind: keyof typeof FORMATS,
  file: string,
  run: Run,
): Promise<DiffFile> {
  const format = FORMATS[kind];
  const handle = await openOut(file);
  let before: RecordChange | null = null;
  let open = true;
  const drop = async (): Promise<void> => {
    if (open) await dropOut(file, handle);
    open = false;
  };
  await handle.write(format.head(run)).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return {
    add: async (record) => {
      await handle.write(format.record(record, before));
      before = record;
    },
    end: async () => {
      await handle.write(before === null ? format.tail.replace('</table>', '') : format.tail);
      await handle.close();
      open = false;
    },
    drop,
  };
}
