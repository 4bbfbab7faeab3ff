/** Languages that texts come in: one catalogue each, with the same entries. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What decides how numbers and dates are written; `en-GB` puts the day before the month. */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
};

/** In whose words, in which money and as of which day something is said. */
export interface Speech {
  language: Language;
  currency: string;
  /** `YYYY-MM-DD`; days of the same year are written without it. */
  today: string;
}
