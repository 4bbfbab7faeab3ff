import { parseMapping, type ParsedMapping } from './parse.ts';

const parsedTexts = new Map<string, ParsedMapping>();
const MAX_PARSED = 4;

/**
 * `parseMapping` of a text that was read a moment ago, without reading it again: every step of a
 * run on Workers and every request of a page may ask for the same one, and YAML takes longer to
 * read than a page to map. What it gives is shared, so nobody changes it.
 */
export function parseOnce(text: string): ParsedMapping {
  let parsed = parsedTexts.get(text);
  if (parsed === undefined) {
    if (parsedTexts.size >= MAX_PARSED) parsedTexts.clear();
    parsedTexts.set(text, (parsed = parseMapping(text)));
  }
  return parsed;
}
