/** Child subqueries in SELECT: one level, each with its own WHERE, ORDER BY and LIMIT. */
import type { Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { QueriedResult, Row } from '../org-types.ts';
import { isAggregate } from './aggregate.ts';
import { sorted, rowOrder } from './order.ts';
import { compileRows } from './row-conditions.ts';
import { visibility } from './rows.ts';
import { Scope } from './scope.ts';
import type { Found } from './scope.ts';
import { Selection } from './select.ts';
import type { Output } from './shape.ts';
import { soqlFault } from './statement.ts';
import { syntaxTree } from './where.ts';

/** Child subqueries in one statement (SOQL relationship limits). */
const MAX_SUBQUERIES = 20;

function childRelationship(
  scope: Scope,
  name: string,
): { object: ObjectDefinition; field: FieldDefinition } | null {
  for (const object of scope.context.objects()) {
    if (scope.context.object(object.name) === undefined) continue;
    for (const field of scope.context.visibleFields(object)) {
      if (
        field.childRelationshipName?.toLowerCase() === name.toLowerCase() &&
        field.referenceTo?.includes(scope.object.name)
      )
        return { object, field };
    }
  }
  return null;
}

/**
 * Throws OrgFault: INVALID_FIELD for an unknown relationship, MALFORMED_QUERY for
 * what a subquery may not hold.
 */
export function childOutput(subquery: Subquery, scope: Scope, all: boolean, nth: number): Output {
  const { statement, context } = scope;
  if (nth > MAX_SUBQUERIES)
    throw soqlFault('MALFORMED_QUERY', `maximum number of subqueries exceeded: ${MAX_SUBQUERIES}`);
  const relationship = childRelationship(scope, subquery.relationshipName);
  if (relationship === null)
    throw statement.noSuchRelationship(
      subquery.relationshipName,
      subquery.relationshipName,
      'FROM',
    );
  const { object, field } = relationship;
  if (isAggregate(subquery))
    throw soqlFault('MALFORMED_QUERY', 'Aggregate functions are not supported in subqueries');
  const inner = new Scope(context, statement, object, subquery.sObjectAlias);
  const selection = new Selection(inner, subquery.limit);
  for (const item of subquery.fields ?? []) {
    if (item.type === 'FieldSubquery')
      throw soqlFault(
        'MALFORMED_QUERY',
        'SOQL queries with more than one level of child subqueries are not supported',
      );
    selection.add(item);
  }
  const filter =
    subquery.where === undefined
      ? null
      : compileRows(syntaxTree(subquery.where, statement), inner, all);
  const order = rowOrder(subquery.orderBy, inner);
  const isVisible = visibility(inner, all);
  if (!inner.table.hasHash(field.name)) inner.table.declareHash(field.name);
  const byId = {
    get: (row: Row) => row['Id'] ?? null,
    descending: false,
    nullsFirst: true,
    stored: 'Id',
  };
  const rowsOf = (parentId: string): Row[] => {
    const rows = [...inner.table.lookup(field.name, parentId)].filter(
      (row) => isVisible(row) && (filter === null || filter.test(row)),
    );
    const offset = subquery.offset ?? 0;
    return sorted(rows, [...order, byId]).slice(
      offset,
      subquery.limit === undefined ? undefined : offset + subquery.limit,
    );
  };
  const value = ({ row }: Found): QueriedResult | null => {
    const rows = rowsOf(String(row['Id']));
    return rows.length === 0
      ? null
      : {
          totalSize: rows.length,
          records: rows.map((child) => selection.shape.record({ object, row: child })),
        };
  };
  return {
    name: field.childRelationshipName ?? subquery.relationshipName,
    type: '',
    value,
    children: selection.shape.columns(),
  };
}
