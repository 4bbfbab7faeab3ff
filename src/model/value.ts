import { bareText } from './fold.ts';

/** Empty, whoever looks at it: null, nothing, or the empty text. */
export const isEmpty = (value: unknown): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

/**
 * A value as text. What a CRM sends in place of a plain value (an address, a place) has a
 * text, too, and never fails.
 */
export const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** What of a multiple choice is chosen. */
export const choicesOf = (value: unknown): string[] =>
  textOf(value)
    .split(';')
    .map(bareText)
    .filter((choice) => choice !== '');
