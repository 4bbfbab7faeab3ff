/**
 * Values of the formula language. Blank numbers count as zero and blank text as empty, which is
 * what new formula fields do.
 */
import { roundHalfUp } from './coerce.ts';

/** A date or date-time; dates are at midnight UTC. */
export interface Moment {
  kind: 'date' | 'datetime';
  ms: number;
}
export type Value = number | string | boolean | null | Moment;

export const DAY_MS = 86_400_000;

export function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && value !== null;
}

export function asNumber(value: Value): number {
  if (value === null || value === '') return 0;
  return isMoment(value) ? value.ms / DAY_MS : Number(value);
}

export function asBoolean(value: Value): boolean {
  return value === true;
}

export function isBlank(value: Value): boolean {
  return value === null || value === '';
}

export function asText(value: Value): string {
  if (value === null) return '';
  if (!isMoment(value)) return String(value);
  const iso = new Date(value.ms).toISOString();
  return value.kind === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 19).replace('T', ' ')}Z`;
}

/**
 * Negative, zero or positive; text ignores nothing, as `=` on text is case-sensitive. Undefined
 * when blank dates are compared: no order holds.
 */
export function compare(left: Value, right: Value): number | undefined {
  if (isMoment(left) || isMoment(right))
    return isMoment(left) && isMoment(right) ? left.ms - right.ms : undefined;
  if (typeof left === 'string' || typeof right === 'string') {
    const a = asText(left);
    const b = asText(right);
    return a === b ? 0 : a < b ? -1 : 1;
  }
  return asNumber(left) - asNumber(right);
}

export function equal(left: Value, right: Value): boolean {
  if (isMoment(left) !== isMoment(right)) return false;
  return compare(left, right) === 0;
}

/**
 * `+`, `-`, `*`, `/`, `^`, with days added to and taken from dates. Division by zero and overflow
 * are errors, which read as null.
 */
export function arithmetic(operator: string, left: Value, right: Value): Value {
  if (isMoment(left) && (operator === '+' || operator === '-') && !isMoment(right)) {
    const days = left.kind === 'date' ? Math.trunc(asNumber(right)) : asNumber(right);
    return { kind: left.kind, ms: left.ms + (operator === '+' ? days : -days) * DAY_MS };
  }
  if ((isMoment(left) || isMoment(right)) && !(isMoment(left) && isMoment(right))) return null;
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return asText(left) + asText(right);
  const result = OPERATIONS[operator]?.(asNumber(left), asNumber(right)) ?? Number.NaN;
  return Number.isFinite(result) ? result : null;
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

export function round(value: Value, digits: Value): number {
  return roundHalfUp(asNumber(value), asNumber(digits));
}
