/**
 * Choosing how to find rows: Ids, an equality index, an ordered index, or the whole table. The full
 * filter is tested on every candidate, so a plan can only be slow, not wrong.
 */
import type { Cell, Row } from '../org-types.ts';
import type { Range } from '../table/table-index.ts';
import { compareCells } from '../table/sort-rows.ts';
import type { Table } from '../table/table.ts';
import type { Filter } from './condition.ts';

export interface Path {
  /** Leading index field; null for a table scan. */
  index: string | null;
  /** Rows that will be looked at, at most. */
  candidates: number;
  /** How the rows come: by this stored field and then Id, or in no order. */
  ordered: string | null;
  rows(descending: boolean): Iterable<Row>;
}

function tighter(a: Range, b: Range): Range {
  const out: Range = { ...a };
  if (b.from !== undefined) {
    const order = a.from === undefined ? 1 : compareCells(b.from, a.from);
    if (order > 0) Object.assign(out, { from: b.from, fromExclusive: b.fromExclusive });
    else if (order === 0) out.fromExclusive = a.fromExclusive === true || b.fromExclusive === true;
  }
  if (b.to !== undefined) {
    const order = a.to === undefined ? -1 : compareCells(b.to, a.to);
    if (order < 0) Object.assign(out, { to: b.to, toExclusive: b.toExclusive });
    else if (order === 0) out.toExclusive = a.toExclusive === true || b.toExclusive === true;
  }
  return out;
}

/** Smallest range around both; null when it bounds nothing. */
function hull(a: Range, b: Range): Range | null {
  const out: Range = {};
  if (a.from !== undefined && b.from !== undefined) {
    const order = compareCells(a.from, b.from);
    out.from = order <= 0 ? a.from : b.from;
    out.fromExclusive =
      order === 0
        ? a.fromExclusive === true && b.fromExclusive === true
        : order < 0
          ? a.fromExclusive
          : b.fromExclusive;
  }
  if (a.to !== undefined && b.to !== undefined) {
    const order = compareCells(a.to, b.to);
    out.to = order >= 0 ? a.to : b.to;
    out.toExclusive =
      order === 0
        ? a.toExclusive === true && b.toExclusive === true
        : order > 0
          ? a.toExclusive
          : b.toExclusive;
  }
  return out.from === undefined && out.to === undefined ? null : out;
}

/** Range of `field` that holds every match of the filter; null when none is known. */
export function rangeFor(filter: Filter<Row>, field: string): Range | null {
  if (filter.leaf !== undefined)
    return filter.leaf.field === field ? (filter.leaf.range ?? null) : null;
  if (filter.and !== undefined) {
    let range: Range | null = null;
    for (const part of filter.and) {
      const of = rangeFor(part, field);
      if (of !== null) range = range === null ? of : tighter(range, of);
    }
    return range;
  }
  let range: Range | null = null;
  for (const part of filter.or ?? []) {
    const of = rangeFor(part, field);
    if (of === null) return null;
    range = range === null ? of : hull(range, of);
    if (range === null) return null;
  }
  return range;
}

function fieldsIn(filter: Filter<Row>, into = new Set<string>()): Set<string> {
  if (filter.leaf !== undefined) into.add(filter.leaf.field);
  for (const part of [...(filter.and ?? []), ...(filter.or ?? [])]) fieldsIn(part, into);
  return into;
}

/** Conditions that every match must meet. */
function required(filter: Filter<Row>): Filter<Row>[] {
  return filter.and === undefined ? [filter] : filter.and.flatMap(required);
}

function* distinct(rows: Iterable<Row>[]): Generator<Row> {
  const seen = new Set<Row>();
  for (const some of rows) {
    for (const row of some) {
      if (seen.has(row)) continue;
      seen.add(row);
      yield row;
    }
  }
}

function idPath(table: Table, keys: Cell[]): Path {
  const rows = new Set<Row>();
  for (const key of keys) {
    const row = typeof key === 'string' ? table.get(key) : undefined;
    if (row !== undefined) rows.add(row);
  }
  return { index: 'Id', candidates: rows.size, ordered: null, rows: () => rows };
}

function hashPath(table: Table, field: string, keys: Cell[]): Path {
  const candidates = keys.reduce<number>((sum, key) => sum + table.lookupCount(field, key), 0);
  return {
    index: field,
    candidates,
    ordered: null,
    rows: () => distinct(keys.map((key) => table.lookup(field, key))),
  };
}

export function rangePath(table: Table, field: string, range: Range): Path {
  return {
    index: field,
    candidates: table.rangeCount(field, range),
    ordered: field,
    rows: (descending) => table.range(field, range, descending),
  };
}

function scanPath(table: Table): Path {
  return {
    index: null,
    candidates: table.size,
    ordered: 'Id',
    rows: (descending) => table.range('Id', {}, descending),
  };
}

/**
 * All ways to reach the matches, the cheapest first; the last resort is the scan. `exactKeys` says
 * whether a hash index finds every cell equal to a key.
 */
export function paths(
  table: Table,
  filter: Filter<Row> | null,
  exactKeys: (field: string) => boolean,
): Path[] {
  const found: Path[] = [];
  if (filter !== null) {
    for (const { leaf } of required(filter)) {
      if (leaf?.keys === undefined) continue;
      if (leaf.field === 'Id') found.push(idPath(table, leaf.keys));
      else if (table.hasHash(leaf.field) && exactKeys(leaf.field))
        found.push(hashPath(table, leaf.field, leaf.keys));
    }
    for (const field of fieldsIn(filter)) {
      const range = table.hasOrdered(field) ? rangeFor(filter, field) : null;
      if (range !== null) found.push(rangePath(table, field, range));
    }
  }
  return [...found.sort((a, b) => a.candidates - b.candidates), scanPath(table)];
}
