import { Parser, type CST } from 'yaml';

/**
 * How large a document may be. Everything after the first reading compares parts with each other,
 * so the parts are counted before anything else is done, in a time that grows with the text alone.
 */

/** How much a kind of document may hold. */
interface Size {
  characters: number;
  /** Keys and values, all together. */
  parts: number;
  /** Keys of one block, or items of one list. */
  inOne: number;
}

/**
 * A mapping or a connection is a few pages: our own mappings have 13 KB and about a thousand parts.
 * The longest picklist that a CRM takes has a thousand values.
 */
export const PAGES: Size = { characters: 262_144, parts: 20_000, inOne: 2_000 };
/** Plans of a company with two thousand partners, each with its targets. */
export const MANY_PLANS: Size = { characters: 8_388_608, parts: 500_000, inOne: 2_000 };
/**
 * Our deepest real path has ten steps; conditions may nest beyond that, but no person reads forty.
 */
const MAX_DEPTH = 40;
/** Anchors save typing; a hundred uses are plenty. */
export const MAX_ALIASES = 100;

/** What is too much of a document, and what to do. */
export interface SizeFault {
  message: string;
  cure: string;
}

/** What one token holds of further ones. */
function inside(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((part) => part !== undefined && part !== null),
  );
}

function tooMuch(tokens: CST.Token[], size: Size): SizeFault | null {
  const open: [CST.Token, number][] = tokens.map((token) => [token, 0]);
  let parts = 0;
  let aliases = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    const held = inside(token);
    parts += held.length;
    if (token.type === 'alias') aliases += 1;
    if (depth > MAX_DEPTH)
      return {
        message: `is nested more than ${MAX_DEPTH} levels deep`,
        cure: 'Write it flatter.',
      };
    if ('items' in token && token.items.length > size.inOne)
      return {
        message: `has ${token.items.length} entries in one block or list, and at most ${size.inOne} are read`,
        cure: 'Leave out what is not used.',
      };
    const below = 'items' in token ? depth + 1 : depth;
    for (const part of held) open.push([part, below]);
  }
  if (parts > size.parts)
    return {
      message: `has ${parts} keys and values, and at most ${size.parts} are read`,
      cure: 'Leave out what is not used.',
    };
  if (aliases > MAX_ALIASES)
    return {
      message: `uses ${aliases} aliases, and at most ${MAX_ALIASES} are read`,
      cure: 'Check the anchors (`&name`) and aliases (`*name`).',
    };
  return null;
}

/** What is too much of a YAML text, before it is read; null = it may be read. Never throws. */
export function sizeFault(text: string, size: Size = PAGES): SizeFault | null {
  if (text.length > size.characters)
    return {
      message: `has ${text.length} characters, and at most ${size.characters} are read`,
      cure: 'Split off what does not belong to it.',
    };
  return tooMuch([...new Parser().parse(text)], size);
}
