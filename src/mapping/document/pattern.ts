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
  const work: Work = {
    groups: [],
    choices: 1,
    open: pattern.startsWith('^') && !pattern.includes('|') ? 0 : 1,
    closedVaries: false,
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const repeat = repeatAt(pattern, at);
    if (repeat === null) {
      countMark(work, pattern[at]);
      at = atomEnd(pattern, at);
      continue;
    }
    if (work.closedVaries && repeat.kind !== 'optional')
      return 'repeats a group that has repeats or alternatives inside';
    if (repeat.kind === 'open') work.open += 1;
    if (repeat.kind === 'optional') work.choices *= 2;
    at += repeat.length - 1;
    if (pattern[at + 1] === '?') at += 1;
    work.closedVaries = false;
  }
  if (work.open > MAX_OPEN)
    return `has too many open-ended repeats: at most ${MAX_OPEN} after \`^\`, ${MAX_OPEN - 1} elsewhere`;
  return work.choices > MAX_CHOICES
    ? `has too many ways to match: at most ${MAX_CHOICES} by alternatives and optional parts`
    : null;
}

interface Work {
  groups: Group[];
  /** Ways to match by alternatives and optional parts. */
  choices: number;
  /** Open-ended repeats; an unanchored pattern is one by itself. */
  open: number;
  /** A group ended just before, and it holds a choice or a repeat. */
  closedVaries: boolean;
}

/** A group that begins or ends here, or one more alternative of it. */
function countMark(work: Work, mark: string | undefined): void {
  const group = work.groups.at(-1);
  work.closedVaries = false;
  if (mark === '(')
    work.groups.push({ choicesBefore: work.choices, openBefore: work.open, alternatives: 1 });
  else if (mark === '|' && group !== undefined) group.alternatives += 1;
  else if (mark === ')' && group !== undefined) {
    work.groups.pop();
    work.choices *= group.alternatives;
    work.closedVaries = work.choices > group.choicesBefore || work.open > group.openBefore;
  }
}

/**
 * Group 1 of the first match, or the whole match; null when nothing matches. The pattern must
 * have passed `patternFault`.
 */
export function extract(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  return match === null ? null : (match[1] ?? match[0]);
}
