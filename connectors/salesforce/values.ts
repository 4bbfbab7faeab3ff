import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { asSent, booleanOr, instantText, isDay, numberOr } from '../kit/values.ts';
import { spellId } from './ids.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** A date field may be carried as the midnight that begins it. */
const DAY = /^\d{4}-\d{2}-\d{2}(T|$)/;
/** As many as a double holds, with sign and point. */
const MAX_DIGITS = 17;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The canonical value of a field, whichever transport carried it. REST sends typed JSON and `+0000`
 * times; Bulk sends text, `Z` times and nothing for null; Salesforce stores no empty text, so empty
 * is null in both. A value that does not fit its field's type comes as its text.
 */
export function canonical(field: CrmField, raw: unknown): CrmValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'object') return asSent(raw);
  switch (field.type) {
    case 'boolean':
      return booleanOr(raw);
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return numberOr(raw, NUMBER);
    case 'datetime': {
      const text = String(raw);
      return instantText(INSTANT.test(text) ? instantMs(text) : Number.NaN) ?? text;
    }
    case 'date': {
      const text = String(raw);
      return DAY.test(text) && isDay(text.slice(0, 10)) ? text.slice(0, 10) : text;
    }
    case 'id':
    case 'reference': {
      return spellId(String(raw));
    }
    default:
      return field.nativeType === 'anyType' ? anyValue(raw) : String(raw);
  }
}

/** Epoch ms of a canonical or raw Salesforce date-time. */
export const instantMs = (text: string): number =>
  Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));

/**
 * Old and new values of field history have no type of their own: numbers and times are brought to
 * one spelling, since REST and Bulk differ in it.
 */
function anyValue(raw: unknown): string {
  const text = String(raw);
  // A text of so many digits is an id of some kind, and a number would lose its last ones.
  if (NUMBER.test(text) && Number.isFinite(Number(text)) && text.length <= MAX_DIGITS)
    return String(Number(text));
  return INSTANT.test(text) ? new Date(instantMs(text)).toISOString() : text;
}
