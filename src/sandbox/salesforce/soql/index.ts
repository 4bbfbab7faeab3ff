/**
 * SOQL over the org's tables: parse, check names and types as the querying user
 * sees them, plan, evaluate.
 */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgQuery, Row } from '../org-types.ts';
import { aggregateQuery, isAggregate } from './aggregate.ts';
import { childOutput } from './children.ts';
import type { Filter } from './condition.ts';
import type { SoqlContext } from './context.ts';
import { rowOrder } from './order.ts';
import { parseStatement } from './parse.ts';
import { compileRows } from './row-conditions.ts';
import { countRows, planned, selectRows } from './rows.ts';
import { Scope } from './scope.ts';
import { Selection } from './select.ts';
import { soqlFault } from './statement.ts';
import type { Statement } from './statement.ts';
import { syntaxTree } from './where.ts';

export type { SoqlContext } from './context.ts';

/** Rows that may be skipped (SOQL OFFSET page). */
const MAX_OFFSET = 2_000;

function checkClauses(query: Query): void {
  if ((query.offset ?? 0) > MAX_OFFSET)
    throw soqlFault('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  if (query.withSecurityEnforced === true || query.withAccessLevel !== undefined)
    throw soqlFault('MALFORMED_QUERY', 'unexpected token: WITH');
  if (query.withDataCategory !== undefined)
    throw soqlFault('MALFORMED_QUERY', 'WITH DATA CATEGORY is not supported for this object');
}

/** `USING SCOPE mine` keeps the user's own rows. */
function scopeFilter(query: Query, scope: Scope): Filter<Row> | null {
  const name = query.usingScope?.toLowerCase();
  if (name === undefined || name === 'everything') return null;
  if (name !== 'mine' || scope.field('OwnerId') === undefined) {
    throw scope.statement.fault(
      'INVALID_QUERY_SCOPE',
      `The requested scope '${query.usingScope ?? ''}' is not supported for ${scope.object.name}`,
      query.usingScope ?? '',
      'FROM',
    );
  }
  const { userId } = scope.context;
  return { test: (row) => row['OwnerId'] === userId, leaf: { field: 'OwnerId', keys: [userId] } };
}

interface Prepared {
  query: Query;
  scope: Scope;
  filter: Filter<Row> | null;
}

function prepare(context: SoqlContext, soql: string, all: boolean): Prepared {
  const { statement, query } = parseStatement(soql);
  checkClauses(query);
  const scope = new Scope(
    context,
    statement,
    fromObject(context, statement, query),
    query.sObjectAlias,
  );
  const where =
    query.where === undefined ? null : compileRows(syntaxTree(query.where, statement), scope, all);
  const scoped = scopeFilter(query, scope);
  if (where === null || scoped === null) return { query, scope, filter: where ?? scoped };
  return {
    query,
    scope,
    filter: { and: [where, scoped], test: (row) => where.test(row) && scoped.test(row) },
  };
}

function fromObject(
  context: SoqlContext,
  statement: Statement,
  query: Query,
): NonNullable<ReturnType<SoqlContext['object']>> {
  const name = query.sObject ?? '';
  const object = context.object(name);
  if (object === undefined || !object.queryable) throw statement.noSuchObject(name);
  return object;
}

/** `SELECT COUNT() FROM …` answers with a size and no records. */
function isBareCount(query: Query): boolean {
  const [item, more] = query.fields ?? [];
  return (
    more === undefined &&
    item?.type === 'FieldFunctionExpression' &&
    item.functionName.toUpperCase() === 'COUNT' &&
    item.parameters.length === 0
  );
}

function bareCount({ query, scope, filter }: Prepared, all: boolean): OrgQuery {
  if (query.groupBy !== undefined || query.orderBy !== undefined)
    throw soqlFault('MALFORMED_QUERY', 'unexpected token: COUNT');
  const totalSize = countRows({
    scope,
    filter,
    order: [],
    limit: query.limit,
    offset: query.offset,
    all,
  });
  return {
    object: scope.object.name,
    totalSize,
    hasChildren: false,
    slice: () => [],
    columns: () => [],
  };
}

/**
 * Run a statement for one user. `all`: deleted and archived rows too (queryAll).
 * Throws OrgFault with Salesforce's code and text for what is wrong or not supported:
 * MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE, INVALID_QUERY_FILTER_OPERATOR, …
 */
export function runQuery(context: SoqlContext, soql: string, options: { all: boolean }): OrgQuery {
  const { all } = options;
  const prepared = prepare(context, soql, all);
  const { query, scope, filter } = prepared;
  if (isBareCount(query)) return bareCount(prepared, all);
  if (isAggregate(query)) return aggregateQuery(query, scope, filter, all);
  if (query.having !== undefined) throw soqlFault('MALFORMED_QUERY', 'unexpected token: HAVING');
  const selection = new Selection(scope, query.limit);
  let subqueries = 0;
  for (const item of query.fields ?? []) {
    if (item.type === 'FieldSubquery')
      selection.shape.add(childOutput(item.subquery, scope, all, ++subqueries));
    else selection.add(item);
  }
  const rows = selectRows({
    scope,
    filter,
    order: rowOrder(query.orderBy, scope),
    limit: query.limit,
    offset: query.offset,
    all,
  });
  return {
    object: scope.object.name,
    totalSize: rows.length,
    hasChildren: subqueries > 0,
    slice: (from, to) =>
      rows.slice(from, to).map((row) => selection.shape.record({ object: scope.object, row })),
    columns: () => selection.shape.columns(),
  };
}

/** The leading index a statement would use (null: table scan) and the rows it would look at. */
export function explainQuery(
  context: SoqlContext,
  soql: string,
): { object: string; index: string | null; candidates: number } {
  const { scope, filter } = prepare(context, soql, false);
  const [path] = planned({ scope, filter, order: [], all: false });
  return {
    object: scope.object.name,
    index: path?.index ?? null,
    candidates: path?.candidates ?? 0,
  };
}
