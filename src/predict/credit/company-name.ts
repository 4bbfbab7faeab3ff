/** Names of one company as different people write them. */

const LEGAL = new Set(
  'inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh ag kg kgaa ug se sa sarl sas srl spa bv nv oy ab as aps pty pte pvt kk sro zrt kft doo ood ltda holding holdings group the'.split(
    ' ',
  ),
);

/** Words of a name without case, accents, punctuation and legal form, in their order. */
const wordsOf = (name: string): string[] => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const own = words.filter((word) => !LEGAL.has(word) && word !== 'and');
  return own.length > 0 ? own : words;
};

/** The name as one key: equal keys are one company. */
export const companyKey = (name: string | null): string => wordsOf(name ?? '').join(' ');

/** The digits of a key, which must be the same in two names of one company. */
export const digitsOf = (key: string): string => key.replaceAll(/\P{N}+/gu, ' ').trim();

/** Shorter keys than this are compared as they are: one letter changes what they say. */
const MIN_FUZZY_LENGTH = 6;
/** Letters that may differ, as a share of the longer key: a typo or two in an ordinary name. */
const MAX_DISTANCE_SHARE = 0.15;

/** Whether two keys are the same name, give or take a typing mistake. */
export function sameCompany(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a === b) return true;
  // A number is no typing mistake: "Store 12" and "Store 13" are two customers.
  if (digitsOf(a) !== digitsOf(b)) return false;
  const [one, other] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')];
  const longer = Math.max(one.length, other.length);
  if (Math.min(one.length, other.length) < MIN_FUZZY_LENGTH) return false;
  return distance(one, other) <= Math.floor(longer * MAX_DISTANCE_SHARE);
}

/** Letters to change, add or drop to make one of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length]!;
}
