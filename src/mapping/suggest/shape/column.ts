import type { CrmField, CrmObject, CrmRow, CrmValue } from '../../../model/connector.ts';
import { isEmpty } from '../../../model/value.ts';

/** What the sampled values of one field look like, whatever the field is called. */
export interface Column {
  /** Value by row, in the order of the sample; null = empty. */
  cells: CrmValue[];
  /** Share of rows with a value; 0 without a sample. */
  filled: number;
  /** Different texts. */
  words: ReadonlySet<string>;
  numbers: number[];
  /** Its few words come back row after row. */
  repeats: boolean;
  /** Ids of records, kept as text. */
  ids: boolean;
  /** Currency codes. */
  codes: boolean;
}

/** A word of a kind stands in this many rows on average, at least. */
const REPEATED = 3;
/** Fewer rows prove nothing. */
export const FEWEST_ROWS = 3;
const CODE = /^[A-Z]{3}$/;
const ID = /^\d{5,}$/;

/** A few words that come back row after row. */
export function repeats(texts: readonly unknown[]): boolean {
  const { size } = new Set(texts);
  return size > 0 && size * REPEATED <= texts.length;
}

export function columnOf(field: CrmField, rows: readonly CrmRow[]): Column {
  const cells = rows.map(
    ({ fields }): CrmValue => (isEmpty(fields[field.name]) ? null : (fields[field.name] ?? null)),
  );
  const there = cells.filter((value) => value !== null);
  const texts = there.filter((value) => typeof value === 'string');
  const words = new Set(texts);
  const every = (pattern: RegExp): boolean =>
    texts.length > 0 && texts.every((text) => pattern.test(text));
  return {
    cells,
    filled: cells.length === 0 ? 0 : there.length / cells.length,
    words,
    numbers: there.map(Number).filter((value) => Number.isFinite(value)),
    repeats: repeats(texts),
    ids: every(ID),
    codes: every(CODE),
  };
}

/**
 * Of the rows that have both, the share where the first is not above the second; null = too few.
 */
export function inOrder(first: Column, second: Column): number | null {
  const pairs = first.cells.flatMap((a, row) => {
    const b = second.cells[row];
    return a === null || b === null || b === undefined ? [] : [String(a) <= String(b)];
  });
  return pairs.length < FEWEST_ROWS ? null : pairs.filter(Boolean).length / pairs.length;
}

/** Share of the first's filled rows in which the second is filled too. */
export function within(first: Column, second: Column): number {
  const rows = first.cells.flatMap((value, row) => (value === null ? [] : [row]));
  return rows.length === 0
    ? 0
    : rows.filter((row) => (second.cells[row] ?? null) !== null).length / rows.length;
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

export const isDay = ({ type }: CrmField): boolean => type === 'date' || type === 'datetime';
export const isNumber = ({ type }: CrmField): boolean =>
  type === 'number' || type === 'integer' || type === 'money' || type === 'percent';
export const isWord = ({ type }: CrmField): boolean =>
  type === 'text' || type === 'picklist' || type === 'multipicklist';

/** Fields that somebody added to an object; of the CRM's own objects, and of the org's. */
export const ownFields = (object: CrmObject): CrmField[] =>
  object.fields.filter(({ custom }) => custom);
