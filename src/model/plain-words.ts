/** `Booked ARR (EUR)` and `booked_arr` are the same words. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that say nothing of what is counted. */
const FILLERS = new Set([
  ...['number', 'total', 'count', 'of', 'the', 'a', 'an', 'in', 'for', 'to', 'no', 'nr'],
  ...['anzahl', 'der', 'die', 'das', 'von', 'nombre', 'de', 'du', 'des', 'la', 'le', 'les', 'd'],
  ...['numero', 'el', 'los', 'las', 'del'],
]);
const SHORT: Readonly<Record<string, string>> = {
  reg: 'registration',
  opp: 'opportunity',
  oppty: 'opportunity',
  mtg: 'meeting',
  cert: 'certification',
};
const PLURAL_FROM = 4;

const single = (word: string): string => {
  const one =
    word.length < PLURAL_FROM || word.endsWith('ss')
      ? word
      : word.replace(/ies$/, 'y').replace(/s$/, '');
  return SHORT[one] ?? one;
};

/** What is left of a name when its order, number, abbreviations and fillers are taken away. */
export const wordsThatCount = (text: string): string[] =>
  plainWords(text)
    .split(' ')
    .filter((word) => word !== '' && !FILLERS.has(word))
    .map(single)
    .sort();
