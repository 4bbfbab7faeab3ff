import { writeFileSync } from 'node:fs';
import { openApi } from '../../src/http/api/openapi.ts';
import { allRoutes } from '../../src/http/api/routes/index.ts';

/**
 * The types of the API as the pages see them, written from the OpenAPI document: the pages know
 * nothing else of the project.
 */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
  description?: string;
}

const PRIMITIVES: Record<string, string> = {
  ...{ string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' },
};

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `(${typeOf(schema.items ?? {})})[]`;
  if (schema.type === 'object') return objectOf(schema);
  return PRIMITIVES[schema.type ?? ''] ?? 'unknown';
}

function objectOf({ properties, required = [], additionalProperties }: Schema): string {
  if (properties === undefined)
    return typeof additionalProperties === 'object'
      ? `Record<string, ${typeOf(additionalProperties)}>`
      : 'Record<string, unknown>';
  const lines = Object.entries(properties).map(
    ([name, one]) =>
      `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(one)};`,
  );
  return `{ ${lines.join(' ')} }`;
}

interface Operation {
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content: { 'application/json': { schema: Schema } } }>;
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const query = parameters.filter((one) => one.in === 'query');
  const answer = (responses['200'] ?? responses['202'])!.content['application/json'].schema;
  const asked = query.map((one) => `${JSON.stringify(one.name)}?: ${typeOf(one.schema)};`);
  const body = requestBody?.content['application/json'].schema;
  return `{ query: { ${asked.join(' ')} }; body: ${body === undefined ? 'undefined' : typeOf(body)}; answer: ${typeOf(answer)} }`;
}

/** Writes the types into `file`. */
export function writeTypes(file: string): void {
  const { paths } = openApi(allRoutes, '') as {
    paths: Record<string, Record<string, Operation>>;
  };
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `  '${method} ${path}': ${operationType(operation)};`,
    ),
  );
  writeFileSync(
    file,
    `// Written from the OpenAPI document by tools/web/types.ts: not to be edited.\nexport interface Operations {\n${lines.join('\n')}\n}\n`,
  );
}
