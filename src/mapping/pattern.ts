/**
 * Regular expressions of a mapping run on text that anybody may have typed into the CRM, on an engine that backtracks and cannot be
 * stopped. So both sides are bounded: the shapes that grow exponentially are refused, and so is input longer than any code or key.
 */

/** Patterns in mappings pick a code out of a short text. */
export const MAX_PATTERN = 200;
/** With three repeats of open length the worst case over this input stays under a second. */
export const MAX_PARSE_INPUT = 256;
const MAX_OPEN_REPEATS = 3;

interface Group { repeats: boolean }

/** Length of the repeat sign at `at` (`*`, `+`, `?`, `{2,5}`) and whether it repeats a varying number of times, or null. */
function repeatAt(pattern: string, at: number): { length: number; open: boolean } | null {
  const sign = pattern[at];
  if (sign === '*' || sign === '+') return { length: 1, open: true };
  if (sign === '?') return { length: 1, open: false };
  const braces = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at, at + 12));
  return braces === null ? null : { length: braces[0].length, open: braces[2] !== undefined || Number(braces[1]) > 20 };
}

function classEnd(pattern: string, from: number): number {
  let at = from + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}

/** Why the pattern may not be used, or null when it may. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return `is not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (/\\[1-9]|\\k</.test(pattern)) return 'uses a back-reference';
  if (/\(\?(?:[=!]|<[=!])/.test(pattern)) return 'looks ahead or behind';
  return repeatFault(pattern);
}

function repeatFault(pattern: string): string | null {
  const open: Group[] = [];
  let closed: Group | null = null;
  let repeats = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    const repeat = repeatAt(pattern, at);
    if (repeat !== null && !(sign === '?' && pattern[at - 1] === '(')) {
      if (repeat.open) {
        if (closed?.repeats === true) return 'repeats a group that itself repeats';
        repeats += 1;
        for (const group of open) group.repeats = true;
      }
      at += repeat.length - 1;
      if (pattern[at + 1] === '?') at += 1;
      closed = null;
      continue;
    }
    closed = null;
    if (sign === '\\') at += 1;
    else if (sign === '[') at = classEnd(pattern, at);
    else if (sign === '|') for (const group of open) group.repeats = true;
    else if (sign === '(') open.push({ repeats: false });
    else if (sign === ')') closed = open.pop() ?? null;
  }
  return repeats > MAX_OPEN_REPEATS ? `repeats ${repeats} times without a fixed count, and at most ${MAX_OPEN_REPEATS} are allowed` : null;
}

/** Group 1 of the first match, or the whole match; null when nothing matches. The pattern must have passed `patternFault`. */
export function extract(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  return match === null ? null : match[1] ?? match[0];
}
