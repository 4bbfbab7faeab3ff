/** The rows of one FROM … WHERE … ORDER BY … LIMIT: planned, filtered, ordered, cut. */
import type { Row } from '../org-types.ts';
import type { Table } from '../table.ts';
import { compareCells } from '../table-index.ts';
import type { Filter } from './condition.ts';
import { sorted } from './order.ts';
import type { OrderKey } from './order.ts';
import { paths, rangeFor, rangePath } from './plan.ts';
import type { Path } from './plan.ts';
import type { Scope } from './scope.ts';

/** Up to this many candidates, fetching all and sorting beats walking an index in order. */
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
  const flags = ['IsDeleted', 'IsArchived'].filter((name) => scope.object.fields.some((field) => field.name === name));
  if (flags.length === 0) return () => true;
  return (row) => row['IsDeleted'] !== true && (flags.length < 2 || row['IsArchived'] !== true);
}

/** A hash index answers text equality, which ignores letter case, only when it folds letter case itself. */
function exactKeys(scope: Scope): (field: string) => boolean {
  return (name) => {
    const field = scope.field(name);
    return field?.type === 'reference' || field?.type === 'id' || field?.caseSensitive === true || scope.table.foldsHash(name);
  };
}

export function planned(query: RowQuery): Path[] {
  return paths(query.scope.table, query.filter, exactKeys(query.scope));
}

/** The field and direction in which an index walk gives the wanted order; null when none does. */
function walk(table: Table, order: OrderKey<Row>[]): { field: string; descending: boolean } | null {
  if (order.length === 0) return { field: 'Id', descending: false };
  const [first, second] = order;
  if (first?.stored == null || !table.hasOrdered(first.stored)) return null;
  const tieBreak = second === undefined ? !first.descending || first.stored === 'Id' : second.stored === 'Id' && second.descending === first.descending && order.length === 2;
  if (!tieBreak) return null;
  const nullsAtEdge = first.descending ? !first.nullsFirst : first.nullsFirst;
  if (!nullsAtEdge && table.rangeCount(first.stored, { from: null, to: null }) > 0) return null;
  return { field: first.stored, descending: first.descending };
}

interface Access { path: Path; inOrder: boolean; descending: boolean }

function access(query: RowQuery): Access {
  const [best] = planned(query) as [Path, ...Path[]];
  const wanted = walk(query.scope.table, query.order);
  if (wanted === null) return { path: best, inOrder: false, descending: false };
  const range = query.filter === null ? null : rangeFor(query.filter, wanted.field);
  const path = rangePath(query.scope.table, wanted.field, range ?? {});
  const stop = query.limit === undefined ? path.candidates : query.limit + (query.offset ?? 0);
  const sortIsCheap = query.limit !== undefined && best.candidates <= Math.max(SMALL_CANDIDATES, stop);
  const walkIsDear = query.limit === undefined && path.candidates > best.candidates * SORT_COST;
  if (best.ordered !== wanted.field && (sortIsCheap || walkIsDear)) return { path: best, inOrder: false, descending: false };
  return { path, inOrder: true, descending: wanted.descending };
}

function inIdOrder(rows: Row[]): Row[] {
  return rows.sort((a, b) => compareCells(a['Id'] ?? null, b['Id'] ?? null));
}

/** Rows equal by every key come in Id order, so that a statement has one answer. */
export function selectRows(query: RowQuery): Row[] {
  const { path, inOrder, descending } = access(query);
  const isVisible = visibility(query.scope, query.all);
  const offset = query.offset ?? 0;
  const stop = query.limit === undefined ? Number.POSITIVE_INFINITY : offset + query.limit;
  const arrange = (rows: Row[]): Row[] => (query.order.length === 0 ? inIdOrder(rows) : sorted(inIdOrder(rows), query.order));
  let rows: Row[] = [];
  if (stop === 0) return rows;
  for (const row of path.rows(descending)) {
    if (!isVisible(row) || (query.filter !== null && !query.filter.test(row))) continue;
    rows.push(row);
    if (inOrder && rows.length >= stop) break;
    // Keeping only the best so far bounds the memory and the last sort of "top few of very many".
    if (!inOrder && rows.length >= SORT_COST * stop + SMALL_CANDIDATES) rows = arrange(rows).slice(0, stop);
  }
  if (!inOrder) rows = arrange(rows);
  return rows.slice(offset, stop);
}

export function countRows(query: RowQuery): number {
  const [path] = planned(query) as [Path, ...Path[]];
  const isVisible = visibility(query.scope, query.all);
  let count = 0;
  for (const row of path.rows(false)) if (isVisible(row) && (query.filter === null || query.filter.test(row))) count++;
  const afterOffset = Math.max(0, count - (query.offset ?? 0));
  return Math.min(afterOffset, query.limit ?? afterOffset);
}
