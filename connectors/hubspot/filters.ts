import type { CrmField, CrmFilterTerm, CrmValue } from '../../src/model/connector.ts';
import { instantMs } from './values.ts';

export interface SearchFilter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
  highValue?: string;
}

/** Values of one IN filter that are sent; the limit is in no document, so a longer list is decided here. */
const MOST_VALUES = 100;
/** HubSpot takes six filters a group, and a window needs up to three of them. */
const MOST_PUSHED = 3;

/** A filter term with the field it asks about. */
export interface Term {
  term: CrmFilterTerm;
  field: CrmField;
}

/**
 * The terms that a search can decide exactly as `holds` does; the others are left to `holds` alone.
 * Not sent: comparisons of text (search ignores
 * letter case) and negations (a search for "not x" leaves out the empty ones).
 */
export const pushed = (terms: Term[]): Term[] => terms.filter(isExact).slice(0, MOST_PUSHED);

function isExact({ term, field }: Term): boolean {
  if (term.op === 'isNull' || term.op === 'notNull') return true;
  if (
    term.op === 'ne' ||
    term.op === 'notIn' ||
    (term.op === 'in' && ((term.values ?? []).length === 0 || term.values!.length > MOST_VALUES))
  )
    return false;
  const given = term.op === 'in' ? (term.values ?? []) : [term.value ?? null];
  return (
    given.every((value) => value !== null) &&
    ['number', 'money', 'integer', 'date', 'datetime', 'boolean'].includes(field.type)
  );
}

const OPERATORS = {
  eq: 'EQ',
  in: 'IN',
  lt: 'LT',
  lte: 'LTE',
  gt: 'GT',
  gte: 'GTE',
  isNull: 'NOT_HAS_PROPERTY',
  notNull: 'HAS_PROPERTY',
} as const;

export function searchFilter({ term, field }: Term): SearchFilter {
  const text = (value: CrmValue): string =>
    field.type === 'date' || field.type === 'datetime'
      ? String(instantMs(String(value)))
      : String(value);
  const operator = term.op in OPERATORS ? OPERATORS[term.op as keyof typeof OPERATORS] : 'EQ';
  return {
    propertyName: field.name,
    operator,
    ...(term.op === 'in'
      ? { values: (term.values ?? []).map(text) }
      : term.op === 'isNull' || term.op === 'notNull'
        ? {}
        : { value: text(term.value ?? null) }),
  };
}

/** Whether a canonical value passes a term; empty values pass `isNull`, `ne` and `notIn` alone. */
export function holds(term: CrmFilterTerm, value: CrmValue): boolean {
  const same = (wanted: CrmValue | undefined): boolean =>
    (wanted ?? null) === null
      ? value === null
      : value !== null && comparable(value) === comparable(wanted ?? null);
  switch (term.op) {
    case 'isNull':
      return value === null;
    case 'notNull':
      return value !== null;
    case 'eq':
      return same(term.value);
    case 'ne':
      return !same(term.value);
    case 'in':
      return (term.values ?? []).some(same);
    case 'notIn':
      return !(term.values ?? []).some(same);
    default:
      return ordered(term, value);
  }
}

function ordered(term: CrmFilterTerm, value: CrmValue): boolean {
  if (value === null || term.value === undefined || term.value === null) return false;
  const [left, right] = [comparable(value), comparable(term.value)];
  if (typeof left !== typeof right) return false;
  return term.op === 'lt'
    ? left < right
    : term.op === 'lte'
      ? left <= right
      : term.op === 'gt'
        ? left > right
        : left >= right;
}

/**
 * Times by their instant, so that `2026-05-01` and `2026-05-01T00:00:00.000Z` are one; numbers by
 * value however the mapping wrote them.
 */
function comparable(value: CrmValue): string | number {
  if (typeof value === 'number') return value;
  const text = String(value);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? instantMs(text) : Number.NaN;
  return Number.isNaN(ms)
    ? text !== '' && Number.isFinite(Number(text))
      ? Number(text)
      : text
    : ms;
}
