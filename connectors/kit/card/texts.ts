import { CATALOGUE, TEXT_IDS, type TextId } from '../../../src/model/language/catalogue.ts';
import type { Language } from '../../../src/model/language/languages.ts';
import { partsOf, type Part } from '../../../src/model/language/template.ts';

type Card = Extract<TextId, `card.${string}`>;
type Name<Id> = Id extends `card.${infer Text}` ? Text : never;
export type CardTexts = Readonly<Record<'title' | Name<Card>, string>>;

/** A name, the same in every language. */
const TITLE = 'Headwater';
const PREFIX = 'card.';
const placesOf = (parts: Part[]): string[] => [
  ...new Set(parts.flatMap((part) => (part.is === 'text' ? [] : [part.key]))),
];

/**
 * Every text of the cards on records in one language, as their packages carry it, so that an admin
 * can change it: `{0}` is the first place of the English text, wherever it stands in another.
 */
export const cardTexts = (language: Language): CardTexts =>
  Object.fromEntries([
    ['title', TITLE],
    ...TEXT_IDS.filter((id) => id.startsWith(PREFIX)).map((id) => {
      const places = placesOf(partsOf(CATALOGUE.en[id]));
      const text = partsOf(CATALOGUE[language][id])
        .map((part) => (part.is === 'text' ? part.text : `{${places.indexOf(part.key)}}`))
        .join('');
      return [id.slice(PREFIX.length), text];
    }),
  ]) as CardTexts;

/** A text with its places filled, as the card does it. */
export const filledText = (text: string, ...values: string[]): string =>
  text.replace(/\{(\d)\}/g, (whole, at) => values[Number(at)] ?? whole);
