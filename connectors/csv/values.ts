import type { CrmType, CrmValue } from '../../src/model/connector.ts';
import { bareText } from '../../src/model/fold.ts';
import { numberOf, provenSign, type DecimalSign } from '../../src/model/number-text.ts';

/** Longer ones are ids, and a number would lose their last digits. */
const MAX_DIGITS = 15;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/;

/** Zip codes and ids, which would lose their zeros. */
const LEADING_ZEROS = /^[+-]?0\d/;

/** A cell that is read neither way, in words that no number has. */
const inDoubt = (text: string): string =>
  `${text} (${text.replace(/[.,]/, '')} or ${text.replace(',', '.')}?)`;

/** A number as the file writes it; null = it is none, or has more digits than one keeps. */
export function toNumber(text: string, decimal: DecimalSign | undefined): number | null {
  if (LEADING_ZEROS.test(text) || text.replace(/e.*|\D/gi, '').length > MAX_DIGITS) return null;
  return numberOf(text, decimal);
}

export function toDate(text: string): string | null {
  if (!DATE.test(text)) return null;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? text : null;
}

/**
 * Epoch ms of a date-time; one without an offset is taken as UTC when `zoneless` is true, and is
 * none otherwise.
 */
export function toInstant(text: string, zoneless: boolean): number | null {
  const parts = INSTANT.exec(text);
  const offset = parts?.[3];
  if (parts === null || (offset === undefined && !zoneless) || toDate(parts[1] ?? '') === null)
    return null;
  const zone =
    offset === undefined || offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const ms = Date.parse(`${parts[1]}T${(parts[2] ?? '').replace(/(\.\d{3})\d+$/, '$1')}${zone}`);
  return Number.isNaN(ms) ? null : ms;
}

export function toBoolean(text: string): boolean | null {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/**
 * The canonical value of a cell. A cell that does not fit a type that was set by hand comes as its
 * text: the mapping then refuses that row, in words.
 */
export function canonical(
  type: CrmType,
  text: string | undefined,
  decimal: DecimalSign | undefined,
  doubtful = false,
): CrmValue {
  if (text === undefined || text === '') return null;
  if (doubtful && provenSign(text) === 'doubt') return inDoubt(text);
  switch (type) {
    case 'boolean':
      return toBoolean(text) ?? text;
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return toNumber(text, decimal) ?? text;
    case 'date':
      return toDate(text) ?? text;
    case 'datetime': {
      const ms = toInstant(text, true);
      return ms === null ? text : new Date(ms).toISOString();
    }
    case 'id':
    case 'reference':
      return bareText(text) || null;
    default:
      return text;
  }
}
