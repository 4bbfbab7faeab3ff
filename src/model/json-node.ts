/** JSON Schema as far as "did you mean" and editors need it. */
export interface JsonNode {
  $ref?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonNode>;
  additionalProperties?: JsonNode | boolean;
  items?: JsonNode;
  anyOf?: JsonNode[];
  allOf?: JsonNode[];
  propertyNames?: JsonNode;
  required?: string[];
  $defs?: Record<string, JsonNode>;
  [key: string]: unknown;
}

function flat(root: JsonNode, at: JsonNode, seen: ReadonlySet<JsonNode> = new Set()): JsonNode[] {
  if (seen.has(at)) return [];
  const now = new Set([...seen, at]);
  const target =
    at.$ref === undefined
      ? []
      : flat(
          root,
          at.$ref === '#' ? root : (root.$defs?.[at.$ref.replace('#/$defs/', '')] ?? {}),
          now,
        );
  return [
    at,
    ...target,
    ...[...(at.anyOf ?? []), ...(at.allOf ?? [])].flatMap((inner) => flat(root, inner, now)),
  ];
}

/** The schema nodes that may describe a place in a document. */
export function nodesAt(root: JsonNode, path: (string | number)[]): JsonNode[] {
  let nodes = flat(root, root);
  for (const step of path) {
    const next = nodes.flatMap((at): JsonNode[] => {
      if (typeof step === 'number') return at.items === undefined ? [] : [at.items];
      if (at.properties !== undefined && Object.hasOwn(at.properties, step))
        return [at.properties[step] ?? {}];
      return typeof at.additionalProperties === 'object' ? [at.additionalProperties] : [];
    });
    nodes = next.flatMap((at) => flat(root, at));
  }
  return nodes;
}

/** Keys that a block at this place may have. */
export const keysAt = (root: JsonNode, path: (string | number)[]): string[] => [
  ...new Set(nodesAt(root, path).flatMap((at) => Object.keys(at.properties ?? {}))),
];
