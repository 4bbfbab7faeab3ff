/** Request bodies in JSON. */
import { fault } from './faults.ts';

export type JsonObject = Record<string, unknown>;

/** The JSON of a body; Salesforce's parser error where it is none. */
async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '')
    throw fault(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(
      400,
      'JSON_PARSER_ERROR',
      `${error instanceof Error ? error.message : String(error)} at [line:1, column:1]`,
    );
  }
}

export async function readJsonObject(request: Request): Promise<JsonObject> {
  return asObject(await readJson(request));
}

export function asObject(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault(
      400,
      'JSON_PARSER_ERROR',
      'Unexpected value: an object was expected at [line:1, column:1]',
    );
  return value as JsonObject;
}

export function asList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value))
    throw fault(
      400,
      'JSON_PARSER_ERROR',
      `Unexpected value: a list was expected for ${name} at [line:1, column:1]`,
    );
  return value;
}

/** The value of a key in any letter case. */
export function anyCase(object: JsonObject, key: string): unknown {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(object))
    if (name.toLowerCase() === wanted) return value;
  return undefined;
}
