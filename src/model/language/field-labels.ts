import { OUTPUTS, type OutputName } from '../outputs.ts';
import { descriptions as deDescriptions } from './de/descriptions.ts';
import { labels as de } from './de/labels.ts';
import { descriptions as esDescriptions } from './es/descriptions.ts';
import { labels as es } from './es/labels.ts';
import { descriptions as frDescriptions } from './fr/descriptions.ts';
import { labels as fr } from './fr/labels.ts';
import type { Language } from './languages.ts';

type Texts = Readonly<Record<OutputName, string>>;
type ByLanguage = Readonly<Record<Language, Texts>>;

const english = (which: 'label' | 'description'): Texts =>
  Object.fromEntries(Object.entries(OUTPUTS).map(([name, shape]) => [name, shape[which]])) as Texts;

const LABELS: ByLanguage = { en: english('label'), de, fr, es };
const DESCRIPTIONS: ByLanguage = {
  en: english('description'),
  de: deDescriptions,
  fr: frDescriptions,
  es: esDescriptions,
};

const textOf = (texts: Texts, output: string): string | undefined =>
  Object.hasOwn(OUTPUTS, output) ? texts[output as OutputName] : undefined;

/** What the field of an output is called where the mapping names no label; undefined = unknown. */
export const fieldLabel = (output: string, language: Language): string | undefined =>
  textOf(LABELS[language], output);

/** What the help beside the field of an output says; undefined = unknown. */
export const fieldDescription = (output: string, language: Language): string | undefined =>
  textOf(DESCRIPTIONS[language], output);
