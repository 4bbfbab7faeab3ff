/** Aggregate queries: GROUP BY, HAVING, and the functions over groups. */
import type { FieldType as SelectItem, FunctionExp, Query } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, FieldType } from '../metadata/definition.ts';
import type { Cell, OrgQuery, QueriedRecord, QueryColumn, Row } from '../org-types.ts';
import { compareCells } from '../table/sort-rows.ts';
import { Accumulator, aggregateName, checkAggregate } from './accumulator.ts';
import { compileFilter } from './condition.ts';
import type { Filter, Side } from './condition.ts';
import { formatted } from './format.ts';
import { dateColumn, expressionField, isDateFunction } from './functions.ts';
import type { Call } from './functions.ts';
import { clauses, direction, sortCell, sorted } from './order.ts';
import type { OrderKey } from './order.ts';
import { selectRows } from './rows.ts';
import type { Scope } from './scope.ts';
import { soqlFault } from './statement.ts';
import type { Clause } from './statement.ts';
import { syntaxTree } from './where.ts';
import type { SyntaxCondition } from './where.ts';

/** Groups one answer may hold, for aggregate queries have no next page (SOQL GROUP BY page). */
const MAX_GROUPS = 2_000;

interface Group {
  keys: Cell[];
  sums: Accumulator[];
}
interface Expression {
  key: string;
  field: FieldDefinition;
  get(group: Group): Cell;
}
interface GroupKey {
  key: string;
  field: FieldDefinition;
  get(row: Row): Cell;
}
interface Measure {
  key: string;
  name: string;
  get(row: Row): Cell;
}

function pathOf(item: SelectItem): string | null {
  if (item.type === 'Field') return item.field;
  return item.type === 'FieldRelationship'
    ? (item.rawValue ?? [...item.relationships, item.field].join('.'))
    : null;
}

/** An aggregate function, or FORMAT() around one. */
function aggregates({ functionName = '', parameters }: Call): boolean {
  const [inner] = parameters ?? [];
  return (
    aggregateName(functionName) !== null ||
    (functionName.toLowerCase() === 'format' && typeof inner === 'object' && aggregates(inner))
  );
}

export function isAggregate(query: Query): boolean {
  return (
    query.groupBy !== undefined ||
    (query.fields ?? []).some(
      (item) => item.type === 'FieldFunctionExpression' && aggregates(item as Call),
    )
  );
}

/** Expressions of one aggregate statement, each computed once a group. */
class Grouping {
  readonly keys: GroupKey[] = [];
  readonly measures: Measure[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope, query: Query) {
    this.#scope = scope;
    const list =
      query.groupBy === undefined
        ? []
        : Array.isArray(query.groupBy)
          ? query.groupBy
          : [query.groupBy];
    for (const clause of list)
      this.keys.push('field' in clause ? this.#fieldKey(clause.field) : this.#callKey(clause.fn));
  }

  #fieldKey(path: string): GroupKey {
    const column = this.#scope.column(path, 'GROUP');
    if (!column.field.groupable)
      throw this.#scope.statement.fault(
        'INVALID_FIELD',
        `field '${column.field.name}' can not be grouped in a query call`,
        path,
        'GROUP',
      );
    return { key: column.path.toLowerCase(), field: column.field, get: column.get };
  }

  #callKey(call: FunctionExp): GroupKey {
    const name = call.functionName ?? '';
    if (isDateFunction(name)) return dateColumn(call as Call, this.#scope, 'GROUP');
    throw this.#scope.statement.fault(
      'MALFORMED_QUERY',
      `GROUP BY ${name.toUpperCase()} is not supported`,
      name,
      'GROUP',
    );
  }

  /** Throws OrgFault MALFORMED_QUERY when the column is neither grouped nor aggregated. */
  column(path: string, clause: Clause): Expression {
    const { path: canonical, field } = this.#scope.column(path, clause);
    return this.#keyed(
      canonical.toLowerCase(),
      `${clause === 'ORDER' ? 'Ordered field' : 'Field'} must be grouped or aggregated: ${field.name}`,
    );
  }

  #keyed(key: string, fault: string): Expression {
    const at = this.keys.findIndex((group) => group.key === key);
    const found = this.keys[at];
    if (found === undefined) throw soqlFault('MALFORMED_QUERY', fault);
    return { key, field: found.field, get: (group) => group.keys[at] ?? null };
  }

  call(call: Call, clause: Clause): Expression {
    const name = call.functionName ?? '';
    const aggregate = aggregateName(name);
    if (name.toLowerCase() === 'format' && clause === 'SELECT')
      return this.#formatted(call, clause);
    if (aggregate === null) {
      if (!isDateFunction(name))
        throw this.#scope.statement.fault(
          'MALFORMED_QUERY',
          `Function ${name} is not supported in an aggregate query`,
          name,
          clause,
        );
      return this.#keyed(
        dateColumn(call, this.#scope, clause).key,
        `Field must be grouped or aggregated: ${call.rawValue ?? name}`,
      );
    }
    const [path] = call.parameters ?? [];
    if (typeof path !== 'string')
      throw this.#scope.statement.fault('MALFORMED_QUERY', "unexpected token: '('", name, clause);
    const column = this.#scope.column(path, clause);
    checkAggregate(aggregate, column.field, path, this.#scope.statement, clause);
    const key = `${aggregate}(${column.path})`.toLowerCase();
    let at = this.measures.findIndex((measure) => measure.key === key);
    if (at < 0) at = this.measures.push({ key, name: aggregate, get: column.get }) - 1;
    return {
      key,
      field: {
        ...expressionField(column.field.name, resultType(aggregate, column.field.type)),
        picklist: column.field.picklist,
      },
      get: (group) => group.sums[at]?.result() ?? null,
    };
  }

  #formatted(call: Call, clause: Clause): Expression {
    const [parameter] = call.parameters ?? [];
    const inner =
      typeof parameter === 'object'
        ? this.call(parameter, clause)
        : this.column(parameter ?? '', clause);
    return {
      key: `format(${inner.key})`,
      field: { ...inner.field, type: 'string' },
      get: (group) => formatted(inner.get(group), inner.field, undefined, this.#scope.context),
    };
  }

  groups(rows: Row[]): Group[] {
    const groups = new Map<string, Group>();
    for (const row of rows) {
      const keys = this.keys.map((key) => key.get(row));
      const id = JSON.stringify(keys);
      let group = groups.get(id);
      if (group === undefined) {
        group = { keys, sums: this.measures.map((measure) => new Accumulator(measure.name)) };
        groups.set(id, group);
      }
      for (let i = 0; i < this.measures.length; i++)
        group.sums[i]?.add((this.measures[i] as Measure).get(row));
    }
    if (this.keys.length === 0 && groups.size === 0)
      return [{ keys: [], sums: this.measures.map((measure) => new Accumulator(measure.name)) }];
    return [...groups.values()].sort((a, b) => {
      for (let i = 0; i < a.keys.length; i++) {
        const order = compareCells(a.keys[i] ?? null, b.keys[i] ?? null);
        if (order !== 0) return order;
      }
      return 0;
    });
  }
}

function resultType(aggregate: string, type: FieldType): FieldType {
  if (aggregate.startsWith('COUNT')) return 'int';
  return aggregate === 'AVG' ? 'double' : type;
}

interface NamedExpression {
  name: string;
  expression: Expression;
  aggregate: boolean;
}

function selectList(query: Query, grouping: Grouping, scope: Scope): NamedExpression[] {
  let unnamed = 0;
  const taken = new Set<string>();
  return (query.fields ?? []).map((item) => {
    const path = pathOf(item);
    const alias = 'alias' in item ? item.alias : undefined;
    if (path === null && item.type !== 'FieldFunctionExpression')
      throw soqlFault(
        'MALFORMED_QUERY',
        'Subqueries and TYPEOF are not allowed in aggregate queries',
      );
    const expression =
      path === null ? grouping.call(item as Call, 'SELECT') : grouping.column(path, 'SELECT');
    const name = alias ?? (path === null ? `expr${unnamed++}` : expression.field.name);
    if (taken.has(name.toLowerCase()))
      throw scope.statement.fault('MALFORMED_QUERY', `duplicate alias: ${name}`, name);
    taken.add(name.toLowerCase());
    return { name, expression, aggregate: path === null };
  });
}

function having(query: Query, grouping: Grouping, scope: Scope): Filter<Group> | null {
  if (query.having === undefined) return null;
  const compiler = {
    side: (condition: SyntaxCondition): Side<Group> => {
      const isField = 'field' in condition;
      const call = isField ? {} : (condition as { fn: Call }).fn;
      const { field, get } = isField
        ? grouping.column(condition.field, 'HAVING')
        : grouping.call(call, 'HAVING');
      return {
        field,
        get,
        stored: null,
        written: isField ? condition.field : (call.functionName ?? ''),
        clause: 'HAVING',
      };
    },
    semiJoin: (): Filter<Group> => {
      throw soqlFault(
        'MALFORMED_QUERY',
        'Semi join sub-selects are not allowed in the HAVING clause',
      );
    },
  };
  return compileFilter(
    syntaxTree(query.having, scope.statement),
    compiler,
    scope.statement,
    scope.context,
  );
}

function groupOrder(query: Query, grouping: Grouping): OrderKey<Group>[] {
  return clauses(query.orderBy).map((clause) => {
    const expression =
      'field' in clause
        ? grouping.column(clause.field, 'ORDER')
        : grouping.call(clause.fn as Call, 'ORDER');
    const key = sortCell(expression.field);
    return {
      ...direction(clause),
      stored: null,
      get: (group: Group) => key(expression.get(group)),
    };
  });
}

/** Throws OrgFault: MALFORMED_QUERY, INVALID_FIELD, EXCEEDED_ID_LIMIT. */
export function aggregateQuery(
  query: Query,
  scope: Scope,
  filter: Filter<Row> | null,
  all: boolean,
): OrgQuery {
  const grouping = new Grouping(scope, query);
  const list = selectList(query, grouping, scope);
  const keep = having(query, grouping, scope);
  const order = groupOrder(query, grouping);
  if (grouping.keys.length === 0 && query.limit !== undefined)
    throw soqlFault(
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    );
  let groups = grouping.groups(selectRows({ scope, filter, order: [], all }));
  if (keep !== null) groups = groups.filter((group) => keep.test(group));
  if (order.length > 0) groups = sorted(groups, order);
  const offset = query.offset ?? 0;
  groups = groups.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
  if (groups.length > MAX_GROUPS)
    throw soqlFault(
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  const record = (group: Group): QueriedRecord => ({
    type: 'AggregateResult',
    id: null,
    values: list.map(({ name, expression }) => [name, expression.get(group)]),
  });
  return {
    object: scope.object.name,
    totalSize: groups.length,
    hasChildren: false,
    slice: (from, to) => groups.slice(from, to).map(record),
    columns: (): QueryColumn[] =>
      list.map(({ name, expression, aggregate }) => ({
        name,
        type: expression.field.type,
        aggregate,
      })),
  };
}
