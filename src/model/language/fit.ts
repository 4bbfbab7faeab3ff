const OMITTED = '…';

/**
 * A text for `maxLength` characters: whole words, with an ellipsis where it had to be shortened.
 * A single word that is longer than the room is the only one that is cut, and never inside a
 * character.
 */
export function fitSentence(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (maxLength < 1) return '';
  const room = text.slice(0, maxLength);
  // The character after the cut tells whether the last word is whole.
  const words = /^(.*\S)\s/su.exec(room)?.[1];
  if (words !== undefined) return `${words.replace(/[\s,;:.(«„“"]+$/u, '')}${OMITTED}`;
  const cut = text.slice(0, maxLength - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}${OMITTED}`;
}
