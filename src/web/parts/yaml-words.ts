import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Text } from '@codemirror/state';
import { keyOn, pathAt } from './yaml-path.ts';

/** A JSON Schema, as far as an editor reads it. */
export interface SchemaNode {
  description?: string;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  allOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  $defs?: Record<string, SchemaNode>;
}

/** By what a document is completed and explained. */
export interface Words {
  schema: SchemaNode;
  /** Fields of the org that may stand where a field is named. */
  fields: { name: string; label: string }[];
}

/** All that a node may be: its references and alternatives, one by one. */
function alternatives(root: SchemaNode, node: SchemaNode, depth = 8): SchemaNode[] {
  if (depth === 0) return [];
  const led = node.$ref === undefined ? undefined : root.$defs?.[node.$ref.split('/').at(-1)!];
  const more = [led, ...(node.anyOf ?? []), ...(node.allOf ?? []), ...(node.oneOf ?? [])];
  return [
    node,
    ...more.flatMap((one) => (one === undefined ? [] : alternatives(root, one, depth - 1))),
  ];
}

function step(root: SchemaNode, nodes: SchemaNode[], key: string): SchemaNode[] {
  return nodes.flatMap((node) => {
    const rest = node.additionalProperties;
    const next =
      key === '[]'
        ? node.items
        : Object.hasOwn(node.properties ?? {}, key)
          ? node.properties![key]
          : typeof rest === 'object'
            ? rest
            : undefined;
    return next === undefined ? [] : alternatives(root, next);
  });
}

const nodesAt = (root: SchemaNode, path: readonly string[]): SchemaNode[] =>
  path.reduce((nodes, key) => step(root, nodes, key), alternatives(root, root));

const lineReader =
  (doc: Text) =>
  (line: number): string =>
    doc.line(line).text;

/** What the schema says of the key on the line of this place. */
export function hoverWords({ schema }: Words, doc: Text, pos: number): string | null {
  const line = doc.lineAt(pos);
  const key = keyOn(line.text);
  if (key === null) return null;
  const path = pathAt(lineReader(doc), line.number, 0);
  const told = step(schema, nodesAt(schema, path), key).find((node) => node.description);
  return told?.description ?? null;
}

const COMMENT = /(^|\s)#/;
const FIELD_KEYS = new Set(['field', 'minutesSince']);

/** Keys that may stand here, or values that the key before may have. */
export function keyCompletions(
  { schema, fields }: Words,
  context: CompletionContext,
): CompletionResult | null {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const word = /[\w$.-]*$/.exec(before)![0];
  // Enter behind a word of a comment ends the line; it takes no key in its place.
  if ((word === '' && !context.explicit) || COMMENT.test(before)) return null;
  const from = context.pos - word.length;
  const path = pathAt(lineReader(doc), line.number, before.length);
  const key = /([\w$-]+):\s+$/.exec(before.slice(0, before.length - word.length))?.[1];
  if (key !== undefined) {
    const nodes = step(schema, nodesAt(schema, path), key);
    const values = nodes.flatMap(
      (node) => node.enum ?? (node.const === undefined ? [] : [node.const]),
    );
    const named = FIELD_KEYS.has(key) || path.at(-1) === 'fields' ? fields : [];
    const options = [
      ...values.map((value) => ({ label: String(value), type: 'enum' })),
      ...named.map(({ name, label }) => ({ label: name, detail: label, type: 'variable' })),
    ];
    return options.length === 0 ? null : { from, options };
  }
  const known = new Map(
    nodesAt(schema, path).flatMap((node) => Object.entries(node.properties ?? {})),
  );
  if (known.size === 0) return null;
  return {
    from,
    options: [...known].map(([label, { description }]) => ({
      ...{ label, apply: `${label}: `, type: 'property' },
      ...(description === undefined ? {} : { info: description }),
    })),
  };
}
