/** Where a place of a YAML text stands in the document, told by its indentation. */

/** Keys that lead to a place; `[]` = an item of a list. */
export type YamlPath = string[];

const KEY = /^(\s*)((?:- +)*)("[^"]*"|'[^']*'|[^\s#:{}[\],][^:#{}[\]]*?)\s*:(?=\s|$)/;
const DASHES = /^(\s*)((?:- +)+|-$)/;

const bare = (key: string): string => key.replace(/^(["'])(.*)\1$/, '$2');

/** The keys of one-line braces that stand open before this column: `where: { any: [{ `. */
function openKeys(before: string): YamlPath {
  const open: YamlPath = [];
  /** How many keys led to each bracket that stands open. */
  const depths: number[] = [];
  let last = '';
  for (const [, key, sign] of before.matchAll(/([\w$-]+)\s*:|([{}[\],])/g)) {
    if (key !== undefined) {
      last = key;
      continue;
    }
    if (sign === '{' || sign === '[') {
      depths.push(open.length);
      if (last !== '') open.push(last);
      if (sign === '[') open.push('[]');
    } else if (sign !== ',') open.length = depths.pop() ?? open.length;
    last = '';
  }
  return open;
}

/**
 * The path of the block that a column of a line (from 0) stands in, without the key on that line
 * itself; `lineAt` gives the text of a line (from 1).
 */
export function pathAt(lineAt: (line: number) => string, line: number, column: number): YamlPath {
  const here = lineAt(line);
  const dashes = DASHES.exec(here);
  const path: YamlPath = [];
  let indent = here.trim() === '' ? column : (/^\s*/.exec(here)?.[0].length ?? 0);
  if (dashes !== null) path.unshift('[]');
  for (let at = line - 1; at > 0 && (indent > 0 || path[0] === '[]'); at--) {
    const text = lineAt(at);
    const [, space = '', dash = '', key] = KEY.exec(text) ?? [];
    if (key === undefined) continue;
    const own = space.length;
    const inner = own + dash.length;
    if (inner < indent || (path[0] === '[]' && inner <= indent && dash === '')) {
      path.unshift(bare(key));
      indent = own;
      if (dash !== '') path.unshift('[]');
    } else if (dash !== '' && own < indent && inner >= indent) {
      path.unshift('[]');
      indent = own;
    }
  }
  return [...path, ...openKeys(here.slice(0, column))];
}

/** The key that stands on a line; null = there is none. */
export const keyOn = (text: string): string | null => {
  const key = KEY.exec(text)?.[3];
  return key === undefined ? null : bare(key);
};
