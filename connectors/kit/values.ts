/**
 * Canonical values from what a CRM sends. One that does not fit its field's type comes as the text
 * that was sent: the mapping then refuses that record, in words, and all others arrive.
 */
import * as z from 'zod';

/** What the CRM sent, as text. */
export const asSent = (raw: unknown): string =>
  typeof raw === 'object' ? JSON.stringify(raw) : String(raw);

export const booleanOr = (raw: unknown): boolean | string => {
  const text = asSent(raw);
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : text;
};

const LONG = /^-?\d{16,}$/;

/** `pattern`: how this CRM writes numbers. */
export function numberOr(raw: unknown, pattern: RegExp): number | string {
  const text = asSent(raw);
  // As a number it would lose its last digits.
  if (LONG.test(text) && !Number.isSafeInteger(Number(text))) return text;
  const number = typeof raw === 'number' ? raw : pattern.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number + 0 : text; // never -0
}

/** A day that is one: no February 30th, no year of five digits. */
export const isDay = (text: string): boolean => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
};

/** An instant with a year of four digits, as the canonical forms have it; null = it is none. */
export function instantText(ms: number): string | null {
  if (Number.isNaN(ms) || Math.abs(ms) > LAST_MS) return null;
  const text = new Date(ms).toISOString();
  return /^\d{4}-/.test(text) ? text : null;
}

/** The last millisecond that a Date can hold. */
const LAST_MS = 8.64e15;

/**
 * A value inside a listed answer, in a schema: whatever it is, it never makes the answer
 * unreadable.
 */
export const anything = z.unknown().optional();

export const textOrNull = (raw: unknown): string | null =>
  raw === null || raw === undefined || raw === '' ? null : asSent(raw);
