import type { CrmObject } from '../../model/connector.ts';
import { ENTITY_NAMES } from '../../model/entities.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { withBundles } from './bundles.ts';
import { typePaths } from './partners.ts';
import { likeness } from './words.ts';
import { OBJECT_PHRASES } from './lexicon/objects.ts';

/** What of an org is worth an API call before a mapping is suggested. */

/**
 * One describe call each: more own objects than this are taken in the order in which
 * their names look like ours.
 */
const MOST_OWN_OBJECTS = 150;
/** Two calls each. */
const MOST_SAMPLED = 40;
/** So many paths of names of usual length still fit a query's address. */
const MOST_FIELDS = 120;
const SAMPLED_TYPES = new Set([
  'reference',
  'picklist',
  'multipicklist',
  'boolean',
  'date',
  'datetime',
  'integer',
  'number',
  'money',
  'percent',
  'text',
]);

const nameLikeness = (object: { name: string; label: string }): number =>
  Math.max(...ENTITY_NAMES.map((entity) => likeness(OBJECT_PHRASES[entity] ?? [], object)));

/** The org's own objects to describe, the likeliest first. */
export const ownObjectsToDescribe = (
  listed: { name: string; label: string; custom: boolean }[],
): string[] =>
  listed
    .filter(({ custom }) => custom)
    .map((object) => ({ name: object.name, near: nameLikeness(object) }))
    .sort((a, b) => b.near - a.near || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_OWN_OBJECTS)
    .map(({ name }) => name);

/**
 * Objects to sample, with the paths to read of each: companies, deals, campaigns, roles, and own
 * objects that hang on one of these or on each other.
 */
export function whatToSample(
  base: MappingDocument,
  described: CrmObject[],
): { object: string; fields: string[] }[] {
  const objects = withBundles(described);
  const standard = new Set(
    (['partner', 'account', 'deal', 'dealPartner', 'campaign'] as const).flatMap((entity) => {
      const given = base.entities[entity];
      return given === undefined
        ? []
        : Array.isArray(given)
          ? given.map(({ object }) => object)
          : [given.object];
    }),
  );
  const own = objects.filter((object) => object.custom);
  const roots = new Set([...standard, ...own.map(({ name }) => name)]);
  const hanging = own
    .filter(
      (object) =>
        !standard.has(object.name) &&
        object.fields.some(
          (field) => field.custom && field.referenceTo.some((target) => roots.has(target)),
        ),
    )
    .sort((a, b) => nameLikeness(b) - nameLikeness(a) || (a.name < b.name ? -1 : 1));
  return [...objects.filter(({ name }) => standard.has(name)), ...hanging]
    .slice(0, MOST_SAMPLED)
    .map((object) => ({ object: object.name, fields: fieldsToSample(object, objects) }));
}

function fieldsToSample(object: CrmObject, objects: CrmObject[]): string[] {
  const worth = object.fields
    .filter(({ type }) => SAMPLED_TYPES.has(type))
    .sort((a, b) => Number(b.custom) - Number(a.custom));
  const paths = typePaths(object).filter((path) =>
    objects.some(
      (target) =>
        object.fields.some(
          (field) =>
            `${field.relationshipName}.Name` === path && field.referenceTo.includes(target.name),
        ) && target.fields.some(({ name }) => name === 'Name'),
    ),
  );
  return [...worth.map(({ name }) => name).slice(0, MOST_FIELDS), ...paths];
}
