import type { CrmValue } from '../model/connector.ts';

/** Of fewer words nothing can be told. */
const MIN_WORDS = 3;

/** The words of a text's first line, without numbers, names of months and codes of money. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    (text.split('\n', 1)[0] ?? '')
      .split(/[^\p{L}’']+/u)
      .filter((word) => word.length > 1 && word === word.toLowerCase()),
  );

/**
 * Whether a text is written in other words than one that stands: in another language, or of an
 * earlier catalogue. The same sentence with other figures shares more than half of its words.
 */
export function reworded(from: CrmValue, to: CrmValue): boolean {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return false;
  const [before, after] = [wordsOf(from), wordsOf(to)];
  if (Math.min(before.size, after.size) < MIN_WORDS) return false;
  const shared = [...after].filter((word) => before.has(word)).length;
  return 2 * shared <= Math.min(before.size, after.size);
}
