import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { DocumentPath } from './sources.ts';

/**
 * Where a thing stands in the YAML text, 1-based. `exact` is false when the document does not say
 * it itself and the nearest parent is shown.
 */
interface Place {
  line: number;
  column: number;
  exact: boolean;
}

/** Place of a key (or list item), or of its value. */
export type Locate = (path: DocumentPath, at?: 'key' | 'value') => Place;

interface Child {
  key: number | undefined;
  node: Node | null;
}

const startOf = (node: unknown): number | undefined =>
  (node as Node | null | undefined)?.range?.[0];

function childOf(node: Node | null, step: string | number, document: Document): Child | null {
  const real = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isMap(real)) {
    const pair = real.items.find(
      (item) => String(isScalar(item.key) ? item.key.value : item.key) === String(step),
    );
    return pair === undefined
      ? null
      : { key: startOf(pair.key), node: (pair.value ?? null) as Node | null };
  }
  if (isSeq(real)) {
    const item = (real.items[Number(step)] ?? null) as Node | null;
    return item === null ? null : { key: startOf(item), node: item };
  }
  return null;
}

/** A locator over a parsed document; unknown paths give the place of their nearest known parent. */
export function locator(document: Document, lines: LineCounter): Locate {
  return (path, at = 'key') => {
    let node = document.contents as Node | null;
    let offset = startOf(node) ?? 0;
    let exact = true;
    for (const step of path) {
      const child = childOf(node, step, document);
      if (child === null) {
        exact = false;
        break;
      }
      offset = child.key ?? offset;
      node = child.node;
    }
    if (at === 'value' && exact) offset = startOf(node) ?? offset;
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), exact };
  };
}
