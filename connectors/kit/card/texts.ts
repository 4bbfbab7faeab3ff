import { PRINTED, PRINTED_IDS, type PrintedId } from '../../../src/model/language/printed.ts';
import type { Language } from '../../../src/model/language/languages.ts';
import { partsOf, type Part } from '../../../src/model/language/template.ts';

type Name<Prefix extends string> = PrintedId extends infer Id
  ? Id extends `${Prefix}.${infer Text}`
    ? Text
    : never
  : never;
export type CardTexts = Readonly<Record<'title' | Name<'card'>, string>>;
export type PackageText = Name<'package'>;
export type PackageTexts = Readonly<Record<PackageText, string>>;

/** A name, the same in every language. */
const TITLE = 'Headwater';
const placesOf = (parts: Part[]): string[] => [
  ...new Set(parts.flatMap((part) => (part.is === 'text' ? [] : [part.key]))),
];

/** `{0}` is the first place of the English text, wherever it stands in another. */
const textsOf = (prefix: string, language: Language): [name: string, text: string][] =>
  PRINTED_IDS.filter((id) => id.startsWith(prefix)).map((id) => {
    const places = placesOf(partsOf(PRINTED.en[id]));
    const text = partsOf(PRINTED[language][id])
      .map((part) => (part.is === 'text' ? part.text : `{${places.indexOf(part.key)}}`))
      .join('');
    return [id.slice(prefix.length), text];
  });

/**
 * Every text of the cards on records in one language, as their packages carry it, so that an admin
 * can change it.
 */
export const cardTexts = (language: Language): CardTexts =>
  Object.fromEntries([['title', TITLE], ...textsOf('card.', language)]) as CardTexts;

/** What stands in a package beside the card: names of views and reports, and what they are for. */
export const packageTexts = (language: Language): PackageTexts =>
  Object.fromEntries(textsOf('package.', language)) as PackageTexts;

/** A text with its places filled, as the card does it. */
export const filledText = (text: string, ...values: string[]): string =>
  text.replace(/\{(\d)\}/g, (whole, at) => values[Number(at)] ?? whole);
