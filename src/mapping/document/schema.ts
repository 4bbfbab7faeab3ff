import * as z from 'zod';
import { ENTITIES, ENTITY_NAMES, entityShape } from '../../model/entities.ts';
import { mappingSchema } from '../../model/mapping.ts';
import { OUTPUTS } from '../../model/outputs.ts';

/** The JSON Schema of a mapping document, for editors and for "did you mean". */

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

const TITLE = 'Headwater mapping';

const node = (parent: JsonNode | undefined, ...steps: string[]): JsonNode =>
  steps.reduce<JsonNode>((at, step) => at.properties?.[step] ?? {}, parent ?? {});

/**
 * Editors complete the fields of each entity with their words, so each entity gets its
 * own copy of the source shape.
 */
function entitySource(source: JsonNode, entity: (typeof ENTITY_NAMES)[number]): JsonNode {
  const rule = source.properties?.['fields']?.additionalProperties as JsonNode;
  const fields = Object.entries(entityShape(entity).fields).map(
    ([name, field]): [string, JsonNode] => [
      name,
      {
        description: `${field.doc} (${field.type}${field.required === true ? ', required' : ''})`,
        allOf: [rule],
      },
    ],
  );
  return {
    ...source,
    properties: {
      ...source.properties,
      fields: {
        type: 'object',
        properties: Object.fromEntries(fields),
        additionalProperties: false,
      },
    },
  };
}

/**
 * JSON Schema (draft 2020-12) of what an admin may write; entity fields and outputs are
 * listed with their descriptions.
 */
export function jsonSchema(): JsonNode {
  const schema = z.toJSONSchema(mappingSchema, { io: 'input' }) as JsonNode;
  const entities = node(schema, 'entities');
  const source = (entities.additionalProperties as JsonNode).anyOf?.[0] ?? {};
  entities.properties = Object.fromEntries(
    ENTITY_NAMES.map((entity) => {
      const own = entitySource(source, entity);
      const ref = { $ref: `#/$defs/source_${entity}` };
      schema.$defs = { ...schema.$defs, [`source_${entity}`]: own };
      return [
        entity,
        { description: ENTITIES[entity].doc, anyOf: [ref, { type: 'array', items: ref }] },
      ];
    }),
  );
  entities.additionalProperties = false;
  delete entities.propertyNames;
  const fields = node(schema, 'write').items?.properties?.['fields']
    ?.additionalProperties as JsonNode;
  node(fields, 'value').anyOf = Object.entries(OUTPUTS).map(([name, output]) => ({
    const: name,
    description: output.description,
  }));
  return { title: TITLE, ...schema };
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
