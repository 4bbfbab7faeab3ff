import type { CrmValue, WriteOutcome, WriteRow } from '../../src/model/connector.ts';
import { checkBatch } from '../kit/rows.ts';
import { type Folder, told } from './folder.ts';
import { scan, testOf } from './scan.ts';
import { toDate, toInstant } from './values.ts';
import { saveRows, type Written, type WrittenColumn } from './written.ts';

/** A write makes the whole `.headwater.csv` anew, so few large ones are best. */
export const WRITE_BATCH = 5_000;

/**
 * Writes values of rows that the source file has, to `<object>.headwater.csv`; outcomes in input
 * order. All rows of a call become visible at once.
 */
export async function write(
  folder: Folder,
  object: string,
  rows: WriteRow[],
  nowMs: number,
): Promise<WriteOutcome[]> {
  if (rows.length === 0) return [];
  checkBatch(rows, WRITE_BATCH);
  const there = await present(
    folder,
    object,
    rows.map((row) => row.id),
  );
  const held = await folder.written(object);
  const next: Written = { columns: held.columns, rows: new Map(held.rows) };
  const outcomes = rows.map((row): WriteOutcome => {
    if (!there.has(row.id))
      return {
        id: row.id,
        status: 'rejected',
        code: 'NO_SUCH_ROW',
        message: `${object} has no row ${row.id}`,
        fields: [],
        gone: true,
      };
    const kept = keep(held.columns, row);
    if ('status' in kept) return kept;
    next.rows.set(row.id, {
      atMs: nowMs,
      values: { ...next.rows.get(row.id)?.values, ...kept.values },
    });
    return { id: row.id, status: 'done' };
  });
  if (outcomes.some((outcome) => outcome.status === 'done'))
    await told(`${object}.headwater.csv`, async () => await saveRows(folder.dir, object, next));
  return outcomes;
}

async function present(folder: Folder, object: string, ids: string[]): Promise<Set<string>> {
  const survey = await folder.need(object);
  const written = await folder.written(object);
  const matches = testOf(survey, written, { where: [], range: { kind: 'ids', ids } });
  const found = new Set<string>();
  for await (const { row } of scan(survey, written, 0))
    if (row !== null && matches(row)) found.add(row.id);
  return found;
}

function keep(
  columns: WrittenColumn[],
  row: WriteRow,
): { values: Record<string, CrmValue> } | WriteOutcome {
  const values: Record<string, CrmValue> = {};
  for (const [name, value] of Object.entries(row.fields)) {
    const column = columns.find((each) => each.name === name);
    const fault =
      column === undefined
        ? 'is no column that Headwater made; deploy the fields first'
        : misfit(column, value);
    if (fault !== null)
      return {
        id: row.id,
        status: 'rejected',
        code: column === undefined ? 'NOT_WRITABLE' : 'WRONG_VALUE',
        message: `${name} ${fault}`,
        fields: [name],
      };
    values[name] = value === '' ? null : value;
  }
  return { values };
}

/** Why a value would not come back from the file as it went in; null = it would. */
function misfit({ type, length }: WrittenColumn, value: CrmValue): string | null {
  if (value === null || value === '') return null;
  if (type === 'number' || type === 'percent')
    return typeof value === 'number' && Number.isFinite(value) ? null : 'takes a number';
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'takes true or false';
  const text = String(value);
  if (type === 'date') return toDate(text) === null ? 'takes a date' : null;
  if (type === 'datetime') return toInstant(text, false) === null ? 'takes a date-time' : null;
  return length !== null && text.length > length
    ? `holds ${length} characters, and this has ${text.length}`
    : null;
}
