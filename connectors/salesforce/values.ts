import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { isId, to18 } from './ids.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The canonical value of a field, whichever transport carried it. REST sends typed JSON and `+0000`
 * times; Bulk sends text, `Z` times and nothing for null;
 * Salesforce stores no empty text, so empty is null in both. A value that does not fit its field's
 * type is a `transient` error: the answer was damaged.
 */
export function canonical(field: CrmField, raw: unknown): CrmValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'object') throw damaged(field, raw);
  switch (field.type) {
    case 'boolean':
      return toBoolean(field, raw);
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return toNumber(field, raw);
    case 'datetime':
      return toInstant(field, String(raw));
    case 'date': {
      const text = String(raw).slice(0, 10);
      if (Number.isNaN(Date.parse(text))) throw damaged(field, raw);
      return text;
    }
    case 'id':
    case 'reference': {
      const text = String(raw);
      return isId(text) ? to18(text) : text;
    }
    default:
      return field.nativeType === 'anyType' ? anyValue(raw) : String(raw);
  }
}

/** Epoch ms of a canonical or raw Salesforce date-time. */
export const instantMs = (text: string): number =>
  Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));

function toBoolean(field: CrmField, raw: unknown): boolean {
  if (raw === true || raw === 'true') return true;
  if (raw === false || raw === 'false') return false;
  throw damaged(field, raw);
}

function toNumber(field: CrmField, raw: unknown): number {
  const number =
    typeof raw === 'number' ? raw : NUMBER.test(String(raw)) ? Number(raw) : Number.NaN;
  if (!Number.isFinite(number)) throw damaged(field, raw);
  return number === 0 ? 0 : number; // never -0
}

function toInstant(field: CrmField, text: string): string {
  const ms = INSTANT.test(text) ? instantMs(text) : Number.NaN;
  if (Number.isNaN(ms)) throw damaged(field, text);
  return new Date(ms).toISOString();
}

/**
 * Old and new values of field history have no type of their own: numbers and times are brought to
 * one spelling, since REST and Bulk differ in it.
 */
function anyValue(raw: unknown): string {
  const text = String(raw);
  if (NUMBER.test(text) && Number.isFinite(Number(text))) return String(Number(text));
  return INSTANT.test(text) ? new Date(instantMs(text)).toISOString() : text;
}

function damaged(field: CrmField, raw: unknown): HeadwaterError {
  return new HeadwaterError(
    'transient',
    `Salesforce sent ${JSON.stringify(raw)?.slice(0, 80)} for ${field.name}, which is a ${field.nativeType}.`,
    { code: 'UNREADABLE_ANSWER' },
  );
}
