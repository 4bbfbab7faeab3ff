/** Secondary indexes of a table. Both are built on first use, so that loading a million rows pays only for the indexes that are asked for. */
import type { Cell, Row } from './org-types.ts';

/** Splitting at this size keeps an insert in the middle of a large index to a shift of a few thousand pointers. */
const CHUNK_ROWS = 2048;

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

/** A bucket of more rows than this becomes a set, so that taking one row out stays cheap; below it an array is smaller and faster to fill. */
const ARRAY_BUCKET_ROWS = 1_000;

/** Equality index: one bucket of rows a key. */
export class HashIndex {
  readonly #field: string;
  readonly #fold: boolean;
  readonly #buckets = new Map<Cell, Row[] | Set<Row>>();

  constructor(field: string, caseInsensitive: boolean, rows: Iterable<Row>) {
    this.#field = field;
    this.#fold = caseInsensitive;
    for (const row of rows) this.add(row);
  }

  #key(value: Cell): Cell {
    return this.#fold && typeof value === 'string' ? value.toLowerCase() : value;
  }

  add(row: Row): void {
    const key = this.#key(cellOf(row, this.#field));
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, [row]);
    else if (bucket instanceof Set) bucket.add(row);
    else if (bucket.push(row) > ARRAY_BUCKET_ROWS) this.#buckets.set(key, new Set(bucket));
  }

  /** Must be called while the row still holds the value it was added with. */
  remove(row: Row): void {
    const key = this.#key(cellOf(row, this.#field));
    const bucket = this.#buckets.get(key);
    if (bucket instanceof Set) bucket.delete(row);
    else if (bucket !== undefined) {
      const at = bucket.indexOf(row);
      if (at < 0) return;
      const last = bucket.pop() as Row;
      if (last !== row) bucket[at] = last;
      if (bucket.length === 0) this.#buckets.delete(key);
    }
  }

  /** Rows of one key, in no particular order. */
  get(value: Cell): Iterable<Row> {
    return this.#buckets.get(this.#key(value)) ?? [];
  }

  count(value: Cell): number {
    const bucket = this.#buckets.get(this.#key(value));
    return bucket === undefined ? 0 : bucket instanceof Set ? bucket.size : bucket.length;
  }
}

/** Rows by (value, order given). Numbers are sorted as packed doubles, several times faster than rows by comparison. */
function byValue(rows: Row[], field: string): Row[] {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = cellOf(rows[i] as Row, field);
    if (typeof value === 'string') {
      const keyed = rows.map((row) => ({ row, value: cellOf(row, field) }));
      return keyed.sort((a, b) => compareCells(a.value, b.value)).map(({ row }) => row);
    }
    values[i] = value === null ? Number.NEGATIVE_INFINITY : Number(value);
  }
  const places = new Uint32Array(rows.length).map((_, place) => place);
  places.sort((a, b) => {
    const left = values[a] as number;
    const right = values[b] as number;
    return left === right ? a - b : left - right;
  });
  return Array.from(places, (place) => rows[place] as Row);
}

/** A range of values; an end left out is open. Null cells are in a range only when both ends are open. */
export interface Range { from?: Cell; fromExclusive?: boolean; to?: Cell; toExclusive?: boolean }

/** Rows ordered by (value, Id) in sorted chunks: appends of rising stamps, moves and range scans all stay cheap. */
export class OrderedIndex {
  readonly #field: string;
  #chunks: Row[][] = [];

  /** `rows` in Id order (in any order for the index on Id itself): the stable sort then keeps Ids in order among equal values. */
  constructor(field: string, rows: Iterable<Row>) {
    this.#field = field;
    const sorted = byValue([...rows], field);
    for (let start = 0; start < sorted.length; start += CHUNK_ROWS) this.#chunks.push(sorted.slice(start, start + CHUNK_ROWS));
  }

  #compare(a: Row, b: Row): number {
    return compareCells(cellOf(a, this.#field), cellOf(b, this.#field)) || compareCells(cellOf(a, 'Id'), cellOf(b, 'Id'));
  }

  /** Chunk that holds `row` or would take it. */
  #chunkOf(row: Row): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#chunks[middle]?.at(-1);
      if (last !== undefined && this.#compare(last, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #slot(chunk: Row[], row: Row): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(chunk[middle] as Row, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(row: Row): void {
    const at = this.#chunkOf(row);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([row]);
      return;
    }
    const slot = this.#slot(chunk, row);
    const isAppend = at === this.#chunks.length - 1 && slot === chunk.length;
    if (isAppend && chunk.length >= CHUNK_ROWS) this.#chunks.push([row]);
    else chunk.splice(slot, 0, row);
    if (chunk.length > 2 * CHUNK_ROWS) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_ROWS));
  }

  /** Must be called while the row still holds the value it was added with. */
  remove(row: Row): void {
    const at = this.#chunkOf(row);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return;
    const slot = this.#slot(chunk, row);
    if (chunk[slot] !== row) return;
    chunk.splice(slot, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** Position of the first row that is not before `value` (or, with `after`, that is past it), as [chunk, slot]. */
  #bound(value: Cell, after: boolean): [number, number] {
    const isBefore = (row: Row): boolean => {
      const order = compareCells(cellOf(row, this.#field), value);
      return order < 0 || (after && order === 0);
    };
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#chunks[middle]?.at(-1) as Row)) low = middle + 1;
      else high = middle;
    }
    const chunk = this.#chunks[low];
    if (chunk === undefined) return [low, 0];
    let first = 0;
    let last = chunk.length;
    while (first < last) {
      const middle = (first + last) >> 1;
      if (isBefore(chunk[middle] as Row)) first = middle + 1;
      else last = middle;
    }
    return [low, first];
  }

  #ends(range: Range): [[number, number], [number, number]] {
    const open = range.from === undefined && range.to === undefined;
    const start: [number, number] = open ? [0, 0] : range.from === undefined ? this.#bound(null, true) : this.#bound(range.from, range.fromExclusive === true);
    const end: [number, number] = range.to === undefined ? [this.#chunks.length, 0] : this.#bound(range.to, range.toExclusive !== true);
    return [start, end];
  }

  /** Rows of a range in (value, Id) order. The table must not change while it is walked. */
  * scan(range: Range = {}): Generator<Row> {
    const [[startChunk, startSlot], [endChunk, endSlot]] = this.#ends(range);
    for (let at = startChunk; at <= endChunk; at++) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) return;
      const stop = at === endChunk ? endSlot : chunk.length;
      for (let slot = at === startChunk ? startSlot : 0; slot < stop; slot++) yield chunk[slot] as Row;
    }
  }

  /** The same rows, last to first. */
  * scanBack(range: Range = {}): Generator<Row> {
    const [[startChunk, startSlot], [endChunk, endSlot]] = this.#ends(range);
    for (let at = Math.min(endChunk, this.#chunks.length - 1); at >= startChunk; at--) {
      const chunk = this.#chunks[at] as Row[];
      const stop = at === startChunk ? startSlot : 0;
      for (let slot = (at === endChunk ? endSlot : chunk.length) - 1; slot >= stop; slot--) yield chunk[slot] as Row;
    }
  }

  /** Number of rows in a range, without walking them. */
  count(range: Range = {}): number {
    const [[startChunk, startSlot], [endChunk, endSlot]] = this.#ends(range);
    if (startChunk > endChunk || (startChunk === endChunk && startSlot >= endSlot)) return 0;
    let rows = endSlot - startSlot;
    for (let at = startChunk; at < endChunk; at++) rows += this.#chunks[at]?.length ?? 0;
    return rows;
  }
}
