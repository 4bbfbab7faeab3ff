/**
 * The parser's right-leaning WHERE and HAVING chains, regrouped by their parentheses into a tree.
 */
import type {
  Condition,
  ConditionWithValueQuery,
  HavingClause,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { NEGATION_MARKER } from './parse.ts';
import { soqlFault } from './statement.ts';
import type { Statement } from './statement.ts';

export type SyntaxCondition = Exclude<
  Condition | ConditionWithValueQuery,
  { openParen: number; field?: never; fn?: never }
>;
export type Syntax =
  | { kind: 'and' | 'or'; parts: Syntax[] }
  | { kind: 'not'; part: Syntax }
  | { kind: 'condition'; condition: SyntaxCondition };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | SyntaxCondition;

function tokens(clause: WhereClause | HavingClause): Token[] {
  const out: Token[] = [];
  for (let node: WhereClause | HavingClause | undefined = clause; node !== undefined; ) {
    const { left } = node;
    const operator = 'operator' in node ? node.operator : undefined;
    const isCondition = left !== null && ('field' in left || 'fn' in left);
    for (let open = left?.openParen ?? 0; open > 0; open--) out.push('(');
    const isNegation = isCondition && 'field' in left && left.field === NEGATION_MARKER;
    if (isNegation) out.push('NOT');
    else if (isCondition) out.push(left as SyntaxCondition, ...closing(left));
    if (operator !== undefined && !isNegation) out.push(operator);
    node = 'right' in node ? node.right : undefined;
  }
  return out;
}

const closing = (left: object): Token[] =>
  Array.from({ length: 'closeParen' in left ? Number(left.closeParen ?? 0) : 0 }, () => ')');

/**
 * Throws OrgFault MALFORMED_QUERY where AND and OR meet at one level without
 * parentheses, as Salesforce does.
 */
export function syntaxTree(clause: WhereClause | HavingClause, statement: Statement): Syntax {
  const list = tokens(clause);
  let at = 0;

  function unit(): Syntax {
    const token = list[at++];
    if (token === 'NOT') return { kind: 'not', part: unit() };
    if (token === '(') {
      const inner = chain();
      if (list[at++] !== ')')
        throw soqlFault('MALFORMED_QUERY', "expecting a right parentheses, found '<EOF>'");
      return inner;
    }
    if (typeof token !== 'object')
      throw statement.fault('MALFORMED_QUERY', `unexpected token: ${token ?? "'<EOF>'"}`, -1);
    return { kind: 'condition', condition: token };
  }

  function chain(): Syntax {
    const parts = [unit()];
    let joined: 'AND' | 'OR' | undefined;
    for (let next = list[at]; next === 'AND' || next === 'OR'; next = list[at]) {
      if (joined !== undefined && joined !== next)
        throw statement.fault('MALFORMED_QUERY', `unexpected token: ${next}`, next, 'WHERE');
      joined = next;
      at++;
      parts.push(unit());
    }
    return joined === undefined
      ? (parts[0] as Syntax)
      : { kind: joined === 'AND' ? 'and' : 'or', parts };
  }

  const tree = chain();
  if (at < list.length) {
    const extra = list[at] as Token;
    throw soqlFault(
      'MALFORMED_QUERY',
      `unexpected token: '${typeof extra === 'string' ? extra : 'field' in extra ? extra.field : (extra.fn.functionName ?? '')}'`,
    );
  }
  return tree;
}
