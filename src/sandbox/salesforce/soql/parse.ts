/** Statement text to syntax tree, with Salesforce's own errors for what it does not accept. */
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import { withoutAliasJoins } from './alias-joins.ts';
import { soqlFault, Statement } from './statement.ts';

/** Longest statement Salesforce takes (SOQL limits page). */
const MAX_STATEMENT_CHARS = 100_000;
/** Longest string literal in a WHERE clause (SOQL limits page). */
const MAX_LITERAL_CHARS = 4_000;
/**
 * Stands for "no LIMIT" where the parser wants one before OFFSET; more rows
 * than any table here can hold.
 */
const NO_LIMIT = 2_147_483_647;
/**
 * Field of the condition that stands for a NOT: `NOT x` is parsed as `marker = 1 AND x`, and read
 * back as NOT by `where.ts`.
 */
export const NEGATION_MARKER = 'HeadwaterNegation';
const LITERAL = /'(?:\\.|[^'\\])*'/gs;

function checkLengths(text: string): void {
  if (text.length > MAX_STATEMENT_CHARS)
    throw soqlFault(
      'QUERY_TOO_COMPLICATED',
      `SOQL statements cannot be longer than ${MAX_STATEMENT_CHARS} characters.`,
    );
  for (const [literal] of text.matchAll(LITERAL)) {
    if (literal.length - 2 > MAX_LITERAL_CHARS)
      throw soqlFault(
        'QUERY_TOO_COMPLICATED',
        `SOQL string literals cannot be longer than ${MAX_LITERAL_CHARS} characters.`,
      );
  }
}

/**
 * The text with every string literal blanked out, so that offsets stay and words
 * inside literals are not seen.
 */
function blanked(text: string): string {
  return text.replaceAll(LITERAL, (literal) => ' '.repeat(literal.length));
}

/** Apex-only syntax has messages of its own. */
function checkApexOnly(statement: Statement): void {
  const bare = blanked(statement.text);
  const allRows = /\ball\s+rows\b\s*$/i.exec(bare);
  if (allRows !== null)
    throw statement.fault('MALFORMED_QUERY', 'ALL ROWS not allowed in this context', allRows.index);
  const bind =
    /(?:[=<>(,]|\blike|\bin|\bincludes|\bexcludes|\blimit|\boffset)\s*(:)\s*[A-Za-z_]/i.exec(bare);
  if (bind !== null)
    throw statement.fault(
      'MALFORMED_QUERY',
      'Bind variables only allowed in Apex code',
      bind.index,
    );
}

/**
 * The parser wants single blanks inside `ORDER BY` and `GROUP BY`, and a LIMIT before an OFFSET
 * that follows a condition; SOQL wants neither.
 * It also loses a NOT in some chains (three in a row, one leading HAVING), so it is shown a marker
 * condition in place of each.
 */
function prepared(text: string): string {
  const outside = (part: string): string =>
    part
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/(\bLIMIT \d+ )?\bOFFSET (?=\d)/gi, (words, limit?: string) =>
        limit === undefined ? `LIMIT ${NO_LIMIT} ${words}` : words,
      )
      .replaceAll(/\bNOT\b(?! IN\b)/gi, `${NEGATION_MARKER} = 1 AND`);
  let out = '';
  let from = 0;
  for (const match of text.matchAll(LITERAL)) {
    out += outside(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return (out + outside(text.slice(from))).trim();
}

/** The parser names the offending token only in its message. */
function tokenFault(statement: Statement, message: string): Error {
  const character = /^unexpected character: ->([\s\S])<-/.exec(message)?.[1];
  if (character !== undefined) {
    const offset = blanked(statement.text).indexOf(character);
    const meaning =
      character === "'"
        ? `mismatched character '<EOF>' expecting '''`
        : `no viable alternative at character '${character}'`;
    return statement.fault('MALFORMED_QUERY', `line 1:${offset + 1} ${meaning}`, offset);
  }
  const found =
    (/but found: '([^']*)'\s*$/.exec(message) ??
      /but found --> '([^']*)' <--/.exec(message) ??
      /but found: (.*)$/.exec(message))?.[1] ?? '';
  return soqlFault('MALFORMED_QUERY', `unexpected token: '${found === '' ? '<EOF>' : found}'`);
}

function withoutSentinel(query: Query): Query {
  if (query.limit === NO_LIMIT) delete query.limit;
  for (const field of query.fields ?? [])
    if (field.type === 'FieldSubquery' && field.subquery.limit === NO_LIMIT)
      delete field.subquery.limit;
  return query;
}

/** Throws OrgFault: MALFORMED_QUERY, QUERY_TOO_COMPLICATED. */
export function parseStatement(text: string): { statement: Statement; query: Query } {
  if (text.trim() === '')
    throw soqlFault('MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  checkLengths(text);
  const statement = new Statement(text);
  checkApexOnly(statement);
  let query: Query;
  try {
    query = parseQuery(prepared(withoutAliasJoins(text)));
  } catch (error) {
    throw tokenFault(statement, error instanceof Error ? error.message : String(error));
  }
  return { statement, query: withoutSentinel(query) };
}
