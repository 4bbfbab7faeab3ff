import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { asSent, booleanOr, instantText, isDay, numberOr } from '../kit/values.ts';
import { spellId } from './ids.ts';

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;
const EPOCH = /^-?\d{9,15}$/;

/**
 * The canonical value of a property. HubSpot sends everything as text, empty text where a value was
 * cleared, times as ISO or as epoch milliseconds, and numbers with all the digits of their double.
 * A value that does not fit its property's type comes as its text.
 * `typeIdOf` gives the type of the records that a reference leads to.
 */
export function canonical(
  field: CrmField,
  raw: unknown,
  typeIdOf: (object: string) => string | null = () => null,
): CrmValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'object') return asSent(raw);
  const text = String(raw);
  switch (field.type) {
    case 'boolean':
      return booleanOr(raw);
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return numberOr(raw, NUMBER);
    case 'datetime':
      return instantText(instantMs(text)) ?? text;
    case 'date':
      return instantText(instantMs(text))?.slice(0, 10) ?? text;
    case 'reference': {
      const typeId = typeIdOf(field.referenceTo[0] ?? '');
      return typeId === null ? text : spellId(typeId, text);
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
      ? isDay(text.slice(0, 10))
        ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
        : Number.NaN
      : Number.NaN;

/** A value as HubSpot takes it: all text, and the empty text clears. */
export const wireValue = (value: CrmValue): string => (value === null ? '' : String(value));
