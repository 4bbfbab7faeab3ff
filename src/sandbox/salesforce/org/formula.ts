/** Formulas compiled to functions of a record. */
import { FUNCTIONS } from './formula-functions.ts';
import { fieldPaths, FormulaError, parseFormula } from './formula-parse.ts';
import type { FormulaNode } from './formula-parse.ts';
import {
  DAY_MS,
  arithmetic,
  asBoolean,
  asNumber,
  asText,
  compare,
  equal,
} from './formula-value.ts';
import type { Value } from './formula-value.ts';

export { FormulaError } from './formula-parse.ts';

/** What a formula may ask about the record it is computed for. */
export interface FormulaRecord {
  field(path: readonly string[]): Value;
  /** The value before the save, in validation rules. */
  prior(path: readonly string[]): Value;
  isNew: boolean;
  nowMs: number;
}

type Run = (record: FormulaRecord) => Value;
export interface Formula {
  run: Run;
  paths: string[][];
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (n) => n < 0,
  '<=': (n) => n <= 0,
  '>': (n) => n > 0,
  '>=': (n) => n >= 0,
};

function binary(operator: string, left: Run, right: Run): Run {
  const test = COMPARISONS[operator];
  if (test)
    return (record) => {
      const order = compare(left(record), right(record));
      return order !== undefined && test(order);
    };
  if (operator === '=' || operator === '==') return (record) => equal(left(record), right(record));
  if (operator === '<>' || operator === '!=')
    return (record) => !equal(left(record), right(record));
  if (operator === '&') return (record) => asText(left(record)) + asText(right(record));
  if (operator === '&&') return (record) => asBoolean(left(record)) && asBoolean(right(record));
  if (operator === '||') return (record) => asBoolean(left(record)) || asBoolean(right(record));
  return (record) => arithmetic(operator, left(record), right(record));
}

function fieldArgument(name: string, args: readonly FormulaNode[]): string[] {
  const [only] = args;
  if (args.length !== 1 || only?.kind !== 'field')
    throw new FormulaError(`Incorrect argument for function '${name}()': a field is expected`);
  return only.path;
}

/** Calls that look at the record, the clock, or only at those arguments that count. */
function special(name: string, node: FormulaNode & { kind: 'call' }): Run | undefined {
  const { args } = node;
  switch (name) {
    case 'TODAY':
      return (record) => ({ kind: 'date', ms: Math.floor(record.nowMs / DAY_MS) * DAY_MS });
    case 'NOW':
      return (record) => ({ kind: 'datetime', ms: record.nowMs });
    case 'ISNEW':
      return (record) => record.isNew;
    case 'ISCHANGED': {
      const path = fieldArgument(name, args);
      return (record) => !record.isNew && !equal(record.field(path), record.prior(path));
    }
    case 'PRIORVALUE': {
      const path = fieldArgument(name, args);
      return (record) => record.prior(path);
    }
    case 'AND': {
      const parts = args.map(compile);
      return (record) => parts.every((part) => asBoolean(part(record)));
    }
    case 'OR': {
      const parts = args.map(compile);
      return (record) => parts.some((part) => asBoolean(part(record)));
    }
    case 'IF': {
      const [test, yes, no] = args.map(compile);
      if (!test || !yes || !no || args.length !== 3)
        throw new FormulaError("Incorrect number of parameters for function 'IF()'. Expected 3");
      return (record) => (asBoolean(test(record)) ? yes(record) : no(record));
    }
    default:
      return undefined;
  }
}

function call(node: FormulaNode & { kind: 'call' }): Run {
  const own = special(node.name, node);
  if (own) return own;
  const known = FUNCTIONS[node.name];
  if (!known) throw new FormulaError(`Unknown function ${node.name}. Check spelling.`);
  if (node.args.length < known.min || node.args.length > known.max)
    throw new FormulaError(
      `Incorrect number of parameters for function '${node.name}()'. Expected ${known.min}, received ${node.args.length}`,
    );
  const args = node.args.map(compile);
  return (record) => known.apply(...args.map((arg) => arg(record)));
}

function compile(node: FormulaNode): Run {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'field':
      return (record) => record.field(node.path);
    case 'unary': {
      const operand = compile(node.operand);
      return node.operator === '-'
        ? (record) => -asNumber(operand(record))
        : (record) => !asBoolean(operand(record));
    }
    case 'binary':
      return binary(node.operator, compile(node.left), compile(node.right));
    case 'call':
      return call(node);
  }
}

/** Throws FormulaError when the text is no formula. */
export function compileFormula(source: string): Formula {
  const tree = parseFormula(source);
  return { run: compile(tree), paths: fieldPaths(tree) };
}
