import { CATALOGUE, TEXT_IDS, type TextId } from '../../../src/model/language/catalogue.ts';
import { LANGUAGES, type Language } from '../../../src/model/language/languages.ts';
import { partsOf } from '../../../src/model/language/template.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Texts that begin with a fixed word are tried before those that could be anything. */
const fixed = (language: Language, id: TextId): number =>
  partsOf(CATALOGUE[language][id]).reduce(
    (sum, part) => sum + (part.is === 'text' ? part.text.replace(/\P{L}/gu, '').length : 0),
    0,
  );

const patternOf = (language: Language, id: TextId): RegExp =>
  new RegExp(
    `^${partsOf(CATALOGUE[language][id])
      .map((part) => {
        if (part.is === 'text') return escaped(part.text);
        if (part.is !== 'plural') return '.+?';
        const forms = part.forms.map(escaped).join('|');
        return part.counted ? `[\\d.,\\u00a0]+ (?:${forms})` : `(?:${forms})`;
      })
      .join('')}$`,
    'su',
  );

const PATTERNS = new Map(
  LANGUAGES.map((language) => [
    language,
    TEXT_IDS.map((id) => ({
      id,
      pattern: patternOf(language, id),
      size: fixed(language, id),
    })).sort((a, b) => b.size - a.size),
  ]),
);

/** Which text of the catalogue this is; null = none that is listed. */
export function templateOf(text: string, language: Language = 'en'): TextId | null {
  return (
    PATTERNS.get(language)!.find(({ pattern, size }) => size > 0 && pattern.test(text))?.id ?? null
  );
}
