/** Record ids as clients write them: 15 characters, or 18 with the case checksum. */
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHORT = 15;
const BLOCK = 5;

/**
 * The 18-character form, or null when the text is no id. An 18-character id is taken by its
 * checksum, whatever became of its letter case.
 */
export function idOf(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-5]{3})?$/.test(text)) return null;
  const short = text.length === SHORT ? text : restoredCase(text);
  let suffix = '';
  for (let start = 0; start < SHORT; start += BLOCK) {
    let bits = 0;
    for (let i = 0; i < BLOCK; i++) {
      const character = short[start + i] as string;
      if (character >= 'A' && character <= 'Z') bits |= 1 << i;
    }
    suffix += CHECKSUM[bits];
  }
  return short + suffix;
}

function restoredCase(text: string): string {
  let out = '';
  for (let i = 0; i < SHORT; i++) {
    const bits = CHECKSUM.indexOf((text[SHORT + Math.floor(i / BLOCK)] as string).toUpperCase());
    const character = text[i] as string;
    out += (bits >> (i % BLOCK)) & 1 ? character.toUpperCase() : character.toLowerCase();
  }
  return out;
}
