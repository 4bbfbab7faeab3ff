import type { CrmField, CrmObject } from '../../model/connector.ts';
import { ENTITY_NAMES, type EntityName } from '../../model/entities.ts';
import type { Refused } from '../../model/error.ts';
import type { DescribeLookup, MappingDocument } from '../../model/mapping.ts';
import { exists, resolvePath } from '../document/paths.ts';
import { pathsOf, sourcesOf, type Source } from '../document/sources.ts';
import { readOnlyField } from '../../model/crm-object.ts';

/**
 * What an earlier run read and the CRM no longer has or shows. It is kept apart from a mistake in
 * the mapping by the local copy, which holds it:
 * a mistake stops the run, what vanished pauses the object that it belongs to.
 */

/** Field paths that the local copy of an object holds. */
export type HeldFields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * `field` null = the whole object. `entities`: what the object feeds, all of which stays as it was.
 */
export interface Gone {
  object: string;
  field: string | null;
  entities: EntityName[];
  /** Where the CRM said it: not there, not for this user, or too much even one by one. */
  why?: Refused | 'heavy';
  /** The CRM's own words, and what to do about them. */
  said?: string;
  cure?: string;
  /** Optional, and no earlier run read it: it is left out, and nothing waits for it. */
  unread?: true;
}

/** The record's own id, which is read with every row and held beside the fields. */
const OWN_ID = /^(id|\w+_object_id)$/i;

/**
 * What the document names and the org lacks, as far as the local copy holds it. An optional field
 * is not missed; an optional object is, since its rows would grow old without a word.
 */
export function goneOf(
  document: MappingDocument,
  describe: DescribeLookup,
  held: HeldFields,
): Gone[] {
  const sources = sourcesOf(document);
  const found = new Map<string, Gone>();
  for (const { source, ...rest } of sources) {
    const [fields, object] = [held.get(source.object), describe(source.object) ?? null];
    if (fields === undefined) continue;
    const lost =
      object === null
        ? [null]
        : needed({ source, ...rest }).filter(
            (path) => fields.has(path) && !exists(resolvePath(object, path, describe)),
          );
    const entities = ENTITY_NAMES.filter((entity) =>
      sources.some((each) => each.entity === entity && each.source.object === source.object),
    );
    for (const field of lost)
      found.set(`${source.object}/${field ?? ''}`, { object: source.object, field, entities });
  }
  return [...found.values()];
}

/** Optional objects that no run has read, and that this user may not read. */
export function leftOutOf(
  document: MappingDocument,
  describe: DescribeLookup,
  held: HeldFields,
  isForbidden: (object: string) => boolean,
): Gone[] {
  const left = sourcesOf(document).filter(
    ({ source: { object } }) => !held.has(object) && !describe(object) && isForbidden(object),
  );
  return [...Map.groupBy(left, ({ source }) => source.object)].map(([object, sources]) => ({
    object,
    field: null,
    unread: true,
    entities: [...new Set(sources.map(({ entity }) => entity))],
  }));
}

const needed = (source: Source): string[] =>
  pathsOf(source)
    .filter(({ optional }) => !optional)
    .map(({ path }) => path);

/**
 * The org's description with what is gone still in it, so that a mapping compiles as it did before.
 * Its values are never read by that.
 */
export function withGone(
  document: MappingDocument,
  describe: DescribeLookup,
  held: HeldFields,
  gone: Gone[],
): DescribeLookup {
  const objects = new Map(
    gone.map(({ object: name }): [string, CrmObject] => {
      const real = describe(name) ?? null;
      const own = gone.filter(({ object }) => object === name).flatMap(({ field }) => field ?? []);
      if (real !== null)
        return [name, { ...real, fields: [...real.fields, ...own.map((field) => stand(field))] }];
      const ids = sourcesOf(document)
        .filter(({ source }) => source.object === name)
        .flatMap(needed)
        .filter((path) => OWN_ID.test(path));
      const fields = [...new Set(ids)].map((path) => stand(path, 'id'));
      return [
        name,
        {
          name,
          label: name,
          custom: false,
          stampField: null,
          tracksDeletes: true,
          fields: [...fields, ...[...(held.get(name) ?? [])].map((path) => stand(path))],
        },
      ];
    }),
  );
  return (name) => objects.get(name) ?? describe(name);
}

/** A field of which only the name is known. */
const stand = (name: string, type: 'id' | 'text' = 'text'): CrmField =>
  readOnlyField(name, type, { filterable: true });
