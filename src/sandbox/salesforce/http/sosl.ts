/**
 * SOSL in its simple forms, read into a plan:
 * `FIND {words} IN NAME FIELDS RETURNING Account(Id, Name WHERE … ORDER BY …
 * LIMIT n), Contact LIMIT n`.
 */
import { fault } from './faults.ts';

export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE';
export interface SearchTarget {
  object: string;
  fields: string[];
  where: string | null;
  orderBy: string | null;
  limit: number | null;
}
/** Any of `terms` finds a record when every word and phrase of it is there. */
export interface SearchPlan {
  terms: RegExp[][];
  group: SearchGroup;
  targets: SearchTarget[];
  limit: number;
}

/** Rows a search gives at most. */
export const MAX_SEARCH_ROWS = 2000;
const MIN_TERM_LENGTH = 2;

const malformed = (message: string) => fault(400, 'MALFORMED_SEARCH', message);

/** Reads a statement. Throws MALFORMED_SEARCH. */
export function parseSosl(source: string): SearchPlan {
  const found =
    /^\s*FIND\s*\{((?:\\.|[^{}\\])*)\}\s*(?:IN\s+(ALL|NAME|EMAIL|PHONE)\s+FIELDS\b)?\s*(?:RETURNING\s+([\s\S]*?))?(?:\s+LIMIT\s+(\d+))?\s*$/i.exec(
      source,
    );
  if (found === null)
    throw malformed('No search term found. The search term must be enclosed in braces.');
  const [, term = '', group = 'ALL', returning, limit] = found;
  return {
    terms: searchTerms(term.replace(/\\(.)/g, '$1')),
    group: group.toUpperCase() as SearchGroup,
    targets: returning === undefined ? [] : splitOutside(returning).map(target),
    limit: Math.min(MAX_SEARCH_ROWS, Number(limit ?? MAX_SEARCH_ROWS)),
  };
}

/**
 * `A B OR "C D"`: words beside each other must all be there, OR begins another way of matching; `*`
 * and `?` stand for characters. Throws when nothing long enough is left.
 */
export function searchTerms(text: string): RegExp[][] {
  const ways: RegExp[][] = [[]];
  for (const [, phrase, word] of text.matchAll(/"([^"]*)"|([^\s"()]+)/g)) {
    if (word === 'OR') ways.push([]);
    else if (word !== 'AND') ways.at(-1)?.push(wordPattern(phrase ?? word ?? ''));
  }
  const usable = ways.filter((way) => way.length > 0);
  if (usable.length === 0 || text.replace(/[\s*?"]/g, '').length < MIN_TERM_LENGTH)
    throw malformed(`search term must be longer than one character: ${text.trim()}`);
  return usable;
}

/** Whole words, without regard to case. */
function wordPattern(word: string): RegExp {
  const body = word
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[\\p{L}\\p{N}]*')
    .replace(/\?/g, '[\\p{L}\\p{N}]');
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'iu');
}

function target(text: string): SearchTarget {
  const found = /^\s*(\w+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text);
  if (found === null) throw malformed(`unexpected token: ${text.trim()}`);
  const inner =
    /^([\s\S]*?)(?:\bWHERE\b([\s\S]*?))?(?:\bORDER\s+BY\b([\s\S]*?))?(?:\bLIMIT\s+(\d+)\s*)?$/i.exec(
      found[2] ?? '',
    );
  const [, fields = '', where, orderBy, limit] = inner ?? [];
  return {
    object: found[1] ?? '',
    fields: splitOutside(fields),
    where: where?.trim() ?? null,
    orderBy: orderBy?.trim() ?? null,
    limit: limit === undefined ? null : Number(limit),
  };
}

/** At the commas that stand in no parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
