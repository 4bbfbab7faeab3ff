/** Rows of one object, live and deleted alike, with the indexes that queries choose from. */
import type { Cell, Row } from '../org-types.ts';
import { EqualityIndex } from './equality-index.ts';
import { RowList } from './row-list.ts';
import { cellOf } from './sort-rows.ts';
import { OrderedIndex } from './table-index.ts';
import type { Range } from './table-index.ts';

/** Indexes a table may use; none costs anything until a query first needs it. */
export interface TableIndexes {
  /** Fields found by equality (foreign keys, external ids); `caseInsensitive` folds text keys. */
  hash?: { field: string; caseInsensitive?: boolean }[];
  /** Number, date and date-time fields found by range. */
  ordered?: string[];
}

/**
 * Rows are plain objects keyed by their 18-character `Id` and owned by the table: change them only
 * through `patch`, or the indexes go wrong.
 * Give rows of one object the same keys in the same order; a million of them
 * then share one hidden class.
 */
export class Table {
  readonly name: string;
  readonly #rows = new RowList();
  readonly #hashFields = new Map<string, boolean>();
  readonly #orderedFields = new Set<string>(['Id']);
  readonly #hash = new Map<string, EqualityIndex>();
  readonly #ordered = new Map<string, OrderedIndex>();

  constructor(name: string, indexes: TableIndexes = {}) {
    this.name = name;
    for (const { field, caseInsensitive } of indexes.hash ?? [])
      this.declareHash(field, caseInsensitive);
    for (const field of indexes.ordered ?? []) this.declareOrdered(field);
  }

  /** Let queries find rows by equality of `field`. */
  declareHash(field: string, caseInsensitive = false): void {
    this.#hashFields.set(field, caseInsensitive);
    this.#hash.delete(field);
  }

  /** Let queries find rows by a range of `field`. */
  declareOrdered(field: string): void {
    this.#orderedFields.add(field);
  }

  /** Forget the indexes of a field that is no more. */
  dropIndexes(field: string): void {
    this.#hashFields.delete(field);
    this.#hash.delete(field);
    if (field === 'Id') return;
    this.#orderedFields.delete(field);
    this.#ordered.delete(field);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Throws when the Id is missing or taken: a caller's mistake, not a Salesforce fault. */
  insert(row: Row): void {
    const id = row['Id'];
    if (typeof id !== 'string' || this.#rows.get(id) !== undefined)
      throw new Error(`${this.name}: cannot insert a row with Id ${String(id)}`);
    this.#rows.add(id, row);
    for (const index of this.#hash.values()) index.add(row);
    for (const index of this.#ordered.values()) index.add(row);
  }

  /**
   * Change cells in place. Returns the cells as they were, which `patch` takes
   * back. The Id never changes.
   */
  patch(row: Row, changes: Row): Row {
    const before: Row = {};
    for (const [field, value] of Object.entries(changes)) {
      const old = cellOf(row, field);
      before[field] = old;
      if (old === value || field === 'Id') continue;
      const hash = this.#hash.get(field);
      const ordered = this.#ordered.get(field);
      hash?.remove(row);
      ordered?.remove(row);
      row[field] = value;
      hash?.add(row);
      ordered?.add(row);
    }
    return before;
  }

  /** Take a row out for good. Returns it, or undefined when there is none. */
  purge(id: string): Row | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    for (const index of this.#hash.values()) index.remove(row);
    for (const index of this.#ordered.values()) index.remove(row);
    this.#rows.delete(id);
    return row;
  }

  clear(): void {
    this.#rows.clear();
    this.#hash.clear();
    this.#ordered.clear();
  }

  /** All rows, about in the order of their making. */
  values(): Iterable<Row> {
    return this.#rows.values();
  }

  /** All rows in Id order. The table must not change while it is walked. */
  byId(): Iterable<Row> {
    return this.#orderedIndex('Id').scan();
  }

  hasHash(field: string): boolean {
    return this.#hashFields.has(field);
  }

  /** Text keys of this hash index are folded to lower case. */
  foldsHash(field: string): boolean {
    return this.#hashFields.get(field) === true;
  }

  hasOrdered(field: string): boolean {
    return this.#orderedFields.has(field);
  }

  #hashIndex(field: string): EqualityIndex {
    let index = this.#hash.get(field);
    if (index === undefined) {
      const fold = this.#hashFields.get(field);
      if (fold === undefined) throw new Error(`${this.name}.${field} has no hash index`);
      index = new EqualityIndex(field, fold, this.#rows.values());
      this.#hash.set(field, index);
    }
    return index;
  }

  #orderedIndex(field: string): OrderedIndex {
    let index = this.#ordered.get(field);
    if (index === undefined) {
      if (!this.#orderedFields.has(field))
        throw new Error(`${this.name}.${field} has no ordered index`);
      index = new OrderedIndex(field, field === 'Id' ? this.#rows.values() : this.byId());
      this.#ordered.set(field, index);
    }
    return index;
  }

  /** Build every declared index now, so that no query after a large load pays for it. */
  warm(): void {
    for (const field of this.#orderedFields) this.#orderedIndex(field);
    for (const field of this.#hashFields.keys()) this.#hashIndex(field);
  }

  /**
   * Rows whose declared hash field equals `value` (null finds empty cells), in no particular order.
   */
  lookup(field: string, value: Cell): Iterable<Row> {
    return this.#hashIndex(field).get(value);
  }

  lookupCount(field: string, value: Cell): number {
    return this.#hashIndex(field).count(value);
  }

  /**
   * Rows of a range of a declared ordered field, by (value, Id);
   * `descending` walks them last to first.
   */
  range(field: string, range: Range = {}, descending = false): Iterable<Row> {
    const index = this.#orderedIndex(field);
    return descending ? index.scanBack(range) : index.scan(range);
  }

  rangeCount(field: string, range: Range = {}): number {
    return this.#orderedIndex(field).count(range);
  }
}
