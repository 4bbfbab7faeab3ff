/**
 * Keys that people type (stages, picklist values, ids) come with white space and letter case that
 * nobody sees: a no-break space behind an id, `closed won` for `Closed Won`.
 */

/** White space of every script, and what has no width at all. */
const INVISIBLE = String.raw`[\s\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\ufeff]`;
const AROUND = new RegExp(`^${INVISIBLE}+|${INVISIBLE}+$`, 'gu');
const INSIDE = new RegExp(`${INVISIBLE}+`, 'gu');

/** Without the white space around it; what stands inside is kept. */
export const bareText = (text: string): string => text.replace(AROUND, '');

/** Equal for two spellings that a person takes for one: white space, letter case, Unicode form. */
export const fold = (text: string): string =>
  bareText(text.normalize('NFKC')).replace(INSIDE, ' ').toLowerCase();

/**
 * Finds the key that a spelling means: the very one, else the only one that is spelt alike; null
 * when there is none, or when two differ by their spelling alone and neither is meant exactly.
 */
export function keyFinder(keys: Iterable<string>): (spelling: string) => string | null {
  const exact = new Set(keys);
  const alike = new Map<string, string | null>();
  for (const key of exact) alike.set(fold(key), alike.has(fold(key)) ? null : key);
  return (spelling) => (exact.has(spelling) ? spelling : (alike.get(fold(spelling)) ?? null));
}
