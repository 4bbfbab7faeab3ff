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

/** One end of a range; undefined = open. */
type End = { at: Cell; exclusive: boolean | undefined } | undefined;

const lowerOf = ({ from, fromExclusive }: Range): End =>
  from === undefined ? undefined : { at: from, exclusive: fromExclusive };
const upperOf = ({ to, toExclusive }: Range): End =>
  to === undefined ? undefined : { at: to, exclusive: toExclusive };
const rangeOf = (lower: End, upper: End): Range => ({
  ...(lower === undefined ? {} : { from: lower.at, fromExclusive: lower.exclusive }),
  ...(upper === undefined ? {} : { to: upper.at, toExclusive: upper.exclusive }),
});

/** The end further `up` (1) or down (-1); where both are the same it excludes as `both` says. */
function further(
  a: End,
  b: End,
  up: 1 | -1,
  both: (a: boolean, b: boolean) => boolean,
): NonNullable<End> {
  const [one, other] = [a as NonNullable<End>, b as NonNullable<End>];
  const order = compareCells(one.at, other.at) * up;
  if (order !== 0) return order > 0 ? one : other;
  return { at: one.at, exclusive: both(one.exclusive === true, other.exclusive === true) };
}

/** What lies in both. */
function tighter(a: Range, b: Range): Range {
  const inner = (one: End, other: End, up: 1 | -1): End =>
    one === undefined || other === undefined
      ? (one ?? other)
      : further(one, other, up, (x, y) => x || y);
  return rangeOf(inner(lowerOf(a), lowerOf(b), 1), inner(upperOf(a), upperOf(b), -1));
}

/** Smallest range around both; null when it bounds nothing. */
function hull(a: Range, b: Range): Range | null {
  const outer = (one: End, other: End, up: 1 | -1): End =>
    one === undefined || other === undefined
      ? undefined
      : further(one, other, up, (x, y) => x && y);
  const lower = outer(lowerOf(a), lowerOf(b), -1);
  const upper = outer(upperOf(a), upperOf(b), 1);
  return lower === undefined && upper === undefined ? null : rangeOf(lower, upper);
}

/** Range of `field` that holds every match of the filter; null when none is known. */
export function rangeFor(filter: Filter<Row>, field: string): Range | null {
  if (filter.leaf !== undefined)
    return filter.leaf.field === field ? (filter.leaf.range ?? null) : null;
  if (filter.and !== undefined) {
    const bounds = filter.and.map((part) => rangeFor(part, field)).filter((of) => of !== null);
    return bounds.length === 0 ? null : bounds.reduce(tighter);
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
  const found =
    filter === null ? [] : [...keyPaths(table, filter, exactKeys), ...rangePaths(table, filter)];
  return [...found.sort((a, b) => a.candidates - b.candidates), scanPath(table)];
}

function* keyPaths(
  table: Table,
  filter: Filter<Row>,
  exactKeys: (field: string) => boolean,
): Generator<Path> {
  for (const { leaf } of required(filter)) {
    if (leaf?.keys === undefined) continue;
    if (leaf.field === 'Id') yield idPath(table, leaf.keys);
    else if (table.hasHash(leaf.field) && exactKeys(leaf.field))
      yield hashPath(table, leaf.field, leaf.keys);
  }
}

function* rangePaths(table: Table, filter: Filter<Row>): Generator<Path> {
  for (const field of fieldsIn(filter)) {
    const range = table.hasOrdered(field) ? rangeFor(filter, field) : null;
    if (range !== null) yield rangePath(table, field, range);
  }
}
