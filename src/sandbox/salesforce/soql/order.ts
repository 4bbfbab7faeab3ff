/**
 * ORDER BY: keys, directions, and where empty cells go. Empty cells come first unless NULLS LAST is
 * said, in either direction (SOQL ORDER BY page).
 */
import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import { compareCells } from '../table/sort-rows.ts';
import { kindOf } from './literal.ts';
import type { Scope } from './scope.ts';
import { soqlFault } from './statement.ts';

export interface OrderKey<T> {
  get(subject: T): Cell;
  descending: boolean;
  nullsFirst: boolean;
  /** Stored field of the object itself whose index order is this key's order. */
  stored: string | null;
}

/**
 * What a cell sorts by: picklists by their place in the value list, text
 * without regard to letter case.
 */
export function sortCell(field: FieldDefinition): (cell: Cell) => Cell {
  if (field.type === 'picklist' && field.picklist !== undefined && field.picklist.length > 0) {
    const place = new Map(
      field.picklist.map(({ value }, index) => [
        value.toLowerCase(),
        String(index).padStart(6, '0'),
      ]),
    );
    return (cell) =>
      cell === null
        ? null
        : (place.get(String(cell).toLowerCase()) ?? `~${String(cell).toLowerCase()}`);
  }
  const kind = kindOf(field.type);
  if (kind !== 'text' && kind !== 'multipicklist') return (cell) => cell;
  return (cell) => (typeof cell === 'string' ? cell.toLowerCase() : cell);
}

export function clauses(orderBy: OrderByClause | OrderByClause[] | undefined): OrderByClause[] {
  return orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy];
}

export function direction(clause: OrderByClause): { descending: boolean; nullsFirst: boolean } {
  return { descending: clause.order === 'DESC', nullsFirst: clause.nulls !== 'LAST' };
}

/** Throws OrgFault INVALID_FIELD for an unknown or unsortable column. */
export function rowOrder(
  orderBy: OrderByClause | OrderByClause[] | undefined,
  scope: Scope,
): OrderKey<Row>[] {
  return clauses(orderBy).map((clause) => {
    if (!('field' in clause))
      throw soqlFault(
        'MALFORMED_QUERY',
        `Ordered field must be grouped or aggregated: ${clause.fn.rawValue ?? ''}`,
      );
    const column = scope.column(clause.field, 'ORDER');
    if (!column.field.sortable)
      throw scope.statement.fault(
        'INVALID_FIELD',
        `field '${column.field.name}' can not be sorted in a query call`,
        clause.field,
        'ORDER',
      );
    const key = sortCell(column.field);
    const kind = kindOf(column.field.type);
    const isOwn =
      column.parent.names.length === 0 &&
      kind !== 'text' &&
      kind !== 'multipicklist' &&
      !scope.context.isComputed(scope.object, column.field);
    return {
      ...direction(clause),
      get: (row: Row) => key(column.get(row)),
      stored: isOwn ? column.field.name : null,
    };
  });
}

/** Subjects in order, those equal by every key staying as they came. */
export function sorted<T>(subjects: T[], keys: OrderKey<T>[]): T[] {
  const decorated = subjects.map((subject) => ({
    subject,
    cells: keys.map((key) => key.get(subject)),
  }));
  decorated.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const left = a.cells[i] ?? null;
      const right = b.cells[i] ?? null;
      if (left !== right) return byKey(keys[i] as OrderKey<T>, left, right);
    }
    return 0;
  });
  return decorated.map(({ subject }) => subject);
}

/** The order of two cells that differ. */
function byKey<T>(key: OrderKey<T>, left: Cell, right: Cell): number {
  if (left === null) return key.nullsFirst ? -1 : 1;
  if (right === null) return key.nullsFirst ? 1 : -1;
  return key.descending ? compareCells(right, left) : compareCells(left, right);
}
