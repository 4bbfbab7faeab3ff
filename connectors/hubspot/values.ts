import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { recordId } from './ids.ts';

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;
const EPOCH = /^-?\d{9,15}$/;

/**
 * The canonical value of a property. HubSpot sends everything as text, empty text where a value was
 * cleared, times as ISO or as epoch milliseconds, and numbers
 * with all the digits of their double. A value that does not fit its property's type is a
 * `transient` error: the answer was damaged.
 * `typeIdOf` gives the type of the records that a reference leads to.
 */
export function canonical(
  field: CrmField,
  raw: unknown,
  typeIdOf: (object: string) => string | null = () => null,
): CrmValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'object') throw damaged(field, raw);
  const text = String(raw);
  switch (field.type) {
    case 'boolean':
      return toBoolean(field, text);
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return toNumber(field, text);
    case 'datetime':
      return new Date(toInstant(field, text)).toISOString();
    case 'date':
      return new Date(toInstant(field, text)).toISOString().slice(0, 10);
    case 'reference': {
      const typeId = typeIdOf(field.referenceTo[0] ?? '');
      return typeId !== null && /^\d+$/.test(text) ? recordId(typeId, text) : text;
    }
    default:
      return text;
  }
}

/** Epoch ms of a HubSpot time in either form; NaN when it is none. */
export const instantMs = (text: string): number =>
  EPOCH.test(text)
    ? Number(text)
    : INSTANT.test(text)
      ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
      : Number.NaN;

function toBoolean(field: CrmField, text: string): boolean {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  throw damaged(field, text);
}

function toNumber(field: CrmField, text: string): number {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw damaged(field, text);
  return number === 0 ? 0 : number; // never -0
}

function toInstant(field: CrmField, text: string): number {
  const ms = instantMs(text);
  if (Number.isNaN(ms) || Math.abs(ms) > 8.64e15) throw damaged(field, text);
  return ms;
}

/** A value as HubSpot takes it: all text, and the empty text clears. */
export const wireValue = (value: CrmValue): string => (value === null ? '' : String(value));

function damaged(field: CrmField, raw: unknown): HeadwaterError {
  return new HeadwaterError(
    'transient',
    `HubSpot sent ${JSON.stringify(raw)?.slice(0, 80)} for ${field.name}, which is a ${field.nativeType}.`,
    { code: 'UNREADABLE_ANSWER' },
  );
}
