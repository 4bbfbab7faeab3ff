import * as z from 'zod';
import { CRM_TYPES } from '../../src/model/crm-object.ts';
import { readSettings } from '../kit/settings.ts';

/** Rows of one page: a few megabytes of wide rows at most. */
export const MAX_PAGE_ROWS = 5_000;
const PAGE_ROWS = 1_000;

/** What a column of a file may be said to be. */
const TYPES = CRM_TYPES.filter((type) => type !== 'id' && type !== 'other');

const encoding = z.string().refine((label) => {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}, 'is no encoding that is known here, such as utf-8, windows-1252 or utf-16le');

const fileSchema = z.strictObject({
  file: z
    .string()
    .refine((name) => !/[\\/]/.test(name), 'is a file name in the folder, without a path')
    .optional()
    .describe('File name, where it is not the object name with .csv or .csv.gz'),
  id: z
    .union([
      z
        .string()
        .min(1)
        .transform((name) => [name]),
      z.array(z.string().min(1)).min(1),
    ])
    .optional()
    .describe(
      'Column or columns that tell rows apart; without it `id` or `<object>_id`, else the whole row',
    ),
  stamp: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Column with the time of the last change; without it, and where the column says when a row was created, the time the file was changed',
    ),
  delimiter: z.string().min(1).max(4).optional().describe('Found from the header when left out'),
  encoding: encoding
    .optional()
    .describe('WHATWG label; UTF-8 (or what a byte order mark says) when left out'),
  looseQuotes: z
    .boolean()
    .optional()
    .describe('Take quotes that break RFC 4180 as they stand, instead of stopping at them'),
  decimal: z
    .enum(['.', ','])
    .optional()
    .describe('Decimal sign of numbers; with it, digits may be grouped by the other one'),
  types: z
    .record(z.string(), z.enum(TYPES))
    .default({})
    .describe('Column -> type, where the data lead to another one'),
  references: z
    .record(z.string(), z.string())
    .default({})
    .describe('Column -> object whose ids it holds'),
});
export type FileSettings = z.infer<typeof fileSchema>;

const settingsSchema = z.strictObject({
  dir: z.string().min(1).describe('Folder with the files: a path, or a file:// address'),
  name: z
    .string()
    .min(1)
    .optional()
    .describe(
      'What this set of files is called; the path of the folder when left out. It must stay the same when the folder moves',
    ),
  pageRows: z.int().min(1).max(MAX_PAGE_ROWS).default(PAGE_ROWS),
  files: z.record(z.string(), fileSchema).default({}).describe('Object -> how its file is read'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Settings of a connection document; a `config` error names every fault at once. */
export const parseSettings = (settings: Record<string, unknown>): Settings =>
  readSettings('CSV', settingsSchema, settings);

export const settingsOf = (settings: Settings, object: string): FileSettings =>
  settings.files[object] ?? { types: {}, references: {} };
