import type { CrmField, CrmFilterTerm, CrmValue } from '../../src/model/connector.ts';
import { instantMs } from './values.ts';

export interface SearchFilter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
  highValue?: string;
}

/**
 * Values of one IN filter that are sent; the limit is in no document, so a longer list is decided
 * here.
 */
const MOST_VALUES = 100;
/** HubSpot takes six filters a group, and a window needs up to three of them. */
const MOST_PUSHED = 3;

/** A filter term with the field it asks about. */
export interface Term {
  term: CrmFilterTerm;
  field: CrmField;
}

/**
 * The terms that a search decides exactly as `termHolds` does; the others are left to that alone.
 * Not sent: comparisons of text, which a search splits into words, and negations, which leave out
 * the empty ones.
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
