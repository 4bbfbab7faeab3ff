/**
 * Formula text to a tree. Grammar: literals, field paths, calls, unary minus and NOT, ^ * / + -
 * &, comparisons, && and ||.
 */

export type FormulaNode =
  | { kind: 'literal'; value: number | string | boolean | null }
  | { kind: 'field'; path: string[] }
  | { kind: 'call'; name: string; args: FormulaNode[] }
  | { kind: 'unary'; operator: '-' | '!'; operand: FormulaNode }
  | { kind: 'binary'; operator: string; left: FormulaNode; right: FormulaNode };

/** The formula cannot be read; the message is for the admin who wrote it. */
export class FormulaError extends Error {}

interface Token {
  kind: 'number' | 'text' | 'name' | 'operator' | 'end';
  text: string;
}

const TOKEN =
  /\s*(?:\/\*[\s\S]*?\*\/\s*)*(?:(\d+\.?\d*|\.\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|(<=|>=|<>|!=|==|&&|\|\||[-+*/^&<>=!(),]))/y;
/** Looser first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!=', '<', '<=', '>', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (source.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new FormulaError(`Syntax error. Found '${source.slice(at).trim()[0]}'`);
    at = TOKEN.lastIndex;
    const [, digits, double, single, name, operator] = match;
    const text = double ?? single;
    if (digits !== undefined) found.push({ kind: 'number', text: digits });
    else if (text !== undefined)
      found.push({
        kind: 'text',
        text: text.replace(/\\(.)/g, (_, character: string) =>
          character === 'n' ? '\n' : character,
        ),
      });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'operator', text: operator ?? '' });
  }
  found.push({ kind: 'end', text: '' });
  return found;
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = tokens(source);
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #isOperator(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'operator' && token.text === text;
  }

  #expect(text: string): void {
    if (!this.#isOperator(text)) throw new FormulaError(`Syntax error. Missing '${text}'`);
    this.#at++;
  }

  whole(): FormulaNode {
    const node = this.#level(0);
    if (this.#peek().kind !== 'end')
      throw new FormulaError(`Syntax error. Extra '${this.#peek().text}'`);
    return node;
  }

  #level(depth: number): FormulaNode {
    const operators = LEVELS[depth];
    if (!operators) return this.#unary();
    let left = this.#level(depth + 1);
    while (this.#peek().kind === 'operator' && operators.includes(this.#peek().text)) {
      const operator = this.#take().text;
      left = { kind: 'binary', operator, left, right: this.#level(depth + 1) };
    }
    return left;
  }

  #unary(): FormulaNode {
    if (this.#isOperator('-') || this.#isOperator('!'))
      return { kind: 'unary', operator: this.#take().text as '-' | '!', operand: this.#unary() };
    if (this.#isOperator('+')) this.#take();
    return this.#primary();
  }

  #primary(): FormulaNode {
    const token = this.#take();
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind === 'name') return this.#named(token.text);
    if (token.kind === 'operator' && token.text === '(') {
      const inner = this.#level(0);
      this.#expect(')');
      return inner;
    }
    throw new FormulaError(
      token.kind === 'end'
        ? 'Syntax error. Unexpected end of formula'
        : `Syntax error. Found '${token.text}'`,
    );
  }

  #named(name: string): FormulaNode {
    const word = name.toUpperCase();
    if (!this.#isOperator('(')) {
      if (word === 'TRUE' || word === 'FALSE') return { kind: 'literal', value: word === 'TRUE' };
      if (word === 'NULL') return { kind: 'literal', value: null };
      return { kind: 'field', path: name.split('.') };
    }
    this.#take();
    const args: FormulaNode[] = [];
    while (!this.#isOperator(')')) {
      args.push(this.#level(0));
      if (!this.#isOperator(')')) this.#expect(',');
    }
    this.#expect(')');
    return { kind: 'call', name: word, args };
  }
}

/** Throws FormulaError. */
export function parseFormula(source: string): FormulaNode {
  return new Parser(source).whole();
}

/** Every field path a formula names. */
export function fieldPaths(node: FormulaNode): string[][] {
  if (node.kind === 'field') return [node.path];
  if (node.kind === 'call') return node.args.flatMap(fieldPaths);
  if (node.kind === 'unary') return fieldPaths(node.operand);
  return node.kind === 'binary' ? [...fieldPaths(node.left), ...fieldPaths(node.right)] : [];
}
