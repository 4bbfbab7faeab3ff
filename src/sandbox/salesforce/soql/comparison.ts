/**
 * One field against its literals: a test on cells, and the keys or range by which an
 * index can find the same rows.
 */
import type { Operator } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell } from '../org-types.ts';
import type { Range } from '../table/table-index.ts';
import { dayStartMs, isoDay, parseDay } from './calendar.ts';
import type { SoqlContext } from './context.ts';
import { daySpan } from './date-literals.ts';
import { idOf } from './ids.ts';
import { kindOf, likePattern, literalFault, literalString } from './literal.ts';
import type { Kind, Literal } from './literal.ts';
import { soqlFault } from './statement.ts';
import type { Clause, Statement } from './statement.ts';

export interface Comparison {
  test(cell: Cell): boolean;
  /** Exactly these cells match (letter case aside). */
  keys?: Cell[];
  /** Every matching cell lies in this range. */
  range?: Range;
}

export interface Operand {
  field: FieldDefinition;
  /** path as written, for faults */
  written: string;
  clause: Clause;
}

const ORDERING: Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'IN', 'NOT IN'];
const OPERATORS: Record<Kind, Operator[]> = {
  text: [...ORDERING, 'LIKE'],
  id: ORDERING,
  number: ORDERING,
  date: ORDERING,
  datetime: ORDERING,
  time: ORDERING,
  boolean: ['=', '!=', 'IN', 'NOT IN'],
  multipicklist: ['=', '!=', 'INCLUDES', 'EXCLUDES'],
  none: [],
};

/**
 * A literal as the cells it covers: [from, to) for dates, one value
 * otherwise; null is the null literal.
 */
type Span =
  | { from: string | number; to: string | number }
  | { value: string | number | boolean }
  | null;

function within(
  cell: string | number,
  operator: Operator,
  from: string | number,
  to: string | number,
): boolean {
  switch (operator) {
    case '<':
      return cell < from;
    case '<=':
      return cell < to;
    case '>':
      return cell >= to;
    case '>=':
      return cell >= from;
    default:
      return cell >= from && cell < to;
  }
}

function orders(cell: Cell, operator: Operator, value: string | number | boolean): boolean {
  if (cell === null) return false;
  switch (operator) {
    case '<':
      return cell < value;
    case '<=':
      return cell <= value;
    case '>':
      return cell > value;
    case '>=':
      return cell >= value;
    default:
      return cell === value;
  }
}

/** "!=" and NOT IN also match empty cells, as Salesforce's do. */
function isNegated(operator: Operator): boolean {
  return operator === '!=' || operator === 'NOT IN' || operator === 'EXCLUDES';
}

function dateSpan(
  literal: Literal,
  operand: Operand,
  statement: Statement,
  context: SoqlContext,
): Span {
  const isDate = operand.field.type === 'date';
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    const days = daySpan(literal.text, context);
    if (days === null) throw soqlFault('MALFORMED_QUERY', `unexpected token: '${literal.text}'`);
    if (isDate) return { from: isoDay(days.from), to: isoDay(days.to) };
    return {
      from: dayStartMs(days.from, context.timeZone),
      to: dayStartMs(days.to, context.timeZone),
    };
  }
  if (isDate && literal.type === 'DATE') {
    const day = parseDay(literal.text);
    if (day === null) throw soqlFault('MALFORMED_QUERY', `Invalid date: ${literal.text}`);
    return { from: literal.text, to: isoDay(day + 1) };
  }
  if (!isDate && literal.type === 'DATETIME') {
    const ms = parseDay(literal.text.slice(0, 10)) === null ? Number.NaN : Date.parse(literal.text);
    if (Number.isNaN(ms)) throw soqlFault('MALFORMED_QUERY', `Invalid datetime: ${literal.text}`);
    return { from: ms, to: ms + 1 };
  }
  throw literalFault(statement, operand.field, operand.written, operand.clause);
}

function spanOf(
  literal: Literal,
  kind: Kind,
  operand: Operand,
  statement: Statement,
  context: SoqlContext,
): Span {
  if (literal.type === 'NULL') return null;
  const wrong = literalFault(statement, operand.field, operand.written, operand.clause);
  switch (kind) {
    case 'date':
    case 'datetime':
      return dateSpan(literal, operand, statement, context);
    case 'boolean':
      if (literal.type !== 'BOOLEAN') throw wrong;
      return { value: literal.text.toUpperCase() === 'TRUE' };
    case 'number':
      if (
        literal.type !== 'INTEGER' &&
        (literal.type !== 'DECIMAL' || operand.field.type === 'int')
      )
        throw wrong;
      return { value: Number(literal.text) };
    case 'id': {
      if (literal.type !== 'STRING') throw wrong;
      const text = literalString(literal.text);
      if (text === '') return null;
      const id = idOf(text);
      if (id === null)
        throw statement.fault(
          'INVALID_QUERY_FILTER_OPERATOR',
          `invalid ID field: ${text}`,
          operand.written,
          operand.clause,
        );
      return { value: id };
    }
    default: {
      if (literal.type !== 'STRING') throw wrong;
      const text = literalString(literal.text);
      // Empty text is stored as no value, so '' asks for the empty cells.
      return text === '' ? null : { value: text };
    }
  }
}

function rangeOf(operator: Operator, span: Exclude<Span, null>): Range | undefined {
  const [from, to, toExclusive] =
    'value' in span ? [span.value, span.value, false] : [span.from, span.to, true];
  switch (operator) {
    case '=':
    case 'IN':
      return { from, to, toExclusive };
    case '<':
      return { to: from, toExclusive: true };
    case '<=':
      return { to, toExclusive };
    case '>':
      return { from: to, fromExclusive: !toExclusive };
    case '>=':
      return { from };
    default:
      return undefined;
  }
}

/** Ordered comparisons and lists of every kind but multi-select. */
function compare(operator: Operator, spans: Span[], fold: boolean): Comparison {
  const folded = (value: Cell): Cell =>
    fold && typeof value === 'string' ? value.toLowerCase() : value;
  const wantsNull = spans.includes(null);
  const ranges = spans.filter((span) => span !== null && 'from' in span);
  const values = spans.flatMap((span) => (span !== null && 'value' in span ? [span.value] : []));
  const isEquality =
    operator === '=' || operator === '!=' || operator === 'IN' || operator === 'NOT IN';
  const negated = isNegated(operator);
  const first = spans[0] ?? null;
  if (!isEquality) {
    if (first === null) return { test: () => false, keys: [] };
    if ('from' in first)
      return {
        test: (cell) =>
          cell !== null && within(cell as string | number, operator, first.from, first.to),
        range: rangeOf(operator, first),
      };
    const value = folded(first.value) as string | number | boolean;
    // A folded order is not the index's order, so text offers no range.
    return {
      test: (cell) => orders(folded(cell), operator, value),
      range: fold ? undefined : rangeOf(operator, first),
    };
  }
  const wanted = new Set<Cell>(values.map(folded));
  const matches = (cell: Cell): boolean => {
    if (cell === null) return wantsNull;
    return (
      wanted.has(folded(cell)) ||
      ranges.some((span) => within(cell as string | number, '=', span.from, span.to))
    );
  };
  if (negated) return { test: (cell) => !matches(cell) };
  if (ranges.length > 0)
    return {
      test: matches,
      range: spans.length === 1 && ranges[0] !== undefined ? rangeOf('=', ranges[0]) : undefined,
    };
  const single = spans.length === 1 && first !== null && !fold ? rangeOf('=', first) : undefined;
  return { test: matches, keys: wantsNull ? [null, ...values] : values, range: single };
}

function chosen(cell: Cell): Set<string> {
  return new Set(typeof cell === 'string' && cell !== '' ? cell.toLowerCase().split(';') : []);
}

/**
 * `INCLUDES ('a;b', 'c')`: a and b, or c. Equality asks for exactly the same values, in any order.
 */
function compareMultipicklist(operator: Operator, literals: Literal[]): Comparison {
  const wanted = literals.map((literal) => [
    ...chosen(literal.type === 'NULL' ? null : literalString(literal.text)),
  ]);
  const negated = isNegated(operator);
  const exact = operator === '=' || operator === '!=';
  return {
    test: (cell) => {
      const held = chosen(cell);
      const matches = wanted.some(
        (values) =>
          values.every((value) => held.has(value)) &&
          (exact ? held.size === values.length : values.length > 0),
      );
      return matches !== negated;
    },
  };
}

/** Throws OrgFault: INVALID_QUERY_FILTER_OPERATOR, INVALID_FIELD, MALFORMED_QUERY. */
export function comparison(
  operand: Operand,
  operator: Operator,
  literals: Literal[],
  statement: Statement,
  context: SoqlContext,
): Comparison {
  const { field } = operand;
  const kind = kindOf(field.type);
  if (!OPERATORS[kind].includes(operator)) {
    const name = kind === 'id' ? 'id' : field.type;
    throw statement.fault(
      'INVALID_QUERY_FILTER_OPERATOR',
      `invalid operator on ${name} field`,
      operand.written,
      operand.clause,
    );
  }
  if (kind === 'multipicklist' || operator === 'LIKE') {
    if (literals.some(({ type }) => type !== 'STRING' && type !== 'NULL'))
      throw literalFault(statement, field, operand.written, operand.clause);
  }
  if (kind === 'multipicklist') return compareMultipicklist(operator, literals);
  if (operator === 'LIKE') {
    const patterns = literals
      .filter(({ type }) => type === 'STRING')
      .map(({ text }) => likePattern(text));
    return {
      test: (cell) => cell !== null && patterns.some((pattern) => pattern.test(String(cell))),
    };
  }
  const fold = kind === 'text' && field.caseSensitive !== true;
  return compare(
    operator,
    literals.map((literal) => spanOf(literal, kind, operand, statement, context)),
    fold,
  );
}
