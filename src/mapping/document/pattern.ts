import { RE2JS } from 're2js';

/**
 * Regular expressions of documents run on text that anybody may have typed into the CRM, so they
 * run on an engine whose work grows with the length of the text alone (RE2: no back-references, no
 * looking around). How large a pattern may become is bounded, so that none makes it slow.
 */

/** Patterns in mappings pick a code out of a short text. */
const MAX_PATTERN = 200;
/** Longer than any key or code; the engine would manage more, but nobody means it. */
export const MAX_PARSE_INPUT = 256;

/**
 * Steps of a compiled pattern, with its repetitions written out. Work on a text is at most their
 * product with its length: this many on 256 characters stay below a millisecond, and no code that
 * anybody picks out of a text needs half of them.
 */
const MAX_STEPS = 300;

/** A pattern that is ready to be used. */
export type Pattern = RE2JS;

/** Compiles a pattern as JavaScript writes them. Throws where the engine does not take it. */
export const compilePattern = (pattern: string): Pattern =>
  RE2JS.compile(RE2JS.translateRegExp(pattern));

/** Why the pattern may not be used, or null when it may. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  if (/\\[1-9]|\\k</.test(pattern)) return 'uses a back-reference';
  if (/\(\?(?:[=!]|<[=!])/.test(pattern)) return 'looks ahead or behind';
  try {
    const steps = compilePattern(pattern).programSize();
    return steps > MAX_STEPS
      ? `is too large: with its repetitions written out it has ${steps} steps, and ${MAX_STEPS} are allowed`
      : null;
  } catch (error) {
    return `is not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Group 1 of the first match, or the whole match; null when nothing matches. The pattern must
 * have passed `patternFault`.
 */
export function extract(pattern: Pattern, text: string): string | null {
  const matcher = pattern.matcher(text);
  if (!matcher.find()) return null;
  return (matcher.groupCount() > 0 ? matcher.group(1) : null) ?? matcher.group();
}
