/**
 * SOQL text from parts: nothing a mapping or a record says is ever spliced in unescaped, and no
 * statement is ever edited afterwards.
 */
import type { CrmField, CrmFilterTerm, CrmValue } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { isId, to18 } from './ids.ts';

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*){0,5}$/;
/** Salesforce refuses longer strings in WHERE. */
const LONGEST_STRING = 4_000;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * A string literal with all of Salesforce's reserved characters escaped (SOQL reference, "Quoted
 * String Escape Sequences").
 */
export function soqlString(text: string): string {
  return `'${text.replace(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** An API name that is safe in a statement; whether it exists is decided by describe. */
export function soqlName(name: string): string {
  if (!IDENTIFIER.test(name))
    throw new HeadwaterError('config', `"${name.slice(0, 80)}" is no Salesforce API name.`, {
      code: 'NAME',
      cure: 'Use API names, such as Amount, Account.Name or Region__c.',
    });
  return name;
}

/**
 * A date-time literal. Stamps have one-second resolution, so a bound between two seconds is the
 * next whole one, for >= and for < alike.
 */
export const soqlInstant = (ms: number): string =>
  new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const instantOf = (value: CrmValue): number =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;

/**
 * A value as the literal its field's type asks for; a `config` error where the value does not fit
 * the field.
 */
export function soqlLiteral(field: CrmField, value: CrmValue): string {
  if (value === null) return 'null';
  const unfit = (wanted: string) =>
    new HeadwaterError(
      'config',
      `Filter on ${field.name}: ${JSON.stringify(value).slice(0, 80)} is no ${wanted}.`,
      { code: 'FILTER_VALUE', cure: `Give a ${wanted}; the field is a ${field.nativeType}.` },
    );
  switch (field.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw unfit('true or false');
      return String(value);
    case 'integer':
    case 'number':
    case 'money':
    case 'percent': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) throw unfit('number');
      return plainNumber(number);
    }
    case 'date':
      if (typeof value !== 'string' || !isDate(value)) throw unfit('date (YYYY-MM-DD)');
      return value;
    case 'datetime': {
      const ms = instantOf(value);
      if (Number.isNaN(ms)) throw unfit('date-time (2026-05-01T07:25:37Z)');
      return soqlInstant(ms);
    }
    case 'id':
    case 'reference':
      if (typeof value !== 'string' || !isId(value)) throw unfit('Salesforce id');
      return soqlString(to18(value));
    default: {
      const text = String(value);
      if (text.length > LONGEST_STRING) throw unfit(`text of at most ${LONGEST_STRING} characters`);
      return soqlString(text);
    }
  }
}

/**
 * A number without an exponent, which SOQL does not take everywhere; 18 decimals are more than any
 * field keeps.
 */
function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) >= 1 ? BigInt(Math.round(value)).toString() : value.toFixed(18);
}

const OPERATORS = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** One filter term; `path` is the canonical path of `field`. */
export function soqlTerm(path: string, field: CrmField, term: CrmFilterTerm): string {
  if (!field.filterable)
    throw new HeadwaterError(
      'config',
      `Salesforce cannot filter on ${path} (${field.nativeType}).`,
      {
        code: 'NOT_FILTERABLE',
        cure: 'Move the filter from `pull` to `where`, which is decided from the local copy.',
      },
    );
  const name = soqlName(path);
  switch (term.op) {
    case 'isNull':
      return `${name} = null`;
    case 'notNull':
      return `${name} != null`;
    case 'in':
    case 'notIn': {
      const values = term.values ?? (term.value === undefined ? [] : [term.value]);
      return membership(name, field, term.op === 'in', values);
    }
    default:
      if (term.value === undefined)
        throw new HeadwaterError('config', `Filter on ${path}: ${term.op} needs a value.`, {
          code: 'FILTER_VALUE',
          cure: 'Add `value`.',
        });
      return `${name} ${OPERATORS[term.op]} ${soqlLiteral(field, term.value)}`;
  }
}

/** SOQL has no empty list, and a list matches no null. */
function membership(name: string, field: CrmField, positive: boolean, values: CrmValue[]): string {
  const literals = values
    .filter((value) => value !== null)
    .map((value) => soqlLiteral(field, value));
  const parts = [
    ...(literals.length > 0
      ? [`${name} ${positive ? 'IN' : 'NOT IN'} (${literals.join(',')})`]
      : []),
    ...(values.includes(null) ? [`${name} ${positive ? '=' : '!='} null`] : []),
  ];
  if (parts.length === 0) return positive ? 'Id = null' : 'Id != null';
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(positive ? ' OR ' : ' AND ')})`;
}

/** `where` are whole conditions, each already text of this file. */
export interface Statement {
  select: string[] | 'COUNT()';
  from: string;
  where: string[];
  orderBy?: string[];
  limit?: number;
}

export function soqlStatement(statement: Statement): string {
  const columns =
    statement.select === 'COUNT()' ? 'COUNT()' : statement.select.map(soqlName).join(',');
  return [
    `SELECT ${columns} FROM ${soqlName(statement.from)}`,
    ...(statement.where.length > 0 ? [`WHERE ${statement.where.join(' AND ')}`] : []),
    ...(statement.orderBy?.length ? [`ORDER BY ${statement.orderBy.map(soqlName).join(',')}`] : []),
    ...(statement.limit === undefined ? [] : [`LIMIT ${statement.limit}`]),
  ].join(' ');
}
