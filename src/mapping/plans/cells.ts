/** Numbers as people type them into a spreadsheet. */

/** What a cell says. `kind` other than `number` says why it is none. */
export type GoalCell =
  | { kind: 'number'; value: number; currency: string | null; percent: boolean }
  | { kind: 'empty' | 'formula' | 'doubtful' | 'text' };

export type DecimalMark = '.' | ',';

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY' };
const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mio: 1e6, mn: 1e6, bn: 1e9 };

/** A cell that a spreadsheet would run; `-5` and `+5` are numbers. */
const isFormula = (text: string): boolean => /^[=@]|^[+-](?!\s*[\d.,€£$¥])/.test(text);

interface Parts {
  digits: string;
  currency: string | null;
  scale: number;
  percent: boolean;
  negative: boolean;
}

function partsOf(text: string): Parts | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f']/gu, '');
  const match =
    /^([+-]?)([A-Za-z]{3}|[€£$¥])?([+-]?)([\d.,]*\d)(%|k|m|mio|mn|bn)?([A-Za-z]{3}|[€£$¥])?$/i.exec(
      plain,
    );
  if (match === null) return null;
  const unit = (match[5] ?? '').toLowerCase();
  const sign = match[2] ?? match[6] ?? null;
  return {
    digits: match[4]!,
    currency: sign === null ? null : (SIGNS[sign] ?? sign.toUpperCase()),
    scale: SCALES[unit] ?? 1,
    percent: unit === '%',
    negative: match[1] === '-' || match[3] === '-',
  };
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;
const other = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.');

/** The decimal mark that these digits prove; null = they read either way, or need none. */
function provenMark(digits: string): DecimalMark | null {
  const [dots, commas] = [count(digits, '.'), count(digits, ',')];
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (dots + commas === 0) return null;
  const mark: DecimalMark = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return other(mark);
  return digits.length - 1 - digits.indexOf(mark) === 3 &&
    digits.indexOf(mark) <= 3 &&
    !digits.startsWith('0')
    ? null
    : mark;
}

/** The decimal mark that a column proves as a whole; 'both' = its cells contradict each other; null = none of them needs one. */
export function columnMark(cells: readonly string[]): DecimalMark | 'both' | null {
  const proven = new Set(
    cells.flatMap((cell) => {
      const parts = partsOf(cell.trim());
      const mark = parts === null ? null : provenMark(parts.digits);
      return mark === null ? [] : [mark];
    }),
  );
  return proven.size === 2 ? 'both' : ([...proven][0] ?? null);
}

/** Reads one cell by the mark that rules its column; without one, a cell that reads either way is doubtful. */
export function goalCell(text: string, mark: DecimalMark | null): GoalCell {
  const cell = text.trim();
  if (cell === '') return { kind: 'empty' };
  if (isFormula(cell)) return { kind: 'formula' };
  const parts = partsOf(cell);
  if (parts === null) return { kind: 'text' };
  const marked = /[.,]/.test(parts.digits);
  const rule = mark ?? provenMark(parts.digits);
  if (marked && rule === null) return { kind: 'doubtful' };
  const thousands = other(rule ?? '.');
  const plain = parts.digits.replaceAll(thousands, '').replace(rule ?? '.', '.');
  if (!/^\d*\.?\d+$/.test(plain)) return { kind: 'text' };
  const value = Number(plain) * parts.scale * (parts.negative ? -1 : 1);
  return {
    kind: 'number',
    value: parts.percent ? value / 100 : value,
    currency: parts.currency,
    percent: parts.percent,
  };
}
