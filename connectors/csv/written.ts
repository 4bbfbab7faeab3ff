import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';
import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { guarded, unguarded } from './cells.ts';
import { readWhole, replaceFile, statFile } from './disk.ts';
import { readLines } from './parse.ts';
import { canonical } from './values.ts';

/**
 * What Headwater wrote for an object: `<object>.headwater.csv` with one line a row, and
 * `<object>.headwater.json` with the columns.
 * The source file is never touched: whatever exports it would overwrite us, and we it.
 */
export interface Written {
  columns: WrittenColumn[];
  rows: Map<string, { atMs: number; values: Record<string, CrmValue> }>;
}

const columnSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum([
    'number',
    'percent',
    'text',
    'longtext',
    'boolean',
    'date',
    'datetime',
    'picklist',
  ]),
  precision: z.number().nullable(),
  scale: z.number().nullable(),
  length: z.number().nullable(),
  options: z.array(z.string()),
  description: z.string(),
});
export type WrittenColumn = z.infer<typeof columnSchema>;
const documentSchema = z.strictObject({ columns: z.array(columnSchema) });

const ID_COLUMN = 'id';
const TIME_COLUMN = 'written at';
const FORMAT = { delimiter: ',', encoding: 'utf-8' };

export async function loadWritten(dir: string, object: string): Promise<Written> {
  const [names, lines] = [`${object}.headwater.json`, `${object}.headwater.csv`];
  if ((await statFile(dir, names)) === null) return { columns: [], rows: new Map() };
  const columns = parseColumns(names, await readWhole(join(dir, names)));
  const rows: Written['rows'] = new Map();
  if ((await statFile(dir, lines)) === null) return { columns, rows };
  let header: string[] | null = null;
  for await (const { cells } of readLines(join(dir, lines), lines, FORMAT)) {
    if (header === null) {
      header = cells;
      continue;
    }
    const at = (name: string): string | undefined => {
      const cell = cells[header!.indexOf(name)];
      return cell === undefined ? undefined : unguarded(cell);
    };
    rows.set(at(ID_COLUMN) ?? '', {
      atMs: Date.parse(at(TIME_COLUMN) ?? '') || 0,
      values: Object.fromEntries(
        columns.map((column) => [column.name, canonical(column.type, at(column.name), '.')]),
      ),
    });
  }
  return { columns, rows };
}

function parseColumns(name: string, text: string): WrittenColumn[] {
  try {
    return documentSchema.parse(JSON.parse(text)).columns;
  } catch (cause) {
    throw new HeadwaterError('config', `${name}: it is not what Headwater wrote.`, {
      code: 'WRITTEN_FILE',
      cure: 'Put the file back, or remove both .headwater files of the object and deploy the fields again.',
      cause,
    });
  }
}

export async function saveColumns(
  dir: string,
  object: string,
  columns: WrittenColumn[],
): Promise<void> {
  await replaceFile(
    join(dir, `${object}.headwater.json`),
    `${JSON.stringify({ columns }, null, 2)}\n`,
  );
}

/** All rows at once: the file is small beside its source, and whoever reads it sees a whole one. */
export async function saveRows(dir: string, object: string, written: Written): Promise<void> {
  const names = written.columns.map((column) => column.name);
  const lines = [...written.rows].map(([id, row]) => [
    guarded(id),
    new Date(row.atMs).toISOString(),
    ...names.map((name) => cellText(row.values[name] ?? null)),
  ]);
  await replaceFile(
    join(dir, `${object}.headwater.csv`),
    stringify([[ID_COLUMN, TIME_COLUMN, ...names], ...lines], {
      quoted_string: true,
      record_delimiter: '\n',
    }),
  );
}

const cellText = (value: CrmValue): string => (value === null ? '' : guarded(String(value)));

export function toField(column: WrittenColumn): CrmField {
  return {
    name: column.name,
    label: column.label,
    type: column.type,
    nativeType: column.type,
    required: false,
    createable: true,
    updateable: true,
    calculated: false,
    custom: true,
    filterable: true,
    length: column.length,
    precision: column.precision,
    scale: column.scale,
    options: column.options.map((value) => ({ value, label: value })),
    optionsRestricted: false,
    referenceTo: [],
    relationshipName: null,
  };
}
