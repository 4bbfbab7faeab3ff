/** Statement text to syntax tree, with Salesforce's own errors for what it does not accept. */
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import { soqlFault, Statement } from './statement.ts';

/** Longest statement Salesforce takes (SOQL limits page). */
const MAX_STATEMENT_CHARS = 100_000;
/** Longest string literal in a WHERE clause (SOQL limits page). */
const MAX_LITERAL_CHARS = 4_000;

function checkLengths(text: string): void {
  if (text.length > MAX_STATEMENT_CHARS) throw soqlFault('QUERY_TOO_COMPLICATED', `SOQL statements cannot be longer than ${MAX_STATEMENT_CHARS} characters.`);
  for (const [literal] of text.matchAll(/'(?:\\.|[^'\\])*'/g)) {
    if (literal.length - 2 > MAX_LITERAL_CHARS) throw soqlFault('QUERY_TOO_COMPLICATED', `SOQL string literals cannot be longer than ${MAX_LITERAL_CHARS} characters.`);
  }
}

/** The text with every string literal blanked out, so that offsets stay and words inside literals are not seen. */
function blanked(text: string): string {
  return text.replaceAll(/'(?:\\.|[^'\\])*'/g, (literal) => `'${' '.repeat(literal.length - 2)}'`);
}

/** Apex-only syntax has messages of its own. */
function checkApexOnly(statement: Statement): void {
  const bare = blanked(statement.text);
  const allRows = /\ball\s+rows\b\s*$/i.exec(bare);
  if (allRows !== null) throw statement.fault('MALFORMED_QUERY', 'ALL ROWS not allowed in this context', allRows.index);
  const bind = /(?:[=<>(,]|\blike|\bin|\bincludes|\bexcludes|\blimit|\boffset)\s*(:)\s*[A-Za-z_]/i.exec(bare);
  if (bind !== null) throw statement.fault('MALFORMED_QUERY', 'Bind variables only allowed in Apex code', bind.index);
}

/** The offending token is named only in the parser's message; its place is found by elimination from the text. */
function tokenFault(statement: Statement, message: string): Error {
  const lexing = /at offset: (\d+)/.exec(message);
  if (lexing !== null) {
    const offset = Number(lexing[1]);
    const character = statement.text[offset] ?? '';
    const meaning = character === '\'' ? 'line 1:' + String(offset + 1) + ' mismatched character \'<EOF>\' expecting \'\'\'' : `line 1:${offset + 1} no viable alternative at character '${character}'`;
    return statement.fault('MALFORMED_QUERY', meaning, offset);
  }
  const found = (/but found: '([^']*)'\s*$/.exec(message) ?? /but found --> '([^']*)' <--/.exec(message) ?? /but found: (.*)$/.exec(message))?.[1] ?? '';
  if (found === '') return soqlFault('MALFORMED_QUERY', "unexpected token: '<EOF>'");
  return soqlFault('MALFORMED_QUERY', `unexpected token: '${found}'`);
}

/** Throws OrgFault: MALFORMED_QUERY, QUERY_TOO_COMPLICATED. */
export function parseStatement(text: string): { statement: Statement; query: Query } {
  if (text.trim() === '') throw soqlFault('MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  checkLengths(text);
  const statement = new Statement(text);
  checkApexOnly(statement);
  try {
    return { statement, query: parseQuery(text) };
  } catch (error) {
    throw tokenFault(statement, error instanceof Error ? error.message : String(error));
  }
}
