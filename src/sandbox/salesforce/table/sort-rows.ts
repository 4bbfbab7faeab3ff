/** Cells in Salesforce's order, and very many rows sorted by them. */
import type { Cell, Row } from '../org-types.ts';

/** The cell of a row, an absent key being null. */
export function cellOf(row: Row, field: string): Cell {
  return row[field] ?? null;
}

/** Null first, then numbers or text in code-unit order (Ids and ISO dates sort right by it). */
export function compareCells(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

const DAY_TEXT = /^\d{4}-\d\d-\d\d$/;
const SECOND_MS = 1000;
/** Rank and place of a row share one double; one bit below its 53 keeps their division exact. */
const PACKED_UP_TO = 2 ** 52;

/** A cell as a number that sorts alike; NaN for null, undefined for text that is no date. */
function numberOf(value: Cell): number | undefined {
  if (value === null) return Number.NaN;
  if (typeof value === 'string')
    return DAY_TEXT.test(value)
      ? Number(value.slice(0, 4)) * 10_000 +
          Number(value.slice(5, 7)) * 100 +
          Number(value.slice(8))
      : undefined;
  return Number(value);
}

function isAscending(rows: readonly Row[], field: string): boolean {
  for (let i = 1; i < rows.length; i++)
    if (compareCells(cellOf(rows[i - 1] as Row, field), cellOf(rows[i] as Row, field)) > 0)
      return false;
  return true;
}

function byComparison(rows: readonly Row[], field: string): Row[] {
  const keyed = rows.map((row) => ({ row, value: cellOf(row, field) }));
  return keyed.sort((a, b) => compareCells(a.value, b.value)).map(({ row }) => row);
}

/** The numbers of a field's cells; null where they are of two kinds, which compare as they are. */
function numbersOf(rows: readonly Row[], field: string): Float64Array | null {
  const numbers = new Float64Array(rows.length);
  let kind: string | null = null;
  for (let i = 0; i < rows.length; i++) {
    const value = cellOf(rows[i] as Row, field);
    const number = numberOf(value);
    if (number === undefined || (value !== null && typeof value !== (kind ??= typeof value)))
      return null;
    numbers[i] = number;
  }
  return numbers;
}

/**
 * Rows by (value, order given). Days and whole seconds are sorted as doubles that hold both
 * the value and the row's place: no comparison function is called, which is ten times
 * faster for millions of rows.
 */
export function byValue(rows: Row[], field: string): Row[] {
  if (isAscending(rows, field)) return rows;
  const numbers = numbersOf(rows, field);
  if (numbers === null) return byComparison(rows, field);
  const count = rows.length;
  let [min, max, whole, seconds] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true, true];
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    if (number < min) min = number;
    if (number > max) max = number;
    if (!Number.isInteger(number)) whole = false;
    if (number % SECOND_MS !== 0) seconds = false;
  }
  const step = seconds ? SECOND_MS : 1;
  if (!whole || ((max - min) / step + 2) * count > PACKED_UP_TO) return byComparison(rows, field);
  for (let place = 0; place < count; place++) {
    const number = numbers[place] as number;
    numbers[place] = (Number.isNaN(number) ? 0 : (number - min) / step + 1) * count + place;
  }
  numbers.sort();
  return Array.from(numbers, (packed) => rows[packed - Math.floor(packed / count) * count] as Row);
}
