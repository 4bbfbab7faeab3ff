import { randomStream, type RandomStream } from '../../../src/sandbox/random.ts';

/** Words that nobody has seen: nonsense, or of a language that no lexicon of ours has. */

const SYLLABLES = ['ba', 'ko', 'zu', 'mel', 'tra', 'fi', 'nox', 'ru', 'que', 'lim', 'dor', 'vash'];
const LANGUAGES: readonly (readonly string[])[] = [
  // Words of offices in Polish, Turkish, Finnish, Hungarian, Dutch and Swedish, in no order.
  ['umowa', 'cel', 'miara', 'strona', 'waga', 'termin', 'kwota', 'rodzaj', 'poziom', 'zgoda'],
  ['hedef', 'ortak', 'taraf', 'tutar', 'tarih', 'bitis', 'seviye', 'onay', 'urun', 'belge'],
  ['tavoite', 'osapuoli', 'paino', 'laji', 'summa', 'alku', 'loppu', 'taso', 'tuote', 'hetki'],
  ['szerzodes', 'merce', 'oldal', 'suly', 'hatarido', 'osszeg', 'fajta', 'szint', 'termek', 'ido'],
  ['afspraak', 'doelstelling', 'zijde', 'gewicht', 'bedrag', 'soort', 'niveau', 'klaar', 'keer'],
  ['avtal', 'delmal', 'part', 'vikt', 'belopp', 'slag', 'niva', 'godkand', 'vara', 'tidpunkt'],
];

export interface Words {
  stream: RandomStream;
  /** A word that was not given before. */
  word: () => string;
}

export function randomWords(seed: number): Words {
  const stream = randomStream(`vocabulary ${seed}`);
  const language = seed % 2 === 0 ? null : stream.pick([...LANGUAGES]);
  const given = new Set<string>();
  const draw = (): string =>
    language === null
      ? Array.from({ length: 2 + stream.below(2) }, () => stream.pick(SYLLABLES)).join('')
      : Array.from({ length: 1 + stream.below(3) }, () => stream.pick([...language])).join('');
  return {
    stream,
    word: () => {
      for (;;) {
        const next = draw();
        if (given.has(next)) continue;
        given.add(next);
        return next;
      }
    },
  };
}

/** Old word -> a new one for each. */
export const anew = (words: Words, old: readonly string[]): Record<string, string> =>
  Object.fromEntries(old.map((each) => [each, words.word()]));

export const METRIC_WORDS = [
  'won_amount',
  'registrations',
  'qualified_deals',
  'certified_people',
  'decision_hours',
  'joint_meetings',
  'sales_engineer_share',
];
export const STATUS_WORDS = ['Submitted', 'Approved', 'Rejected', 'Expired'];

/** A draft may leave to its reader what it asks: a metric word, once each. */
export const beyondQuestions = (
  words: readonly string[],
  questions: readonly { entity: string; field: string }[],
): string[] => {
  const asked = new Set(questions.map(({ entity, field }) => `${entity}.${field}`));
  return words.filter((word) => !asked.has(word));
};
