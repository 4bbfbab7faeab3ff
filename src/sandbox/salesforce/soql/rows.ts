/** The rows of one FROM … WHERE … ORDER BY … LIMIT: planned, filtered, ordered, cut. */
import type { Row } from '../org-types.ts';
import type { Table } from '../table/table.ts';
import { compareCells } from '../table/sort-rows.ts';
import type { Filter } from './condition.ts';
import { sorted } from './order.ts';
import type { OrderKey } from './order.ts';
import { paths, rangeFor, rangePath } from './plan.ts';
import type { Path } from './plan.ts';
import type { Scope } from './scope.ts';

/** Default of `SoqlContext.smallCandidates`. */
const SMALL_CANDIDATES = 5_000;
/** Sorting costs about this many times what walking a row in index order costs. */
const SORT_COST = 4;

export interface RowQuery {
  scope: Scope;
  filter: Filter<Row> | null;
  order: OrderKey<Row>[];
  limit?: number;
  offset?: number;
  /** Deleted and archived rows too. */
  all: boolean;
}

/** Plain queries do not see deleted rows, nor activities that were archived. */
export function visibility(scope: Scope, all: boolean): (row: Row) => boolean {
  if (all) return () => true;
  const flags = ['IsDeleted', 'IsArchived'].filter((name) =>
    scope.object.fields.some((field) => field.name === name),
  );
  if (flags.length === 0) return () => true;
  return (row) => row['IsDeleted'] !== true && (flags.length < 2 || row['IsArchived'] !== true);
}

/**
 * A hash index answers text equality, which ignores letter case, only when
 * it folds letter case itself.
 */
function exactKeys(scope: Scope): (field: string) => boolean {
  return (name) => {
    const field = scope.field(name);
    return (
      field?.type === 'reference' ||
      field?.type === 'id' ||
      field?.caseSensitive === true ||
      scope.table.foldsHash(name)
    );
  };
}

export function planned(query: RowQuery): Path[] {
  return paths(query.scope.table, query.filter, exactKeys(query.scope));
}

/**
 * An index walk that gives the wanted order. `flipTies`: rows equal by the field must be turned
 * round, for the index walks their Ids the same way as the field.
 */
interface Walk {
  field: string;
  descending: boolean;
  flipTies: boolean;
}

function walk(table: Table, order: OrderKey<Row>[]): Walk | null {
  if (order.length === 0) return { field: 'Id', descending: false, flipTies: false };
  const [first, second] = order;
  if (
    first?.stored == null ||
    !table.hasOrdered(first.stored) ||
    order.length > 2 ||
    (second !== undefined && second.stored !== 'Id')
  )
    return null;
  const nullsAtEdge = first.descending ? !first.nullsFirst : first.nullsFirst;
  if (!nullsAtEdge && table.rangeCount(first.stored, { from: null, to: null }) > 0) return null;
  return {
    field: first.stored,
    descending: first.descending,
    flipTies: first.stored !== 'Id' && (second?.descending ?? false) !== first.descending,
  };
}

/** Rows with each run of equal cells turned round. */
function* flipped(rows: Iterable<Row>, field: string): Generator<Row> {
  let run: Row[] = [];
  for (const row of rows) {
    if (run.length > 0 && row[field] !== run[0]?.[field]) {
      yield* run.reverse();
      run = [];
    }
    run.push(row);
  }
  yield* run.reverse();
}

interface Access {
  rows: Iterable<Row>;
  inOrder: boolean;
}

function access(query: RowQuery): Access {
  const [best] = planned(query) as [Path, ...Path[]];
  const wanted = walk(query.scope.table, query.order);
  if (wanted === null) return { rows: best.rows(false), inOrder: false };
  const range = query.filter === null ? null : rangeFor(query.filter, wanted.field);
  const path = rangePath(query.scope.table, wanted.field, range ?? {});
  const stop = query.limit === undefined ? path.candidates : query.limit + (query.offset ?? 0);
  const sortIsCheap =
    query.limit !== undefined &&
    best.candidates <= Math.max(query.scope.context.smallCandidates ?? SMALL_CANDIDATES, stop);
  const walkIsDear = query.limit === undefined && path.candidates > best.candidates * SORT_COST;
  if (best.ordered !== wanted.field && (sortIsCheap || walkIsDear))
    return { rows: best.rows(false), inOrder: false };
  const rows = path.rows(wanted.descending);
  return { rows: wanted.flipTies ? flipped(rows, wanted.field) : rows, inOrder: true };
}

function inIdOrder(rows: Row[]): Row[] {
  return rows.sort((a, b) => compareCells(a['Id'] ?? null, b['Id'] ?? null));
}

/** Rows equal by every key come in Id order, so that a statement has one answer. */
export function selectRows(query: RowQuery): Row[] {
  const { rows: candidates, inOrder } = access(query);
  const isVisible = visibility(query.scope, query.all);
  const offset = query.offset ?? 0;
  const stop = query.limit === undefined ? Number.POSITIVE_INFINITY : offset + query.limit;
  const arrange = (rows: Row[]): Row[] =>
    query.order.length === 0 ? inIdOrder(rows) : sorted(inIdOrder(rows), query.order);
  const small = query.scope.context.smallCandidates ?? SMALL_CANDIDATES;
  let rows: Row[] = [];
  if (stop === 0) return rows;
  for (const row of candidates) {
    if (!isVisible(row) || (query.filter !== null && !query.filter.test(row))) continue;
    rows.push(row);
    if (inOrder && rows.length >= stop) break;
    // Keeping only the best so far bounds the memory and the last sort of "top few of very many".
    if (!inOrder && rows.length >= SORT_COST * stop + small) rows = arrange(rows).slice(0, stop);
  }
  if (!inOrder) rows = arrange(rows);
  return rows.slice(offset, stop);
}

export function countRows(query: RowQuery): number {
  const [path] = planned(query) as [Path, ...Path[]];
  const isVisible = visibility(query.scope, query.all);
  let count = 0;
  for (const row of path.rows(false))
    if (isVisible(row) && (query.filter === null || query.filter.test(row))) count++;
  const afterOffset = Math.max(0, count - (query.offset ?? 0));
  return Math.min(afterOffset, query.limit ?? afterOffset);
}
