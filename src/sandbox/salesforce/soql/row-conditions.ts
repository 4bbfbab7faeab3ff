/** Conditions on rows: columns, date functions, labels, currency literals, and semi-joins. */
import type { Operator, Query } from '@jetstreamapp/soql-parser-js';
import type { Cell, Row } from '../org-types.ts';
import { compileFilter } from './condition.ts';
import type { Compiler, Filter, Side } from './condition.ts';
import { rateOf } from './convert-currency.ts';
import { dateColumn, expressionField, isDateFunction } from './functions.ts';
import { kindOf, literalFault } from './literal.ts';
import type { Literal } from './literal.ts';
import { selectRows } from './rows.ts';
import { Scope } from './scope.ts';
import type { Column } from './scope.ts';
import { soqlFault } from './statement.ts';
import { syntaxTree } from './where.ts';
import type { Syntax, SyntaxCondition } from './where.ts';

/** Semi- and anti-joins in one statement (SOQL limits page). */
const MAX_SEMI_JOINS = 2;

function labels(column: Column): (row: Row) => Cell {
  const text = new Map((column.field.picklist ?? []).map(({ value, label }) => [value, label]));
  return (row) => {
    const cell = column.get(row);
    return typeof cell === 'string' ? (text.get(cell) ?? cell) : cell;
  };
}

/**
 * `Amount > USD5000`: both sides in the corporate currency, by the rates that hold for the record.
 */
function currencyTest(
  scope: Scope,
  column: Column,
  written: string,
  operator: Operator,
  literals: Literal[],
): ((row: Row) => boolean) | null {
  if (!literals.some(({ type }) => type.endsWith('_WITH_CURRENCY_PREFIX'))) return null;
  const { context, statement } = scope;
  if (column.field.type !== 'currency')
    throw literalFault(statement, column.field, written, 'WHERE');
  const wanted = literals.map(({ text }) => {
    const code = text.slice(0, 3).toUpperCase();
    const rate = context.multiCurrency ? context.conversionRate(code) : undefined;
    if (rate === undefined)
      throw statement.fault(
        'INVALID_FIELD',
        `Invalid currency ISO code in filter criterion for field '${column.field.name}': ${code}`,
        written,
        'WHERE',
      );
    return { code, amount: Number(text.slice(3)) };
  });
  return (row) => {
    const found = column.parent.follow(row);
    const cell = column.get(row);
    const amount =
      cell === null || found === null
        ? null
        : Number(cell) /
          rateOf(context, found, String(found.row['CurrencyIsoCode'] ?? context.userCurrency));
    const values =
      found === null ? [] : wanted.map((one) => one.amount / rateOf(context, found, one.code));
    const [first = 0] = values;
    switch (operator) {
      case '=':
      case 'IN':
        return amount !== null && values.includes(amount);
      case '!=':
      case 'NOT IN':
        return amount === null || !values.includes(amount);
      case '<':
        return amount !== null && amount < first;
      case '<=':
        return amount !== null && amount <= first;
      case '>':
        return amount !== null && amount > first;
      case '>=':
        return amount !== null && amount >= first;
      default:
        throw literalFault(statement, column.field, written, 'WHERE');
    }
  };
}

/** What Shield's deterministic scheme leaves of the operators: no range and no pattern. */
const EQUALITIES: ReadonlySet<Operator> = new Set(['=', '!=', 'IN', 'NOT IN']);

const unfilterable = (scope: Scope, column: Column, written: string): Error =>
  scope.statement.fault(
    'INVALID_FIELD',
    `field '${column.field.name}' can not be filtered in a query call`,
    written,
    'WHERE',
  );

function columnSide(scope: Scope, written: string): Side<Row> {
  const column = scope.column(written, 'WHERE');
  if (!column.field.filterable || kindOf(column.field.type) === 'none') {
    throw unfilterable(scope, column, written);
  }
  const isOwn =
    column.parent.names.length === 0 && !scope.context.isComputed(scope.object, column.field);
  return {
    field: column.field,
    written,
    clause: 'WHERE',
    get: column.get,
    stored: isOwn ? column.field.name : null,
    special: (operator, literals) => {
      if (column.field.encryption !== undefined && !EQUALITIES.has(operator))
        throw unfilterable(scope, column, written);
      return currencyTest(scope, column, written, operator, literals);
    },
  };
}

function side(scope: Scope, condition: SyntaxCondition): Side<Row> {
  if ('field' in condition) return columnSide(scope, condition.field);
  const call = 'fn' in condition ? condition.fn : {};
  const name = call.functionName ?? '';
  if (isDateFunction(name)) {
    const column = dateColumn(call, scope, 'WHERE');
    return { field: column.field, written: name, clause: 'WHERE', get: column.get, stored: null };
  }
  const [parameter] = call.parameters ?? [];
  if (name.toLowerCase() === 'tolabel' && typeof parameter === 'string') {
    const column = scope.column(parameter, 'WHERE');
    return {
      field: expressionField(column.field.name, 'string'),
      written: parameter,
      clause: 'WHERE',
      get: labels(column),
      stored: null,
    };
  }
  throw scope.statement.fault(
    'MALFORMED_QUERY',
    `Function ${name} is not supported in the WHERE clause`,
    name,
    'WHERE',
  );
}

function checkPlace(place: 'top' | 'or' | 'nested'): void {
  if (place === 'or')
    throw soqlFault(
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'OR' operator",
    );
  if (place === 'nested')
    throw soqlFault(
      'MALFORMED_QUERY',
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    );
}

function sameTarget(
  outer: Column,
  outerObject: string,
  inner: Column,
  innerObject: string,
): boolean {
  const targets = (column: Column, object: string): string[] =>
    column.field.type === 'id'
      ? [column.parent.object?.name ?? object]
      : (column.field.referenceTo ?? []);
  const left = targets(outer, outerObject);
  return (
    kindOf(inner.field.type) === 'id' &&
    targets(inner, innerObject).some((name) => left.includes(name))
  );
}

/**
 * `AccountId IN (SELECT Id FROM Account WHERE …)`; throws OrgFault MALFORMED_QUERY for what
 * SOQL does not allow in one.
 */
function semiJoin(scope: Scope, condition: SyntaxCondition, all: boolean): Filter<Row> {
  const query = (condition as { valueQuery: Query }).valueQuery;
  const written = (condition as { field: string }).field;
  const { context, statement } = scope;
  const left = scope.column(written, 'WHERE');
  if (left.parent.names.length > 1)
    throw soqlFault(
      'MALFORMED_QUERY',
      `The left operand '${written}' cannot have more than one level of relationships`,
    );
  if (kindOf(left.field.type) !== 'id')
    throw statement.fault(
      'INVALID_QUERY_FILTER_OPERATOR',
      `invalid operator on ${left.field.type} field`,
      written,
      'WHERE',
    );
  const object = context.object(query.sObject ?? '');
  if (object === undefined) throw statement.noSuchObject(query.sObject ?? '');
  if (object === scope.object)
    throw soqlFault(
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    );
  const [field] = query.fields ?? [];
  const isPlain =
    query.fields?.length === 1 && (field?.type === 'Field' || field?.type === 'FieldRelationship');
  if (
    !isPlain ||
    query.limit !== undefined ||
    query.orderBy !== undefined ||
    query.groupBy !== undefined
  ) {
    throw soqlFault(
      'MALFORMED_QUERY',
      'Semi join sub-selects must select one field and may not use ORDER BY, LIMIT or GROUP BY',
    );
  }
  const inner = new Scope(context, statement, object, query.sObjectAlias);
  const path =
    field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
  const column = inner.column(path, 'SELECT');
  if (!sameTarget(left, scope.object.name, column, object.name)) {
    throw soqlFault(
      'MALFORMED_QUERY',
      `The selected field '${column.field.name}' in the subquery and the left operand field in the where expression in the outer query '${left.field.name}' should point to the same object type`,
    );
  }
  const filter =
    query.where === undefined
      ? null
      : compileRows(syntaxTree(query.where, statement), inner, all, true);
  const keys = new Set<Cell>();
  for (const row of selectRows({ scope: inner, filter, order: [], all })) {
    const cell = column.get(row);
    if (cell !== null) keys.add(cell);
  }
  if (condition.operator.toUpperCase() !== 'IN') return { test: (row) => !keys.has(left.get(row)) };
  const isOwn = left.parent.names.length === 0 && !context.isComputed(scope.object, left.field);
  return {
    test: (row) => keys.has(left.get(row)),
    leaf: isOwn ? { field: left.field.name, keys: [...keys] } : undefined,
  };
}

function semiJoinsIn(syntax: Syntax): number {
  if (syntax.kind === 'not') return semiJoinsIn(syntax.part);
  if (syntax.kind === 'condition') return 'valueQuery' in syntax.condition ? 1 : 0;
  return syntax.parts.reduce((sum, part) => sum + semiJoinsIn(part), 0);
}

/** `inner`: this is the WHERE of a semi-join, which may not hold another. */
export function compileRows(
  syntax: Syntax,
  scope: Scope,
  all: boolean,
  inner = false,
): Filter<Row> {
  const joins = semiJoinsIn(syntax);
  if (inner && joins > 0)
    throw soqlFault('MALFORMED_QUERY', 'Nesting of semi join sub-selects is not supported');
  if (joins > MAX_SEMI_JOINS)
    throw soqlFault(
      'MALFORMED_QUERY',
      `maximum ${MAX_SEMI_JOINS} semi join sub-selects are allowed`,
    );
  const compiler: Compiler<Row> = {
    side: (condition) => side(scope, condition),
    semiJoin: (condition, place) => {
      checkPlace(place);
      return semiJoin(scope, condition, all);
    },
  };
  return compileFilter(syntax, compiler, scope.statement, scope.context);
}
