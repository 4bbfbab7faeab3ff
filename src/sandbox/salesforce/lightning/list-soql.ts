/** A deployed list view as the query that it stands for. */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { listOf, textOf } from '../metadata-api/document.ts';

/** What list views of standard objects call their own columns (Metadata API guide, ListView). */
const NAMES: Readonly<Record<string, string>> = {
  'ACCOUNT.NAME': 'Account.Name',
  'CORE.USERS.ALIAS': 'Owner.Alias',
  'OPPORTUNITY.NAME': 'Name',
  'OPPORTUNITY.AMOUNT': 'Amount',
  'OPPORTUNITY.CLOSE_DATE': 'CloseDate',
  'OPPORTUNITY.CLOSED': 'IsClosed',
  NAME: 'Name',
};
const OPERATORS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  greaterThan: '>',
  greaterOrEqual: '>=',
  lessThan: '<',
  lessOrEqual: '<=',
};
/** As many as the first page of a list shows. */
const SHOWN = 50;

const pathOf = (object: string, column: string): string =>
  column === 'ACCOUNT.NAME' && object === 'Account' ? 'Name' : (NAMES[column] ?? column);

/** A list that shows other records than the CRM's would be worse than none. */
function operatorOf(operation: string): string {
  const operator = Object.hasOwn(OPERATORS, operation) ? OPERATORS[operation] : undefined;
  if (operator === undefined)
    throw fault(501, 'NOT_IMPLEMENTED', `This page shows no list with the filter ${operation}.`);
  return operator;
}

/** Nothing beside "not equal" is "is not blank"; a checkbox is asked for as 1 or 0. */
function valueOf(field: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'null';
  if (field === 'IsClosed') return value === '1' ? 'true' : 'false';
  return /^-?\d+(\.\d+)?$/.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}

export interface ListQuery {
  label: string;
  columns: string[];
  soql: string;
}

/** `sort`: path of the column that somebody clicked; the largest come first. */
export function listQuery(object: string, document: JsonObject, sort: string | null): ListQuery {
  const named = document['columns'] ?? [];
  const columns = (Array.isArray(named) ? named : [named]).map((name) =>
    pathOf(object, String(name)),
  );
  const where = listOf(document, 'filters').map((filter) => {
    const field = pathOf(object, String(filter['field']));
    const operator = operatorOf(String(filter['operation']));
    return `${field} ${operator} ${valueOf(field, textOf(filter, 'value'))}`;
  });
  const order = sort !== null && columns.includes(sort) ? ` ORDER BY ${sort} DESC NULLS LAST` : '';
  return {
    label: textOf(document, 'label') ?? object,
    columns,
    soql: `SELECT Id, ${columns.filter((path) => path !== 'Id').join(', ')} FROM ${object}${
      where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`
    }${order} LIMIT ${SHOWN}`,
  };
}
