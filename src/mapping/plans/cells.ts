import {
  numberOf,
  provenSign,
  withUnits,
  type DecimalSign,
  type NumberWithUnits,
} from '../../model/number-text.ts';

/** Numbers as people type them into a plan's spreadsheet. */

/** What a cell says. `kind` other than `number` says why it is none. */
export type GoalCell =
  | { kind: 'number'; value: number; currency: string | null; percent: boolean }
  | { kind: 'empty' | 'formula' | 'doubtful' | 'text' };

/** A cell that a spreadsheet would run; `-5` and `+5` are numbers. */
const isFormula = (text: string): boolean => /^[=@]|^[+-](?!\s*[\d.,€£$¥])/.test(text);

/** A goal may have spaces anywhere; they say nothing. */
const partsOf = (text: string): NumberWithUnits | null =>
  withUnits(text.replaceAll(/[\s\u00a0\u202f'’]/gu, ''));

/**
 * The decimal sign that a column proves as a whole; 'both' = its cells contradict each other; null
 * = none of them needs one.
 */
export function columnSign(cells: readonly string[]): DecimalSign | 'both' | null {
  const proven = new Set(
    cells.flatMap((cell) => {
      const parts = partsOf(cell.trim());
      const sign = parts === null ? null : provenSign(parts.digits);
      return sign === null || sign === 'doubt' ? [] : [sign];
    }),
  );
  return proven.size === 2 ? 'both' : ([...proven][0] ?? null);
}

/**
 * Reads one cell by the sign that rules its column; without one, a cell that reads either way is
 * doubtful.
 */
export function goalCell(text: string, sign: DecimalSign | null): GoalCell {
  const cell = text.trim();
  if (cell === '') return { kind: 'empty' };
  if (isFormula(cell)) return { kind: 'formula' };
  const parts = partsOf(cell);
  if (parts === null) return { kind: 'text' };
  const rule = sign ?? provenSign(parts.digits) ?? '.';
  if (rule === 'doubt') return { kind: 'doubtful' };
  const number = numberOf(parts.digits, rule);
  if (number === null) return { kind: 'text' };
  const value = number * parts.scale * (parts.negative ? -1 : 1);
  return {
    kind: 'number',
    value: parts.percent ? value / 100 : value,
    currency: parts.currency,
    percent: parts.percent,
  };
}
