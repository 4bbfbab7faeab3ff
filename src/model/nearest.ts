/** "Did you mean": the nearest known name to a mistyped one. */

/**
 * Longer names are compared by their first characters only, so that a hostile
 * document cannot make this slow.
 */
const MAX_COMPARED = 120;

/** Edit distance with swaps of neighbours (Damerau's restricted form), in edits. */
export function editDistance(left: string, right: string): number {
  const a = left.slice(0, MAX_COMPARED);
  const b = right.slice(0, MAX_COMPARED);
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/**
 * Letters and digits only, without the suffix of custom names: how people misremember API names.
 */
const bare = (name: string): string =>
  name
    .toLowerCase()
    .replace(/__[crx]$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The known name a person most likely meant, or null when none is near.
 * Letter case, separators and a forgotten custom suffix cost nothing; else a third of the letters
 * may differ. Ties go to the first in code order.
 */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = bare(name);
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, 1) / 3));
  let found: string | null = null;
  let best = allowed + 1;
  for (const candidate of [...known].sort()) {
    const distance = editDistance(wanted, bare(candidate));
    if (distance < best) [found, best] = [candidate, distance];
  }
  return found;
}

/** Words for which a file's reader looks for what was meant: each costs a look at every name. */
const GUESSES = 20;

/** What was meant by each of the first few words that find nothing; null for all others. */
export function firstGuesses(
  search: (words: string) => string | null,
): (words: string) => string | null {
  const known = new Map<string, string | null>();
  return (words) => {
    if (!known.has(words) && known.size < GUESSES) known.set(words, search(words));
    return known.get(words) ?? null;
  };
}

/** `did you mean X?`, or the list of what is allowed when it is short, or the fallback. */
export function suggestion(name: string, known: string[], fallback: string, listUpTo = 24): string {
  const near = nearest(name, known);
  if (near !== null) return `Did you mean \`${near}\`?`;
  return known.length > 0 && known.length <= listUpTo ? `Known: ${known.join(', ')}.` : fallback;
}
