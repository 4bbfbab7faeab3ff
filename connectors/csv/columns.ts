import type { CrmRow, CrmType, CrmValue } from '../../src/model/connector.ts';
import { FILE_STAMP } from './describe.ts';
import { fileError } from './errors.ts';
import { rowId } from './row-id.ts';
import { isRagged, type Survey } from './survey.ts';
import { canonical, toInstant } from './values.ts';
import type { Written } from './written.ts';

/** A data row as the file holds it, with what was made of it. */
export interface FileRow {
  id: string;
  cells: string[];
  ragged: boolean;
  stampMs: number;
}

export interface Column {
  path: string;
  type: CrmType;
  valueOf(row: FileRow): CrmValue;
}

/** A column of the source, of Headwater's own file, or the file's time. */
export function resolveColumn(survey: Survey, written: Written, path: string): Column {
  const at = survey.columns.findIndex((column) => column.name === path);
  if (at >= 0) {
    const { type, decimal, doubts } = survey.columns[at]!;
    return {
      path,
      type,
      valueOf: (row) => canonical(type, row.cells[at], decimal, doubts !== null),
    };
  }
  if (path === FILE_STAMP)
    return { path, type: 'datetime', valueOf: (row) => new Date(row.stampMs).toISOString() };
  const own = written.columns.find((column) => column.name === path);
  if (own === undefined)
    throw fileError({ file: survey.file.name, code: 'NO_SUCH_COLUMN', detail: path });
  return {
    path,
    type: own.type,
    valueOf: (row) => written.rows.get(row.id)?.values[path] ?? null,
  };
}

/** null for a row that a later one with the same id replaces. */
export function toFileRow(
  survey: Survey,
  written: Written,
  cells: string[],
  row: number,
): FileRow | null {
  if (survey.repeats.replaced.has(row)) return null;
  const earlier = survey.repeats.earlier.get(row);
  const id = `${rowId(survey.key, cells)}${earlier === undefined ? '' : `-${earlier + 1}`}`;
  const own = survey.stamp === null ? null : toInstant(cells[survey.stamp] ?? '', true);
  return {
    id,
    cells,
    ragged: isRagged(cells, survey.columns.length),
    stampMs: Math.max(own ?? survey.file.stampMs, written.rows.get(id)?.atMs ?? 0),
  };
}

/**
 * In the contract's shape. Slipped and missing cells are left out, which says "not read": the
 * mapping then refuses the row in words, and what was known of it stays.
 */
export function toRow(survey: Survey, columns: Column[], row: FileRow): CrmRow {
  const own = new Map(survey.columns.map((column, at) => [column.name, at]));
  const known = columns.filter(({ path }) => {
    const at = own.get(path);
    return at === undefined || (!row.ragged && at < row.cells.length);
  });
  const fields = Object.fromEntries(known.map((column) => [column.path, column.valueOf(row)]));
  const spelt = known.flatMap(({ path }): [string, string][] => {
    const [value, text] = [fields[path], row.cells[own.get(path) ?? -1]];
    return typeof value === 'number' && text !== undefined && text !== String(value)
      ? [[path, text]]
      : [];
  });
  return {
    object: survey.object,
    id: row.id,
    fields,
    ...(spelt.length === 0 ? {} : { spelt: Object.fromEntries(spelt) }),
    stampMs: row.stampMs,
    deleted: false,
    mergedIntoId: null,
  };
}
