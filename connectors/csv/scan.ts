import type { ReadRequest } from '../../src/model/connector.ts';
import { termHolds } from '../../src/model/filter.ts';
import { type FileRow, resolveColumn, toFileRow } from './columns.ts';
import { readLines } from './parse.ts';
import type { Survey } from './survey.ts';
import type { Written } from './written.ts';

export type Wanted = Pick<ReadRequest, 'where' | 'range'>;

/** Which rows a request means. */
export function testOf(
  survey: Survey,
  written: Written,
  { where, range }: Wanted,
): (row: FileRow) => boolean {
  const terms = where.map((term) => ({ term, column: resolveColumn(survey, written, term.field) }));
  const ids = range.kind === 'ids' ? new Set(range.ids) : null;
  return (row) =>
    (ids === null || ids.has(row.id)) &&
    (range.kind !== 'changed' || (row.stampMs >= range.fromMs && row.stampMs < range.untilMs)) &&
    terms.every(({ term, column }) => termHolds(term, column.valueOf(row), column));
}

/**
 * Can a row of this file be in the window at all? Without a stamp column all rows have the file's
 * own time, so an unchanged file is not even opened.
 */
export function mayHold(survey: Survey, written: Written, { range }: Wanted): boolean {
  if (range.kind === 'ids') return range.ids.length > 0;
  if (range.kind === 'all' || survey.stamp !== null) return true;
  const within = (ms: number): boolean => ms >= range.fromMs && ms < range.untilMs;
  return within(survey.file.stampMs) || [...written.rows.values()].some((row) => within(row.atMs));
}

/**
 * Data rows from a position on, with the position behind each; rows that a later one replaces come
 * as null.
 */
export async function* scan(
  survey: Survey,
  written: Written,
  from: number,
): AsyncGenerator<{ row: FileRow | null; behind: number }> {
  let at = -1;
  for await (const { cells } of readLines(survey.file.path, survey.file.name, survey.format)) {
    if (at >= from) yield { row: toFileRow(survey, written, cells, at), behind: at + 1 };
    at += 1;
  }
}
