/**
 * The equality index of a table: rows by a key, an external id or any other field found by its
 * value. Built on first use.
 */
import type { Cell, Row } from '../org-types.ts';
import { cellOf } from './sort-rows.ts';
import { OrderedIndex } from './table-index.ts';

/**
 * A bucket of more rows than this is kept in Id order, so that taking one row out stays cheap;
 * below it an array is smaller and faster to fill.
 */
const ARRAY_BUCKET_ROWS = 1_000;

/**
 * Buckets are built into one long list of rows, each a stretch of it: a million keys need no
 * million arrays, which memory and its collector would both pay for. A bucket that changes
 * afterwards gets rows of its own.
 */
export class EqualityIndex {
  readonly #field: string;
  readonly #fold: boolean;
  /** Of each key the number of its stretch, or its own rows. */
  readonly #buckets = new Map<Cell, number | Row[] | OrderedIndex>();
  readonly #built: Row[];
  /** Where stretches begin, and after the last of them the end. */
  readonly #starts: Uint32Array;

  constructor(field: string, caseInsensitive: boolean, rows: Iterable<Row>) {
    this.#field = field;
    this.#fold = caseInsensitive;
    const all = [...rows];
    const numbers = new Uint32Array(all.length);
    const sizes: number[] = [];
    for (let i = 0; i < all.length; i++) {
      const key = this.#key(cellOf(all[i] as Row, field));
      let number = this.#buckets.get(key) as number | undefined;
      if (number === undefined) {
        number = sizes.length;
        sizes.push(0);
        this.#buckets.set(key, number);
      }
      sizes[number] = (sizes[number] as number) + 1;
      numbers[i] = number;
    }
    this.#starts = new Uint32Array(sizes.length + 1);
    for (let number = 0; number < sizes.length; number++)
      this.#starts[number + 1] = (this.#starts[number] as number) + (sizes[number] as number);
    const next = this.#starts.slice();
    this.#built = new Array<Row>(all.length);
    for (let i = 0; i < all.length; i++) {
      const number = numbers[i] as number;
      this.#built[next[number] as number] = all[i] as Row;
      next[number] = (next[number] as number) + 1;
    }
  }

  #key(value: Cell): Cell {
    return this.#fold && typeof value === 'string' ? value.toLowerCase() : value;
  }

  #stretch(number: number): Row[] {
    return this.#built.slice(this.#starts[number], this.#starts[number + 1]);
  }

  /** The rows of a key, to be changed. */
  #own(key: Cell): Row[] | OrderedIndex {
    let bucket = this.#buckets.get(key) ?? [];
    if (typeof bucket === 'number') bucket = this.#stretch(bucket);
    if (Array.isArray(bucket) && bucket.length > ARRAY_BUCKET_ROWS)
      bucket = new OrderedIndex('Id', bucket);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  add(row: Row): void {
    const bucket = this.#own(this.#key(cellOf(row, this.#field)));
    if (bucket instanceof OrderedIndex) bucket.add(row);
    else bucket.push(row);
  }

  /** Must be called while the row still holds the value it was added with. */
  remove(row: Row): void {
    const key = this.#key(cellOf(row, this.#field));
    const bucket = this.#own(key);
    if (bucket instanceof OrderedIndex) bucket.remove(row);
    else {
      const at = bucket.indexOf(row);
      const last = at < 0 ? undefined : bucket.pop();
      if (last !== undefined && last !== row) bucket[at] = last;
      if (bucket.length === 0) this.#buckets.delete(key);
    }
  }

  /** Rows of one key, in no particular order. */
  get(value: Cell): Iterable<Row> {
    const bucket = this.#buckets.get(this.#key(value)) ?? [];
    if (typeof bucket === 'number') return this.#stretch(bucket);
    return Array.isArray(bucket) ? bucket : bucket.scan();
  }

  count(value: Cell): number {
    const bucket = this.#buckets.get(this.#key(value)) ?? [];
    if (typeof bucket === 'number')
      return (this.#starts[bucket + 1] ?? 0) - (this.#starts[bucket] ?? 0);
    return Array.isArray(bucket) ? bucket.length : bucket.size;
  }
}
