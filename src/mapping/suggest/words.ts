import { editDistance } from '../../model/nearest.ts';

/**
 * Names and labels as words, and how near two of them are. English, because the lexicon is; other
 * languages are found by type and shape alone.
 */

/** Words that say nothing about what a field holds. */
const EMPTY_WORDS = new Set([
  'id',
  'the',
  'of',
  'a',
  'an',
  'for',
  'c',
  'custom',
  'field',
  'record',
  'hw',
  'sf',
]);
/**
 * From this length on, one wrong letter still means the same word (`programme`, `program`;
 * `enrolment`, `enrollment`).
 */
const FUZZY_FROM = 6;
/** A stem this long is enough to tell two words related (`register`, `registration`). */
const STEM = 6;
/** A related word counts for less than the word itself. */
const RELATED = 0.75;

const singular = (word: string): string =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !/[su]s$/.test(word)
      ? word.slice(0, -1)
      : word;

/** `Plan_Start_Date__c`, `planStartDate` and `Plan start dates` all become plan, start, date. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/__\w$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map(singular)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word));
}

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (Math.min(a.length, b.length) < FUZZY_FROM) return 0;
  if (editDistance(a, b) <= 2 && a[0] === b[0]) return 0.9;
  return a.slice(0, STEM) === b.slice(0, STEM) ? RELATED : 0;
}

/** Likeness of a phrase to a name, 0..1: twice what they share over what they have. */
function phraseLikeness(phrase: string[], name: string[]): number {
  if (phrase.length === 0 || name.length === 0) return 0;
  const shared = phrase.reduce(
    (sum, word) => sum + Math.max(...name.map((other) => wordLikeness(word, other))),
    0,
  );
  return (2 * shared) / (phrase.length + name.length);
}

/** What people call a thing: API name and label. */
export interface Named {
  name: string;
  label: string;
}

/**
 * Likeness of a thing's name to the nearest of several phrases, 0..1. `context`: words that the
 * surroundings repeat (a plan's "Plan Start"), which may be left out where others remain.
 */
export function likeness(phrases: readonly string[], thing: Named, context: string[] = []): number {
  const given = [wordsOf(thing.name), wordsOf(thing.label)];
  const names = given.flatMap((words) => {
    const rest = words.filter((word) => !context.includes(word));
    return rest.length > 0 && rest.length < words.length ? [words, rest] : [words];
  });
  return Math.min(
    1,
    Math.max(
      0,
      ...phrases.flatMap((phrase) => names.map((name) => phraseLikeness(wordsOf(phrase), name))),
    ),
  );
}

/** Whether a name has one of the words in it, whatever else it says. */
export const mentions = (words: ReadonlySet<string>, ...texts: string[]): boolean =>
  texts.some((text) => wordsOf(text).some((word) => words.has(word)));
