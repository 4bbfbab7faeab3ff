/**
 * What people write for a period, as its first and last day. Fiscal years are named after the
 * calendar year in which they end.
 */
export interface PlanPeriod {
  label: string;
  startOn: string;
  endOn: string;
}

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['jan', 'janvier', 'januar', 'enero', 'ene'],
    ['feb', 'fevrier', 'februar', 'febrero', 'fev'],
    ['mar', 'mars', 'marz', 'maerz', 'marzo'],
    ['apr', 'avril', 'abril', 'avr', 'abr'],
    ['may', 'mai', 'mayo'],
    ['jun', 'juin', 'juni', 'junio'],
    ['jul', 'juillet', 'juli', 'julio', 'juil'],
    ['aug', 'aout', 'august', 'agosto', 'ago'],
    ['sep', 'septembre', 'september', 'septiembre', 'sept'],
    ['oct', 'octobre', 'oktober', 'octubre', 'okt'],
    ['nov', 'novembre', 'november', 'noviembre'],
    ['dec', 'decembre', 'dezember', 'diciembre', 'dez', 'dic'],
  ].flatMap((names, i): [string, number][] => names.map((name) => [name, i + 1])),
);
const ENGLISH = ['january', 'february', 'march', 'april', 'june', 'july', 'october', 'december'];
const monthOf = (word: string): number | null =>
  ownEntry(MONTHS, word) ?? (ENGLISH.includes(word) ? (MONTHS[word.slice(0, 3)] ?? null) : null);

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** `months` months from the first of `month` on, which may run outside 1..12. */
const span = (label: string, year: number, month: number, months: number): PlanPeriod => ({
  label,
  startOn: iso(year, month, 1),
  endOn: iso(year, month + months, 0),
});

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** An ISO day that exists in the calendar. */
export const isDay = (text: string): boolean => {
  const match = DAY.exec(text);
  return match !== null && iso(Number(match[1]), Number(match[2]), Number(match[3])) === text;
};

const year = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

/** The part of a fiscal year: `index` counts from 0 in steps of `months`. */
function partOfYear(
  name: string,
  fiscal: boolean,
  yearText: string,
  index: number,
  months: number,
  startMonth: number,
): PlanPeriod {
  const named = year(yearText);
  const fiscalNamed = fiscal || startMonth !== 1;
  const startYear = fiscalNamed && startMonth !== 1 ? named - 1 : named;
  const label = `${fiscalNamed && startMonth !== 1 ? 'FY' : ''}${named}${name}`;
  return span(label, startYear, startMonth + index * months, months);
}

const YEAR = String.raw`(fy|ej|gj)?\s*'?(\d{4}|\d{2})`;
/** `T1` and `S1` are what French and Spanish call a quarter and a half. */
const PARTS = [
  { kind: 'Q', letters: '[qt]', months: 3, most: 4 },
  { kind: 'H', letters: '[hs]', months: 6, most: 2 },
] as const;

function named(text: string, startMonth: number): PlanPeriod | null {
  const whole = new RegExp(`^${YEAR}$`).exec(text);
  if (whole !== null && (whole[2]!.length === 4 || whole[1] !== undefined))
    return partOfYear('', whole[1] !== undefined, whole[2]!, 0, 12, startMonth);
  for (const { kind, letters, months, most } of PARTS) {
    const before = new RegExp(`^${letters}\\s*([1-4])\\s*[/ -]?\\s*${YEAR}$`).exec(text);
    const after = new RegExp(`^${YEAR}\\s*[/ -]?\\s*${letters}\\s*([1-4])$`).exec(text);
    const [part, fiscal, yearText] = before
      ? [before[1]!, before[2], before[3]!]
      : after
        ? [after[3]!, after[1], after[2]!]
        : [null, undefined, ''];
    if (part === null) continue;
    if (Number(part) > most) return null;
    return partOfYear(
      ` ${kind}${part}`,
      fiscal !== undefined,
      yearText,
      Number(part) - 1,
      months,
      startMonth,
    );
  }
  return null;
}

function month(text: string): PlanPeriod | null {
  const digits = /^(\d{4})-(\d{1,2})$/.exec(text) ?? null;
  const reversed = /^(\d{1,2})\/(\d{4})$/.exec(text);
  const words = /^(\p{L}+)\.?\s+(\d{4})$/u.exec(text) ?? null;
  const [at, of] = digits
    ? [Number(digits[2]), Number(digits[1])]
    : reversed
      ? [Number(reversed[1]), Number(reversed[2])]
      : words
        ? [monthOf(words[1]!), Number(words[2])]
        : [null, 0];
  if (at === null || at < 1 || at > 12) return null;
  return span(`${of}-${String(at).padStart(2, '0')}`, of, at, 1);
}

function range(text: string): PlanPeriod | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})\s*(?:\.\.+|to|bis|until|–|—|-|\/|→)\s*(\d{4}-\d{2}-\d{2})$/.exec(text);
  if (match === null || !isDay(match[1]!) || !isDay(match[2]!)) return null;
  return { label: `${match[1]} to ${match[2]}`, startOn: match[1]!, endOn: match[2]! };
}

const plainWords = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * Reads `2026`, `FY2027`, `2026 Q4`, `Q4/26`, `H1 2026`, `Jul 2026`, `2026-07`,
 * `2026-07-01..2026-12-31`, or a period that the company lists by name (4-4-5 calendars). Null when
 * it is none of them.
 */
export function planPeriod(
  text: string,
  fiscalYearStartMonth: number,
  listed: readonly PlanPeriod[] = [],
): PlanPeriod | null {
  const plain = plainWords(text);
  const own = listed.find((one) => plainWords(one.label) === plain);
  return own ?? named(plain, fiscalYearStartMonth) ?? month(plain) ?? range(plain);
}
import { ownEntry } from '../../model/own-entry.ts';
