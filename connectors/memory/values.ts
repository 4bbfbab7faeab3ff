import type { CrmField, CrmType, CrmValue } from '../../src/model/connector.ts';

const NUMERIC: CrmType[] = ['integer', 'number', 'money', 'percent'];

export const isNumeric = (type: CrmType): boolean => NUMERIC.includes(type);

export type Kept = { value: CrmValue } | { fault: { code: string; message: string } };

const refuse = (field: CrmField, code: string, words: string): Kept => ({
  fault: { code, message: `${field.name} ${words}` },
});

/**
 * The value as the field keeps it, in canonical form, or the CRM's words why it takes no such
 * value. Empty text is no text; numbers are rounded to the scale.
 */
export function keep(field: CrmField, value: CrmValue): Kept {
  if (value === null || value === '')
    return field.required ? refuse(field, 'REQUIRED', 'must not be empty') : { value: null };
  if (isNumeric(field.type)) return keepNumber(field, value);
  if (field.type === 'boolean')
    return typeof value === 'boolean'
      ? { value }
      : refuse(field, 'WRONG_TYPE', 'takes true or false');
  const text = String(value);
  if (field.type === 'date' || field.type === 'datetime') return keepTime(field, text);
  return keepText(field, text);
}

function keepTime(field: CrmField, text: string): Kept {
  if (field.type === 'date')
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
      ? { value: text }
      : refuse(field, 'WRONG_TYPE', 'takes a date');
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms)
    ? refuse(field, 'WRONG_TYPE', 'takes a date-time')
    : { value: new Date(ms).toISOString() };
}

function keepText(field: CrmField, text: string): Kept {
  if (field.length !== null && text.length > field.length)
    return refuse(
      field,
      'TOO_LONG',
      `holds ${field.length} characters, and this has ${text.length}`,
    );
  if (
    field.optionsRestricted &&
    !text.split(';').every((part) => field.options.some((option) => option.value === part))
  )
    return refuse(field, 'NO_SUCH_OPTION', `has no option ${JSON.stringify(text.slice(0, 80))}`);
  return { value: text };
}

function keepNumber(field: CrmField, value: CrmValue): Kept {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return refuse(field, 'WRONG_TYPE', 'takes a number');
  const scale = field.scale ?? (field.type === 'integer' ? 0 : null);
  const rounded =
    scale === null ? value : Number(`${Math.round(Number(`${value}e${scale}`))}e-${scale}`);
  const whole = field.precision === null ? Infinity : 10 ** (field.precision - (scale ?? 0));
  if (Math.abs(rounded) >= whole)
    return refuse(field, 'TOO_LARGE', 'has no room for so large a number');
  return { value: rounded === 0 ? 0 : rounded };
}
