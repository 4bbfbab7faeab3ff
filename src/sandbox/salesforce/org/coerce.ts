/** Values as clients send them, made into cells of the field's type. */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, SalesforceFault } from '../org-types.ts';
import { wholeSecond } from './core.ts';
import { outOfRange, wrongId, wrongJson } from './faults.ts';
import { idOf } from './ids.ts';

type Coerced = { value: Cell } | { fault: SalesforceFault };

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * A number as the API keeps it: all its decimals. A field's scale holds for pages alone
 * (https://help.salesforce.com/s/articleView?id=000387302).
 */
function number(field: FieldDefinition, value: Cell): Coerced {
  const parsed =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value)
        ? Number(value)
        : NaN;
  if (!Number.isFinite(parsed)) return { fault: wrongJson(field.type, value) };
  if (field.type === 'int' && !Number.isInteger(parsed))
    return { fault: wrongJson(field.type, value) };
  const wholeDigits = (field.precision ?? 18) - (field.scale ?? 0);
  if (Math.abs(parsed) >= 10 ** wholeDigits) return { fault: outOfRange(field, parsed) };
  return { value: parsed };
}

/**
 * Half away from zero at `scale` decimals, as the server rounds amounts; decimal text is used so
 * that 1.005 rounds to 1.01.
 */
export function roundHalfUp(value: number, scale: number): number {
  if (Number.isInteger(value)) return value;
  const text = Math.abs(value).toString();
  if (text.includes('e')) return Number(value.toFixed(Math.min(scale, 100)));
  const rounded = Number(`${Math.round(Number(`${text}e${scale}`))}e-${scale}`);
  return value < 0 ? -rounded : rounded;
}

function date(value: Cell): Coerced {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  const text = parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : '';
  if (!parts || new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) !== text)
    return { fault: wrongJson('date', value) };
  return { value: text };
}

function dateTime(field: FieldDefinition, value: Cell): Coerced {
  if (typeof value === 'number') return { value: wholeSecond(value) };
  if (typeof value !== 'string') return { fault: wrongJson(field.type, value) };
  const ms =
    DATE.test(value) && !value.includes('T')
      ? Date.parse(`${value}T00:00:00Z`)
      : DATE_TIME.test(value)
        ? Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
        : NaN;
  return Number.isNaN(ms) ? { fault: wrongJson(field.type, value) } : { value: wholeSecond(ms) };
}

function boolean(value: Cell): Coerced {
  if (typeof value === 'boolean') return { value };
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return { value: true };
  if (text === 'false' || text === '0') return { value: false };
  return { fault: wrongJson('boolean', value) };
}

/** The cell for `value`, or Salesforce's refusal. Empty text is null; a boolean is never null. */
export function coerce(field: FieldDefinition, value: Cell): Coerced {
  if (value === null || value === '') return { value: field.type === 'boolean' ? false : null };
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return number(field, value);
    case 'date':
      return date(value);
    case 'datetime':
      return dateTime(field, value);
    case 'boolean':
      return boolean(value);
    case 'id':
    case 'reference': {
      const id = typeof value === 'string' ? idOf(value.trim()) : null;
      return id === null ? { fault: wrongId(field, String(value)) } : { value: id };
    }
    case 'textarea':
      return { value: String(value) };
    default: {
      const text = String(value).trim();
      return { value: text === '' ? null : text };
    }
  }
}
