import type { Language } from './language/languages.ts';

/** A number as anybody writes it, with what sets off its digits and its percent sign. */
const FIGURE = /\d(?:[\d.,'’\s]*\d)?\s?%?/gu;
const APART = /[\s'’]/gu;

/** Numbers in words: none of them stands in a text of the catalogue. */
const IN_WORDS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    ...['dozen', 'twenty', 'thirty', 'fifty', 'hundred', 'thousand', 'million', 'half', 'halved'],
    ...['third', 'quarter', 'twice', 'double', 'doubled', 'triple', 'tripled'],
  ],
  de: [
    ...['zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
    ...['dutzend', 'zwanzig', 'dreißig', 'fünfzig', 'hundert', 'tausend', 'million', 'millionen'],
    ...['hälfte', 'halbiert', 'drittel', 'viertel', 'doppelt', 'verdoppelt', 'dreifach'],
  ],
  fr: [
    ...['deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
    ...['douzaine', 'vingt', 'trente', 'cinquante', 'cent', 'mille', 'million', 'millions'],
    ...['moitié', 'tiers', 'quart', 'double', 'doublé', 'triple'],
  ],
  es: [
    ...['dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
    ...['docena', 'veinte', 'treinta', 'cincuenta', 'cien', 'mil', 'millón', 'millones', 'mitad'],
    ...['tercio', 'doble', 'duplicado', 'triple'],
  ],
};

const figuresOf = (text: string): string[] =>
  [...text.matchAll(FIGURE)].map(([figure]) => figure.replaceAll(APART, ''));

function inWords(text: string, language: Language): string[] {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  return IN_WORDS[language].filter((word) => words.has(word));
}

/**
 * What another wording says in numbers that the first one does not, or leaves out: the same numbers
 * in the same order, and none in words. null = nothing.
 */
export function otherFigures(before: string, after: string, language: Language): string | null {
  const known = inWords(before, language);
  const word = inWords(after, language).find((one) => !known.includes(one));
  if (word !== undefined) return word;
  const [said, given] = [figuresOf(after), figuresOf(before)];
  const at = given.findIndex((figure, i) => said[i] !== figure);
  if (at >= 0) return said[at] ?? given[at]!;
  return said[given.length] ?? null;
}
