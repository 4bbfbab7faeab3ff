import type { CrmFilterTerm, CrmValue } from './connector.ts';

/**
 * What a filter term means, for connectors that filter rows themselves and for tests that check the
 * ones that let the CRM do it.
 * Empty fields: `ne` and `notIn` hold (unless null is named), every order comparison does
 * not. Numbers compare as numbers, all else as text, which for canonical dates and
 * date-times is their order in time.
 */
export function matchesTerm(term: CrmFilterTerm, value: CrmValue): boolean {
  const listed = (): boolean =>
    (term.values ?? (term.value === undefined ? [] : [term.value])).includes(value);
  const wanted = term.value ?? null;
  switch (term.op) {
    case 'eq':
      return value === wanted;
    case 'ne':
      return value !== wanted;
    case 'in':
      return listed();
    case 'notIn':
      return !listed();
    case 'isNull':
      return value === null;
    case 'notNull':
      return value !== null;
    default:
      return value !== null && wanted !== null && ordered(term.op, compare(value, wanted));
  }
}

const ordered = (op: 'lt' | 'lte' | 'gt' | 'gte', sign: number): boolean =>
  op === 'lt' ? sign < 0 : op === 'lte' ? sign <= 0 : op === 'gt' ? sign > 0 : sign >= 0;

function compare(a: string | number | boolean, b: string | number | boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
