/** What the shapes of stored components have in common. */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Part, Workshop } from './workshop.ts';

export type Shape = (shop: Workshop, part: Part) => void;

export function need(document: JsonObject, keys: readonly string[]): void {
  for (const key of keys)
    if (document[key] === undefined || document[key] === '')
      throw fault(400, 'REQUIRED_FIELD_MISSING', `Required field is missing: ${key}`, [key]);
}

export function objectNamed(shop: Workshop, name: string): ObjectDefinition {
  const object = shop.org.object(name);
  if (object === undefined)
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: field - no CustomObject named ${name} found`,
    );
  return object;
}

export function fieldMust(object: ObjectDefinition, name: string): void {
  const wanted = name.toLowerCase();
  // Standard layout names of compound and system fields are not all in the
  // schema; a custom field must be.
  if (wanted.endsWith('__c') && !object.fields.some((field) => field.name.toLowerCase() === wanted))
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: field - no CustomField named ${object.name}.${name} found`,
    );
}
