import { isFormula } from '../../src/model/clean-text.ts';

/**
 * Written files are opened in spreadsheets, which run a text that begins like a formula: an
 * apostrophe stands before it there, and before one that has such an apostrophe of its own.
 */
const guards = (text: string): boolean => isFormula(text.replace(/^'+/, ''));

export const guarded = (text: string): string => (guards(text) ? `'${text}` : text);

/** The text of a cell that `guarded` made. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && guards(cell) ? cell.slice(1) : cell;
