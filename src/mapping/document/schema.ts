import * as z from 'zod';
import { ENTITIES, ENTITY_NAMES, entityShape } from '../../model/entities.ts';
import type { JsonNode } from '../../model/json-node.ts';
import { mappingSchema } from '../../model/mapping.ts';
import { OUTPUTS } from '../../model/outputs.ts';

/** The JSON Schema of a mapping document, for editors and for "did you mean". */

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
