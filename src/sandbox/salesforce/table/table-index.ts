/**
 * The ordered index of a table: rows by a number, date or date-time. Built on first use, so that
 * loading a million rows pays only for what is asked for.
 */
import type { Cell, Row } from '../org-types.ts';
import { byValue, cellOf, compareCells } from './sort-rows.ts';

/**
 * Splitting at this size keeps an insert in the middle of a large index to a shift
 * of a few thousand pointers.
 */
const CHUNK_ROWS = 2048;

/**
 * A range of values; an end left out is open. Null cells are in a range
 * only when both ends are open.
 */
export interface Range {
  from?: Cell;
  fromExclusive?: boolean;
  to?: Cell;
  toExclusive?: boolean;
}

/**
 * Rows ordered by (value, Id) in sorted chunks: appends of rising stamps, moves and
 * range scans all stay cheap.
 */
export class OrderedIndex {
  readonly #field: string;
  #chunks: Row[][] = [];

  /**
   * `rows` in Id order (in any order for the index on Id itself): the stable sort then keeps Ids
   * in order among equal values.
   */
  constructor(field: string, rows: Iterable<Row>) {
    this.#field = field;
    const sorted = byValue([...rows], field);
    for (let start = 0; start < sorted.length; start += CHUNK_ROWS)
      this.#chunks.push(sorted.slice(start, start + CHUNK_ROWS));
  }

  #compare(a: Row, b: Row): number {
    return (
      compareCells(cellOf(a, this.#field), cellOf(b, this.#field)) ||
      compareCells(cellOf(a, 'Id'), cellOf(b, 'Id'))
    );
  }

  /** Chunk that holds `row` or would take it. */
  #chunkOf(row: Row): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    const end = this.#chunks[high]?.at(-1);
    // Most rows come with rising ids and stamps.
    if (end !== undefined && this.#compare(end, row) < 0) return high;
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

  /**
   * Position of the first row that is not before `value` (or, with `after`, that is
   * past it), as [chunk, slot].
   */
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
    const start: [number, number] = open
      ? [0, 0]
      : range.from === undefined
        ? this.#bound(null, true)
        : this.#bound(range.from, range.fromExclusive === true);
    const end: [number, number] =
      range.to === undefined
        ? [this.#chunks.length, 0]
        : this.#bound(range.to, range.toExclusive !== true);
    return [start, end];
  }

  get size(): number {
    return this.#chunks.reduce((rows, chunk) => rows + chunk.length, 0);
  }

  /** Rows of a range in (value, Id) order. The table must not change while it is walked. */
  *scan(range: Range = {}): Generator<Row> {
    const [[startChunk, startSlot], [endChunk, endSlot]] = this.#ends(range);
    for (let at = startChunk; at <= endChunk; at++) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) return;
      const stop = at === endChunk ? endSlot : chunk.length;
      for (let slot = at === startChunk ? startSlot : 0; slot < stop; slot++)
        yield chunk[slot] as Row;
    }
  }

  /** The same rows, last to first. */
  *scanBack(range: Range = {}): Generator<Row> {
    const [[startChunk, startSlot], [endChunk, endSlot]] = this.#ends(range);
    for (let at = Math.min(endChunk, this.#chunks.length - 1); at >= startChunk; at--) {
      const chunk = this.#chunks[at] as Row[];
      const stop = at === startChunk ? startSlot : 0;
      for (let slot = (at === endChunk ? endSlot : chunk.length) - 1; slot >= stop; slot--)
        yield chunk[slot] as Row;
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
