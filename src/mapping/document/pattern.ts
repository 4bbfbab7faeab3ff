/**
 * Regular expressions of a mapping run on text that anybody may have typed into the CRM, on an
 * engine that backtracks and cannot be stopped. So both sides are bounded: shapes whose work grows
 * exponentially are refused, and so is input longer than any code or key.
 */

/** Patterns in mappings pick a code out of a short text. */
const MAX_PATTERN = 200;
/**
 * Longer than any key or code. With the next two limits the worst case is some 2.8 million steps a
 * choice: milliseconds, not minutes.
 */
export const MAX_PARSE_INPUT = 256;
/**
 * Each open-ended repeat, and a start that may be anywhere, multiplies the work
 * by the length of the input.
 */
const MAX_OPEN = 3;
/** Ways through alternatives and optional parts multiply each other. */
const MAX_CHOICES = 32;

interface Repeat {
  length: number;
  kind: 'optional' | 'open' | 'fixed';
}
interface Group {
  choicesBefore: number;
  openBefore: number;
  alternatives: number;
}

/** The repeat sign at `at` (`*`, `+`, `?`, `{2,5}`), or null. */
function repeatAt(pattern: string, at: number): Repeat | null {
  const sign = pattern[at];
  if (sign === '*' || sign === '+') return { length: 1, kind: 'open' };
  if (sign === '?') return pattern[at - 1] === '(' ? null : { length: 1, kind: 'optional' };
  const braces = /^\{\d+(,\d*)?\}/.exec(pattern.slice(at, at + 16));
  return braces === null
    ? null
    : { length: braces[0].length, kind: braces[1] === undefined ? 'fixed' : 'open' };
}

/** Place of the last character of the class, escape or single character at `at`. */
function atomEnd(pattern: string, at: number): number {
  if (pattern[at] === '\\') return at + 1;
  if (pattern[at] !== '[') return at;
  let end = at + 1;
  while (end < pattern.length && pattern[end] !== ']') end += pattern[end] === '\\' ? 2 : 1;
  return end;
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
  return workFault(pattern);
}

/**
 * Counts what multiplies the work; a group that holds a choice or a repeat
 * may not itself be repeated.
 */
function workFault(pattern: string): string | null {
  const groups: Group[] = [];
  let choices = 1;
  let open = pattern.startsWith('^') && !pattern.includes('|') ? 0 : 1;
  let closed: { varies: boolean } | null = null;
  for (let at = 0; at < pattern.length; at += 1) {
    const repeat = repeatAt(pattern, at);
    if (repeat !== null) {
      if (closed?.varies === true && repeat.kind !== 'optional')
        return 'repeats a group that has repeats or alternatives inside';
      if (repeat.kind === 'open') open += 1;
      if (repeat.kind === 'optional') choices *= 2;
      at += repeat.length - 1;
      if (pattern[at + 1] === '?') at += 1;
      closed = null;
      continue;
    }
    closed = null;
    const group = groups.at(-1);
    if (pattern[at] === '(')
      groups.push({ choicesBefore: choices, openBefore: open, alternatives: 1 });
    else if (pattern[at] === '|' && group !== undefined) group.alternatives += 1;
    else if (pattern[at] === ')' && group !== undefined) {
      groups.pop();
      choices *= group.alternatives;
      closed = { varies: choices > group.choicesBefore || open > group.openBefore };
    }
    at = atomEnd(pattern, at);
  }
  if (open > MAX_OPEN)
    return `has too many open-ended repeats: at most ${MAX_OPEN} after \`^\`, ${MAX_OPEN - 1} elsewhere`;
  return choices > MAX_CHOICES
    ? `has too many ways to match: at most ${MAX_CHOICES} by alternatives and optional parts`
    : null;
}

/**
 * Group 1 of the first match, or the whole match; null when nothing matches. The pattern must
 * have passed `patternFault`.
 */
export function extract(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  return match === null ? null : (match[1] ?? match[0]);
}
