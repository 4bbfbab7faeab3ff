import type { CrmField, CrmObject } from '../../model/connector.ts';

/**
 * References that are no fields of the record itself but sit in a bundle beside it: a field that
 * can be walked through and leads to an object of nothing but references (`associations` ->
 * `deals.associations` -> `companies[Partner]`). For a suggestion they are fields like any
 * other, under their whole path.
 */

const isBundle = (field: CrmField): boolean =>
  field.type === 'other' && field.relationshipName !== null;

/** Objects that bundles of these lead to. */
export const bundleTargets = (objects: readonly CrmObject[]): string[] =>
  [
    ...new Set(
      objects.flatMap((object) =>
        object.fields.filter(isBundle).flatMap((field) => field.referenceTo),
      ),
    ),
  ].sort();

/**
 * Each object with the references of its bundles that somebody set up; those that every record of
 * every org has say nothing.
 */
export function withBundles(objects: readonly CrmObject[]): CrmObject[] {
  const byName = new Map(objects.map((object) => [object.name, object]));
  return objects.map((object) => {
    const inner = object.fields.filter(isBundle).flatMap((field) =>
      field.referenceTo
        .flatMap((target) => byName.get(target)?.fields ?? [])
        .filter((reference) => reference.custom && reference.referenceTo.length > 0)
        .map((reference) => ({
          ...reference,
          name: `${field.relationshipName}.${reference.name}`,
        })),
    );
    return inner.length === 0 ? object : { ...object, fields: [...object.fields, ...inner] };
  });
}
