import type { CrmValue } from '../model/connector.ts';

export interface FieldSize {
  precision: number | null;
  scale: number | null;
  length: number | null;
  type: string;
}

/**
 * The value as the CRM's own field will hold it; undefined = it does not fit, which is
 * never solved by cutting it.
 */
export function atPrecision(value: CrmValue, field: FieldSize): CrmValue | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    const rounded = roundHalfAway(value, field.scale ?? 0);
    const whole =
      field.precision === null ? Infinity : 10 ** (field.precision - (field.scale ?? 0));
    return Math.abs(rounded) < whole ? rounded : undefined;
  }
  if (typeof value === 'string')
    return field.length !== null && value.length > field.length ? undefined : value;
  return value;
}

/**
 * Rounds as a CRM does, half away from zero, on the decimal digits of the number
 * (1.005 at two digits is 1.01).
 */
export function roundHalfAway(value: number, scale: number): number {
  const shifted = Number(
    `${Math.abs(value).toExponential(15).replace(/e.*/, '')}e${Number(/e(.*)$/.exec(Math.abs(value).toExponential(15))![1]) + scale}`,
  );
  const rounded = Math.floor(shifted + 0.5) / 10 ** scale;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

/**
 * Equal for a CRM: an empty text is no text, and line ends and outer spaces come back as its pages
 * and APIs keep them.
 */
export const sameValue = (a: CrmValue, b: CrmValue): boolean => asKept(a) === asKept(b);

function asKept(value: CrmValue): CrmValue {
  if (typeof value !== 'string') return value;
  const text = value.replace(/\r\n?/g, '\n').trim();
  return text === '' ? null : text;
}
