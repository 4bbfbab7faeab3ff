import type { CrmField, CrmObject } from '../../model/connector.ts';
import { keyFinder } from '../../model/fold.ts';
import type { Condition } from '../../model/mapping.ts';
import { readContext, type CheckContext } from './context.ts';
import { heldOptions } from '../../model/options.ts';
import { shown } from '../document/coerce.ts';
import { named } from '../document/fault-list.ts';
import { fieldAt } from '../compile/reader.ts';
import type { DocumentPath } from '../document/sources.ts';
import { suggestion } from '../../model/nearest.ts';
import { choicesOf } from '../../model/value.ts';

/** Conditions against the type and the values of the field they ask about. */

const OPERATORS = ['is', 'in', 'set', 'startsWith', 'contains', 'atLeast', 'atMost'] as const;
const NUMERIC = new Set(['integer', 'number', 'money', 'percent']);

/** A mask would read like a value; rows that show one are refused. */
export function checkMasked(context: CheckContext, at: DocumentPath, field: CrmField): void {
  if (field.masked !== true) return;
  context.faults.warning(
    at,
    `${named(field.name)} is encrypted: a user without the right to view encrypted data reads a mask in place of its value, and each record that shows one is refused.`,
    'Give the user of the connection that right, or take another field.',
  );
}

type FieldCondition = Extract<Condition, { field: string }>;

function checkValue(
  context: CheckContext,
  at: DocumentPath,
  field: CrmField,
  value: unknown,
): void {
  if (value === null || value === '') return;
  const word = String(value);
  if (field.type === 'boolean' && word !== 'true' && word !== 'false') {
    return context.faults.error(
      at,
      `${named(field.name)} is a checkbox: it is never ${shown(value)}.`,
      'Write true or false.',
      'value',
    );
  }
  if (NUMERIC.has(field.type) && !Number.isFinite(Number(word)))
    return context.faults.error(
      at,
      `${named(field.name)} is a number: it is never ${shown(value)}.`,
      'Write a number.',
      'value',
    );
  const options = heldOptions(field);
  const find = keyFinder(options);
  const unknown = (field.type === 'multipicklist' ? choicesOf(word) : [word]).find(
    (each) => find(each) === null,
  );
  if (options.length > 0 && unknown !== undefined) {
    context.faults.warning(
      at,
      `${named(field.name)} has no value ${named(unknown)} in this org: at most rows from before it was removed match it.`,
      suggestion(unknown, options, 'Take one of the values of the picklist.'),
      'value',
    );
  }
}

/** `is` and `in` compare the whole choice, which is rarely what is meant of one value. */
function checkWholeChoice(
  context: CheckContext,
  field: CrmField,
  operator: 'is' | 'in',
  values: unknown[],
  at: DocumentPath,
): void {
  if (field.type !== 'multipicklist') return;
  const single = values.find((value) => choicesOf(value).length === 1);
  if (single !== undefined)
    context.faults.warning(
      [...at, operator],
      `${named(field.name)} is a multiple choice, and \`${operator}\` compares all that is chosen: a row with ${named(String(single))} and something else does not match.`,
      `Write \`contains: ${String(single)}\`${operator === 'in' ? ', one under `any:` for each value' : ''}.`,
    );
}

function checkField(
  context: CheckContext,
  object: CrmObject,
  condition: FieldCondition,
  at: DocumentPath,
): void {
  if (OPERATORS.every((operator) => condition[operator] === undefined)) {
    context.faults.error(
      at,
      `The condition on ${named(condition.field)} asks nothing.`,
      `Add one of ${OPERATORS.join(', ')}; for "is filled", write \`set: true\`.`,
    );
  }
  const field = fieldAt(readContext(context, object), condition.field);
  if (field === null) return;
  checkMasked(context, at, field);
  if (condition.is !== undefined) checkValue(context, [...at, 'is'], field, condition.is);
  checkWholeChoice(context, field, 'is', [condition.is ?? ''], at);
  checkWholeChoice(context, field, 'in', condition.in ?? [], at);
  for (const [index, value] of (condition.in ?? []).entries())
    checkValue(context, [...at, 'in', index], field, value);
  if (condition.contains !== undefined && field.type === 'multipicklist')
    checkValue(context, [...at, 'contains'], field, condition.contains);
  for (const operator of ['atLeast', 'atMost'] as const) {
    if (condition[operator] !== undefined && !NUMERIC.has(field.type) && field.type !== 'text') {
      context.faults.error(
        [...at, operator],
        `${named(field.name)} is a ${field.nativeType} field, and \`${operator}\` compares numbers.`,
        'Take a number field, or another comparison.',
      );
    }
  }
}

/** Checks a condition and all inside it. Fields that are not there were reported with the paths. */
export function checkCondition(
  context: CheckContext,
  object: CrmObject,
  condition: Condition,
  at: DocumentPath,
): void {
  if ('not' in condition) return checkCondition(context, object, condition.not, [...at, 'not']);
  if ('field' in condition) return checkField(context, object, condition, at);
  const word = 'all' in condition ? 'all' : 'any';
  const list = 'all' in condition ? condition.all : condition.any;
  if (list.length === 0 && word === 'any')
    context.faults.error(
      [...at, word],
      '`any` of nothing never holds: no row would count.',
      'Add a condition, or remove `where`.',
    );
  for (const [index, inner] of list.entries())
    checkCondition(context, object, inner, [...at, word, index]);
}
