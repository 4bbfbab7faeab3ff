import { decimalExponent } from '../real-math.ts';
import { LOCALES, type Language, type Speech } from './languages.ts';
import type { Kind } from './template.ts';

/**
 * Numbers and days as people of a language write them. Formats are kept, since making one is slow;
 * they depend on nothing but their name.
 */
const FORMATS = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>(
  name: string,
  make: () => T,
): T {
  const found = FORMATS.get(name) ?? make();
  FORMATS.set(name, found);
  return found as T;
}

/**
 * One kind of space inside a number, whatever release of the locale data a machine holds: none that
 * breaks the line where a language puts spaces between digits or before signs. French sets off
 * digits and the percent sign by a narrow one.
 */
const evenly = (text: string, language: Language): string => {
  const even = text.replace(/[\s\u202f]/gu, language === 'en' ? ' ' : '\u00a0');
  return language === 'fr' ? even.replace(/(?<=\d)\u00a0(?=\d|%)/gu, '\u202f') : even;
};

function number(language: Language, value: number, options: Intl.NumberFormatOptions): string {
  const name = `${language} ${JSON.stringify(options)}`;
  const format = kept(name, () => new Intl.NumberFormat(LOCALES[language], options));
  // No number has a negative nothing.
  return evenly(format.format(value === 0 ? 0 : value), language);
}

/**
 * Three significant digits, since more would pretend to a precision that a forecast does not have.
 */
function money(amount: number, { language, currency }: Speech): string {
  const size = Math.abs(amount);
  const unit = size >= 1000 ? 10 ** (decimalExponent(size) - 2) : 1;
  const rounded = Math.round(Math.round(amount / unit) * unit);
  const plain = { maximumFractionDigits: 0 };
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${number(language, rounded, plain)} ${currency}`;
  return number(language, rounded, {
    ...plain,
    style: 'currency',
    currency,
    currencyDisplay: 'code',
  });
}

function day(iso: string, { language, today }: Speech): string {
  const atMs = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(atMs)) return iso;
  const year = iso.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC', ...year } as const;
  const format = kept(
    `${language} day ${JSON.stringify(year)}`,
    () => new Intl.DateTimeFormat(LOCALES[language], options),
  );
  const text = evenly(format.format(atMs), language);
  return language === 'fr' ? text.replace(/^1(?=\u00a0)/, '1er') : text;
}

const inPercent = (value: number, digits: number, { language }: Speech): string =>
  number(language, value, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

/** What a share loses when it is made a percent, such as 0.3 or 0.29. */
const TINY = 1e-9;

/**
 * A number of kind `kind`; `span`, `lasting` and the edges of `percent` are words of the catalogue.
 */
export function written(
  kind: Exclude<Kind, 'span' | 'lasting'>,
  value: number | string,
  speech: Speech,
): string {
  if (typeof value === 'string') return kind === 'date' ? day(value, speech) : value;
  const { language } = speech;
  switch (kind) {
    case 'money':
      return money(value, speech);
    case 'percent':
      return inPercent(value, 0, speech);
    case 'exact':
      return inPercent(value, 1, speech);
    // The ends of a band, without and with its sign: rounded outwards, so that it holds the chance.
    case 'least':
      return number(language, Math.floor(100 * value + TINY), { maximumFractionDigits: 0 });
    case 'most':
      return inPercent(Math.min(100, Math.ceil(100 * value - TINY)) / 100, 0, speech);
    case 'points':
      return number(language, value, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        signDisplay: 'exceptZero',
      });
    case 'decimal':
      return number(language, value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    // As somebody typed it.
    case 'figure':
      return number(language, value, { maximumFractionDigits: 3 });
    case 'number':
    case 'date':
      return number(language, value, { maximumFractionDigits: 0 });
  }
}

/** Which of a word's forms goes with a number: the first for one, else the last. */
export function formFor(n: number, forms: readonly string[], language: Language): string {
  const rules = kept(`${language} plural`, () => new Intl.PluralRules(LOCALES[language]));
  return rules.select(Math.abs(Math.round(n))) === 'one' ? forms[0]! : forms.at(-1)!;
}
