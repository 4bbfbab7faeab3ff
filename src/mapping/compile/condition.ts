import type { CrmFilterTerm, CrmRow, CrmType, CrmValue } from '../../model/connector.ts';
import { equal, numeric, termHolds, type Compared } from '../../model/filter.ts';
import { fold } from '../../model/fold.ts';
import type { Condition } from '../../model/mapping.ts';
import { choicesOf, isEmpty, textOf } from '../../model/value.ts';
import { fieldAt, readerOf, spellingOf, Unread, type ReadContext } from './reader.ts';

/**
 * Whether a row counts; `Unread` when that cannot be known because a field of
 * the condition was never read.
 */
export type Test = (row: CrmRow) => boolean | Unread;

type FieldCondition = Extract<Condition, { field: string }>;

function contains(value: CrmValue, wanted: string, type: CrmType): boolean {
  if (isEmpty(value)) return false;
  return type === 'multipicklist'
    ? choicesOf(value).some((choice) => fold(choice) === fold(wanted))
    : textOf(value).includes(wanted);
}

function holds(condition: FieldCondition, value: CrmValue, field: Compared): boolean {
  const { is, in: list, set, startsWith, contains: part, atLeast, atMost } = condition;
  return (
    (is === undefined || equal(value, is, field)) &&
    (list === undefined || list.some((each) => equal(value, each, field))) &&
    (set === undefined || set !== isEmpty(value)) &&
    (startsWith === undefined || (!isEmpty(value) && textOf(value).startsWith(startsWith))) &&
    (part === undefined || contains(value, part, field.type)) &&
    (atLeast === undefined || numeric(value) >= atLeast) &&
    (atMost === undefined || numeric(value) <= atMost)
  );
}

const comparedAt = (context: ReadContext, path: string): Compared => ({
  type: fieldAt(context, path)?.type ?? 'other',
  several: fieldAt(context, path)?.several === true,
  spell: spellingOf(context, path),
});

function fieldTest(condition: FieldCondition, context: ReadContext): Test {
  const read = readerOf(context, condition.field);
  if (read === null) return () => false;
  const field = comparedAt(context, condition.field);
  return (row) => {
    const value = read(row);
    return value instanceof Unread ? value : holds(condition, value, field);
  };
}

/** Three-valued: `stop` decides the whole at once, an unread part leaves it open. */
function joined(tests: Test[], stop: boolean): Test {
  return (row) => {
    let unread: Unread | null = null;
    for (const test of tests) {
      const result = test(row);
      if (result === stop) return stop;
      if (result instanceof Unread) unread = result;
    }
    return unread ?? !stop;
  };
}

/** Compiles a condition; one on a field that the org lacks never holds. */
export function compileCondition(condition: Condition, context: ReadContext): Test {
  if ('all' in condition)
    return joined(
      condition.all.map((inner) => compileCondition(inner, context)),
      false,
    );
  if ('any' in condition)
    return joined(
      condition.any.map((inner) => compileCondition(inner, context)),
      true,
    );
  if ('not' in condition) {
    const test = compileCondition(condition.not, context);
    return (row) => {
      const result = test(row);
      return result instanceof Unread ? result : !result;
    };
  }
  return fieldTest(condition, context);
}

/**
 * What a condition comes to in this org before any row is seen: false when it can never
 * hold, true when it always does.
 */
export function foregone(condition: Condition, context: ReadContext): boolean | null {
  const inner = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null;
  if (inner !== null) {
    const stop = 'any' in condition;
    const results = inner.map((each) => foregone(each, context));
    if (results.includes(stop)) return stop;
    return results.includes(null) ? null : !stop;
  }
  if ('not' in condition) {
    const result = foregone(condition.not, context);
    return result === null ? null : !result;
  }
  return 'field' in condition && readerOf(context, condition.field) === null ? false : null;
}

/**
 * The same filter as `pull`, decided here: needed where two sources of one object pull
 * differently and all of it is read.
 */
export function compilePull(terms: CrmFilterTerm[], context: ReadContext): Test {
  return joined(
    terms.map((term): Test => {
      const read = readerOf(context, term.field);
      const field = comparedAt(context, term.field);
      return (row) => {
        const value = read === null ? null : read(row);
        return value instanceof Unread ? value : termHolds(term, value, field);
      };
    }),
    false,
  );
}
