/**
 * `FROM Contact c, c.Account a`: names for parents, which SOQL lets follow the object. They are
 * written out before the statement is parsed.
 */
const LITERAL = /'(?:\\.|[^'\\])*'/gs;
const JOINS = /\bFROM\s+(\w+)\s+(?:AS\s+)?(\w+)((?:\s*,\s*\w+(?:\.\w+)+\s+(?:AS\s+)?\w+)+)/i;

/** The same statement with every such name replaced by its path. */
export function withoutAliasJoins(text: string): string {
  const bare = text.replaceAll(LITERAL, (literal) => ' '.repeat(literal.length));
  const match = JOINS.exec(bare);
  if (match === null) return text;
  const [whole = '', object = '', main = '', list = ''] = match;
  const paths = new Map<string, string>([[main.toLowerCase(), '']]);
  for (const join of list.split(',').slice(1)) {
    const [path = '', alias = ''] = join.trim().split(/\s+(?:AS\s+)?/i);
    const [first = '', ...rest] = path.split('.');
    // A join starts from the object or from a name given before it; anything else is
    // left for the parser to refuse.
    const base = paths.get(first.toLowerCase());
    if (base === undefined) return text;
    paths.set(alias.toLowerCase(), [...(base === '' ? [] : [base]), ...rest].join('.'));
  }
  const flat = `${text.slice(0, match.index)}FROM ${object}${text.slice(match.index + whole.length)}`;
  const expand = (part: string): string =>
    part.replaceAll(/(?<![\w.])(\w+)\.(?=\w)/g, (prefix, alias: string) => {
      const path = paths.get(alias.toLowerCase());
      return path === undefined ? prefix : path === '' ? '' : `${path}.`;
    });
  let out = '';
  let from = 0;
  for (const literal of flat.matchAll(LITERAL)) {
    out += expand(flat.slice(from, literal.index)) + literal[0];
    from = literal.index + literal[0].length;
  }
  return out + expand(flat.slice(from));
}
