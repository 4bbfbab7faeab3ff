import { OUTPUTS, type OutputName } from '../outputs.ts';
import { labels as de } from './de/labels.ts';
import { labels as es } from './es/labels.ts';
import { labels as fr } from './fr/labels.ts';
import type { Language } from './languages.ts';

const OTHERS: Readonly<Partial<Record<Language, Readonly<Record<OutputName, string>>>>> = {
  de,
  fr,
  es,
};

const ENGLISH = Object.fromEntries(
  Object.entries(OUTPUTS).map(([name, { label }]) => [name, label]),
) as Record<OutputName, string>;

/** What the field of an output is called where the mapping names no label; undefined = unknown. */
export const fieldLabel = (output: string, language: Language): string | undefined =>
  Object.hasOwn(OUTPUTS, output) ? (OTHERS[language] ?? ENGLISH)[output as OutputName] : undefined;
