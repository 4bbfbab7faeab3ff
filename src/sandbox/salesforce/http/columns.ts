/** `query?columns=true`: the shape of the result without the result. */
import type { Org, OrgQuery, QueryColumn } from '../org-types.ts';

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);
const TEXTS = new Set([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'phone',
  'url',
  'email',
  'encryptedstring',
]);

export function columnMetadata(org: Org, query: OrgQuery, soql: string): Record<string, unknown> {
  const columns = query.columns();
  return {
    columnMetadata: nested(columns),
    entityName: query.object,
    groupBy: /\bgroup\s+by\b/i.test(soql),
    idSelected: columns.some((column) => column.name.toLowerCase() === 'id'),
    keyPrefix: org.object(query.object)?.keyPrefix ?? null,
  };
}

/**
 * Parent paths nest: `Account.Name` is a join column `Name` under `Account`, which stands
 * where its first path stood.
 */
function nested(columns: QueryColumn[]): unknown[] {
  const groups = new Map<string, QueryColumn[]>();
  for (const column of columns) {
    const parent = parentOf(column);
    const key = parent ?? column.name;
    const inner =
      parent === null ? column : { ...column, name: column.name.slice(parent.length + 1) };
    groups.set(key, [...(groups.get(key) ?? []), inner]);
  }
  return [...groups].map(([key, list]) => {
    const only = list.length === 1 ? list[0] : undefined;
    if (only !== undefined && only.name === key)
      return leaf(only, only.children === undefined ? [] : nested(only.children));
    return leaf({ name: key, type: 'reference', aggregate: false }, nested(list));
  });
}

function parentOf(column: QueryColumn): string | null {
  const dot = column.name.indexOf('.');
  return dot === -1 || column.aggregate ? null : column.name.slice(0, dot);
}

function leaf(column: QueryColumn, joinColumns: unknown[]): unknown {
  return {
    aggregate: column.aggregate || column.children !== undefined,
    apexType: apexType(column.type),
    booleanType: column.type === 'boolean',
    columnName: column.name,
    custom: column.name.endsWith('__c'),
    displayName: column.name,
    foreignKeyName: null,
    insertable: !column.aggregate,
    joinColumns,
    numberType: NUMBERS.has(column.type),
    textType: TEXTS.has(column.type),
    updatable: !column.aggregate,
  };
}

function apexType(type: string): string {
  if (NUMBERS.has(type)) return type === 'int' ? 'Integer' : 'Decimal';
  if (type === 'datetime') return 'Datetime';
  if (type === 'id' || type === 'reference') return 'Id';
  return TEXTS.has(type) ? 'String' : type.charAt(0).toUpperCase() + type.slice(1);
}
