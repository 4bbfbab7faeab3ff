/** Numbers as people and their spreadsheets write them: the one place where such a text is read. */

export type DecimalSign = '.' | ',';

/** Spaces (thin, narrow and unbreakable ones too) and apostrophes group digits and never end them. */
const GROUPED_WHOLE =
  /^([1-9]\d{0,2})((?<gap>[ \u00a0\u2009\u202f'’])\d{3}(?:\k<gap>\d{3})*)(?=[.,]|$)/;
/** Groups of three, or as in India of two with three at the end. */
const GROUPED = {
  '.': /^(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d+)?$/,
  ',': /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/,
} as const;
const PLAIN = {
  '.': /^(?:\d+|\d*\.\d+)(?:e[+-]?\d{1,3})?$/i,
  ',': /^\d*,?\d+$/,
} as const;
/** One sign and three digits behind up to three: thousands or decimals, nobody can say. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const PROOFS = {
  '.': /^(?:\d*\.\d+(?:e[+-]?\d+)?|[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?)$/i,
  ',': /^(?:\d*,\d+|[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,}))$/,
} as const;

interface Signed {
  negative: boolean;
  digits: string;
  /** Its groups were marked by something that is no decimal sign. */
  grouped: boolean;
}

function signed(text: string): Signed {
  const [, minus, rest = ''] = /^([+\-−]?)(.*)$/s.exec(text) ?? [];
  const groups = GROUPED_WHOLE.exec(rest)?.[0];
  return {
    negative: minus === '-' || minus === '−',
    digits: groups === undefined ? rest : groups.replaceAll(/\D/g, '') + rest.slice(groups.length),
    grouped: groups !== undefined,
  };
}

/** The decimal sign that a number proves; `doubt` = it could be either, null = it needs none. */
export function provenSign(text: string): DecimalSign | 'doubt' | null {
  const { digits, grouped } = signed(text);
  if (!grouped && AMBIGUOUS.test(digits)) return 'doubt';
  return PROOFS['.'].test(digits) ? '.' : PROOFS[','].test(digits) ? ',' : null;
}

/**
 * The number; null = it is none. Without a sign a point is read as one, and a comma groups only
 * where that is beyond doubt.
 */
export function numberOf(text: string, sign: DecimalSign | undefined): number | null {
  const { negative, digits } = signed(text);
  const rule = sign ?? '.';
  const grouped = GROUPED[rule].test(digits) && (sign !== undefined || PROOFS[rule].test(digits));
  if (!grouped && !PLAIN[rule].test(digits)) return null;
  const bare = grouped ? digits.replaceAll(rule === '.' ? ',' : '.', '') : digits;
  const number = Number(bare.replace(',', '.'));
  if (!Number.isFinite(number)) return null;
  return negative && number !== 0 ? -number : number;
}

const CURRENCIES = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['¥', 'JPY'],
]);
const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mio: 1e6, mn: 1e6, bn: 1e9 };
const WITH_UNITS =
  /^([+\-−]?)([A-Za-z]{3}|[€£$¥])?\s*([+\-−]?)([\d.,\s'’]*\d)\s*(%|k|m|mio|mn|bn)?\s*([A-Za-z]{3}|[€£$¥])?$/iu;

export interface NumberWithUnits {
  digits: string;
  currency: string | null;
  scale: number;
  percent: boolean;
  negative: boolean;
}

/** A number with what stands around it: a currency, a percent sign, thousands or millions. */
export function withUnits(text: string): NumberWithUnits | null {
  const match = WITH_UNITS.exec(text);
  if (match === null) return null;
  const unit = (match[5] ?? '').toLowerCase();
  const money = match[2] ?? match[6] ?? null;
  const minus = match[1] || match[3] || '';
  return {
    digits: match[4]!.trim(),
    currency: money === null ? null : (CURRENCIES.get(money) ?? money.toUpperCase()),
    scale: SCALES[unit] ?? 1,
    percent: unit === '%',
    negative: minus !== '' && minus !== '+',
  };
}
