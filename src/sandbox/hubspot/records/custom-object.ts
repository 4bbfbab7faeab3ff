/** Making a custom object from its schema. */
import * as z from 'zod';
import { conflict, HubSpotError, invalid } from '../model/errors.ts';
import type { ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { definitionFrom } from '../properties/definition.ts';

/** Custom objects of one portal. */
const MAX_OBJECTS = 10;
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,99}$/;

export const schemaShape = z.object({
  name: z.string().min(1),
  labels: z.object({ singular: z.string().optional(), plural: z.string().optional() }).default({}),
  description: z.string().nullish(),
  requiredProperties: z.array(z.string()),
  searchableProperties: z.array(z.string()).default([]),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()).default([]),
  properties: z.array(z.record(z.string(), z.unknown())),
  associatedObjects: z.array(z.string()),
});

/** Throws 400 and 409. */
export function defineObject(
  portal: Portal,
  input: z.infer<typeof schemaShape>,
  atMs: number,
): ObjectType {
  const name = input.name.toLowerCase();
  if (!NAME.test(name))
    throw invalid(
      `Object names start with a letter and hold letters, digits and underscores: '${input.name}'`,
    );
  if (portal.types.find(name) !== null)
    throw conflict(`An object type named '${name}' already exists.`, {
      category: 'OBJECT_ALREADY_EXISTS',
    });
  if (portal.types.list().filter((type) => type.custom !== null).length >= MAX_OBJECTS)
    throw new HubSpotError(
      400,
      'VALIDATION_ERROR',
      `The limit of ${MAX_OBJECTS} custom objects has been reached.`,
    );
  const group = `${name}_information`;
  const properties = input.properties.map((one) => ({
    ...definitionFrom(one, atMs, group),
    groupName: group,
  }));
  const names = properties.map((one) => one.name);
  const unknown = [...input.requiredProperties, ...input.searchableProperties].filter(
    (one) => !names.includes(one),
  );
  if (unknown.length > 0)
    throw invalid(`The schema names properties that it does not define: [${unknown.join(', ')}]`);
  const others = input.associatedObjects.map((word) => portal.typeNamed(word));
  const type = portal.types.define(name, {
    labels: { singular: input.labels.singular ?? name, plural: input.labels.plural ?? name },
    description: input.description ?? '',
    requiredProperties: input.requiredProperties,
    searchableProperties: input.searchableProperties,
    primaryDisplayProperty: input.primaryDisplayProperty ?? names[0] ?? 'hs_object_id',
    secondaryDisplayProperties: input.secondaryDisplayProperties,
    associatedObjects: input.associatedObjects,
    createdMs: atMs,
    updatedMs: atMs,
    archivedMs: null,
  });
  portal.catalog.open(type);
  for (const property of properties) portal.catalog.create(type, property);
  for (const other of others) portal.associationTypes.connect(type, other);
  return type;
}
