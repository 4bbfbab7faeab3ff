import type { CrmFilterTerm, CrmType, CrmValue } from './connector.ts';
import { fold } from './fold.ts';
import { instantOfTime, readTime } from './text-time.ts';
import { choicesOf, isEmpty, textOf } from './value.ts';

/**
 * What decides when two values of a field are one, and which comes first: the field, never how a
 * value happens to be written.
 */
export interface Compared {
  type: CrmType;
  /** Names several records, any of which will do. */
  several?: boolean;
  /** The one spelling of an id, from any that a person types. */
  spell?: (id: string) => string;
}

const NUMERIC: ReadonlySet<CrmType> = new Set(['integer', 'number', 'money', 'percent']);
const TIMES: ReadonlySet<CrmType> = new Set(['date', 'datetime']);
const IDS: ReadonlySet<CrmType> = new Set(['id', 'reference']);
/**
 * What a filter term means, wherever it is decided: by the engine over its local copy, by a
 * connector that filters rows itself, and by the tests of those that let the CRM do it.
 * Empty values pass `isNull`, `ne` and `notIn` alone, unless the term names the empty value.
 */
export function termHolds(term: CrmFilterTerm, value: CrmValue, field: Compared): boolean {
  const wanted = term.value ?? null;
  const listed = (): boolean => (term.values ?? []).some((each) => equal(value, each, field));
  switch (term.op) {
    case 'isNull':
      return isEmpty(value);
    case 'notNull':
      return !isEmpty(value);
    case 'eq':
      return equal(value, wanted, field);
    case 'ne':
      return !equal(value, wanted, field);
    case 'in':
      return listed();
    case 'notIn':
      return !listed();
    default:
      return ORDERED[term.op](order(value, wanted, field));
  }
}

/** A multiple choice is the same whatever the order of what is chosen. */
export function equal(value: CrmValue, wanted: CrmValue, field: Compared): boolean {
  if (isEmpty(value) || isEmpty(wanted)) return isEmpty(value) && isEmpty(wanted);
  if (field.several) return choicesOf(value).some((each) => same(each, wanted, field));
  return field.type === 'multipicklist'
    ? chosen(value) === chosen(wanted)
    : same(value, wanted, field);
}

/**
 * The CRM's own filters compare numbers and booleans by value whatever their writing in YAML, so
 * `is: "5"` finds 5; and letter case or white space that nobody sees tells no two words apart. In
 * ids both count.
 */
function same(left: CrmValue, right: CrmValue, field: Compared): boolean {
  const [a, b] = [spelt(left, field), spelt(right, field)];
  // `12.50` and 12.5 are two texts and one number; a day and its first moment are one time.
  return (
    a === b || measured(left, right, field) === 0 || (!IDS.has(field.type) && fold(a) === fold(b))
  );
}

const spelt = (value: CrmValue, { spell }: Compared): string =>
  spell ? spell(textOf(value)) : textOf(value);

const chosen = (value: CrmValue): string => choicesOf(value).map(fold).sort().join(';');

/** Below 0 where the first comes first; NaN where there is no order. */
function order(left: CrmValue, right: CrmValue, field: Compared): number {
  if (isEmpty(left) || isEmpty(right)) return Number.NaN;
  const difference = measured(left, right, field);
  if (difference !== null) return difference;
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The difference of two numbers or times; NaN where one is none, null for all other fields. */
function measured(left: CrmValue, right: CrmValue, { type }: Compared): number | null {
  if (TIMES.has(type)) return utcMs(left) - utcMs(right);
  if (NUMERIC.has(type) || typeof left === 'number') return numeric(left) - numeric(right);
  return null;
}

/** A day alone is its first moment; what names no offset is in UTC, whatever the machine's zone. */
function utcMs(value: CrmValue): number {
  const time = readTime(textOf(value), 'UTC');
  return time === null ? Number.NaN : instantOfTime(time, 'UTC');
}

/** A value as a number; NaN where it is none. */
export const numeric = (value: CrmValue): number =>
  isEmpty(value) || typeof value === 'boolean' ? Number.NaN : Number(textOf(value));

const ORDERED = {
  lt: (difference: number) => difference < 0,
  lte: (difference: number) => difference <= 0,
  gt: (difference: number) => difference > 0,
  gte: (difference: number) => difference >= 0,
};
