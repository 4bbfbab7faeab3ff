/** WHERE and HAVING trees compiled to tests, keeping what the planner can use. */
import type { Operator } from '@jetstreamapp/soql-parser-js';
import type { Cell } from '../org-types.ts';
import type { Range } from '../table/table-index.ts';
import { comparison } from './comparison.ts';
import type { Operand } from './comparison.ts';
import type { SoqlContext } from './context.ts';
import type { Literal } from './literal.ts';
import { soqlFault } from './statement.ts';
import type { Statement } from './statement.ts';
import type { Syntax, SyntaxCondition } from './where.ts';

/** A compiled condition over subjects of type T (rows, or groups in HAVING). */
export interface Filter<T> {
  test(subject: T): boolean;
  and?: Filter<T>[];
  or?: Filter<T>[];
  /** Stored field of the queried object itself, with the keys or range that hold every match. */
  leaf?: { field: string; keys?: Cell[]; range?: Range };
}

export interface Side<T> extends Operand {
  get(subject: T): Cell;
  /** Canonical name when the cell is a stored field of the subject itself. */
  stored: string | null;
  /**
   * Test that needs the whole subject, for currency literals; null when the
   * literals are no such thing.
   */
  special?(operator: Operator, literals: Literal[]): ((subject: T) => boolean) | null;
}

export interface Compiler<T> {
  side(condition: SyntaxCondition): Side<T>;
  semiJoin(condition: SyntaxCondition, place: 'top' | 'or' | 'nested'): Filter<T>;
}

function literalsOf(condition: SyntaxCondition): Literal[] {
  if (!('value' in condition)) return [];
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types = condition.literalType;
  return values.map((text, index) => ({
    text,
    type: (Array.isArray(types) ? types[index] : types) ?? 'STRING',
  }));
}

function normalised(operator: string): Operator {
  const upper = operator.toUpperCase().replaceAll(/\s+/g, ' ');
  return upper === '<>' ? '!=' : (upper as Operator);
}

function checkShape(condition: SyntaxCondition, operator: Operator): void {
  const takesList =
    operator === 'IN' ||
    operator === 'NOT IN' ||
    operator === 'INCLUDES' ||
    operator === 'EXCLUDES';
  if (!('value' in condition) || Array.isArray(condition.value) === takesList) return;
  throw soqlFault(
    'MALFORMED_QUERY',
    takesList ? `unexpected token: '${String(condition.value)}'` : "unexpected token: '('",
  );
}

/** Throws OrgFault as the comparison and the names inside do. */
export function compileFilter<T>(
  syntax: Syntax,
  compiler: Compiler<T>,
  statement: Statement,
  context: SoqlContext,
  place: 'top' | 'or' | 'nested' = 'top',
  depth = 0,
): Filter<T> {
  if (syntax.kind === 'not') {
    const inner = compileFilter(syntax.part, compiler, statement, context, 'nested', depth + 1);
    return { test: (subject) => !inner.test(subject) };
  }
  if (syntax.kind !== 'condition') {
    const within = syntax.kind === 'or' ? 'or' : depth === 0 ? place : 'nested';
    const parts = syntax.parts.map((part) =>
      compileFilter(part, compiler, statement, context, within, depth + 1),
    );
    if (syntax.kind === 'and')
      return { and: parts, test: (subject) => parts.every((part) => part.test(subject)) };
    return { or: parts, test: (subject) => parts.some((part) => part.test(subject)) };
  }
  const { condition } = syntax;
  if ('valueQuery' in condition) return compiler.semiJoin(condition, place);
  const side = compiler.side(condition);
  const operator = normalised(condition.operator);
  checkShape(condition, operator);
  const literals = literalsOf(condition);
  const special = side.special?.(operator, literals) ?? null;
  if (special !== null) return { test: special };
  const compared = comparison(side, operator, literals, statement, context);
  const test = (subject: T): boolean => compared.test(side.get(subject));
  if (side.stored === null || (compared.keys === undefined && compared.range === undefined))
    return { test };
  return { test, leaf: { field: side.stored, keys: compared.keys, range: compared.range } };
}
