/**
 * The rows of a table by Id. Ids of one org count upwards, so the row of the n-th Id lies at place
 * n of a list: millions of rows need no hash table.
 */
import type { Row } from '../org-types.ts';
import { cellOf } from './sort-rows.ts';

/** Key prefix and instance, counter in base 62, checksum. */
const [START_LENGTH, COUNTER_END, ID_LENGTH] = [6, 15, 18];
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ASCII = 128;
const NO_DIGIT = 255;
const VALUE_OF = new Uint8Array(ASCII).fill(NO_DIGIT);
for (let value = 0; value < DIGITS.length; value++) VALUE_OF[DIGITS.charCodeAt(value)] = value;
/**
 * Places left empty for Ids that other tables of the same key prefix use; an Id
 * further ahead is kept apart.
 */
const LARGEST_GAP = 1024;

function counterOf(id: string): number {
  let counter = 0;
  for (let at = START_LENGTH; at < COUNTER_END; at++) {
    const value = VALUE_OF[id.charCodeAt(at)] ?? NO_DIGIT;
    if (value === NO_DIGIT) return -1;
    counter = counter * DIGITS.length + value;
  }
  return counter;
}

export class RowList {
  #start: string | null = null;
  readonly #places: (Row | undefined)[] = [];
  /** Rows whose Id does not count on from those of the list. */
  readonly #others = new Map<string, Row>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Place of an Id in the list; -1 where it has none. */
  #place(id: string): number {
    return id.length === ID_LENGTH && this.#start !== null && id.startsWith(this.#start)
      ? counterOf(id)
      : -1;
  }

  get(id: string): Row | undefined {
    const row = this.#places[this.#place(id)];
    return row !== undefined && row['Id'] === id ? row : this.#others.get(id);
  }

  /** Adds a row whose Id is not taken. */
  add(id: string, row: Row): void {
    this.#size++;
    if (this.#start === null && id.length === ID_LENGTH) this.#start = id.slice(0, START_LENGTH);
    const place = this.#place(id);
    if (
      place < 0 ||
      place > this.#places.length + LARGEST_GAP ||
      this.#places[place] !== undefined
    ) {
      this.#others.set(id, row);
      return;
    }
    while (this.#places.length < place) this.#places.push(undefined);
    this.#places[place] = row;
  }

  delete(id: string): void {
    const place = this.#place(id);
    if (place >= 0 && cellOf(this.#places[place] ?? {}, 'Id') === id)
      this.#places[place] = undefined;
    else if (!this.#others.delete(id)) return;
    this.#size--;
  }

  clear(): void {
    this.#places.length = 0;
    this.#others.clear();
    this.#size = 0;
  }

  /** Rows in the order of their counters, then those kept apart in the order of their arrival. */
  *values(): Generator<Row> {
    // By place, not by iterator: rows may be added meanwhile.
    for (let place = 0; place < this.#places.length; place++) {
      const row = this.#places[place];
      if (row !== undefined) yield row;
    }
    yield* this.#others.values();
  }
}
