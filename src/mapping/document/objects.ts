import type { CrmObject } from '../../model/connector.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { pathsOf, sourcesOf } from './sources.ts';

/** Which objects of the CRM a mapping must know before it can be checked or compiled. */

/** Objects that a path walks through, as far as the known descriptions reach. */
function through(
  object: CrmObject,
  path: string,
  known: ReadonlyMap<string, CrmObject | null>,
): string[] {
  const dot = path.indexOf('.');
  if (dot < 0) return [];
  const targets =
    object.fields.find(({ relationshipName }) => relationshipName === path.slice(0, dot))
      ?.referenceTo ?? [];
  return targets.flatMap((name) => {
    const target = known.get(name);
    return [
      name,
      ...(target === null || target === undefined
        ? []
        : through(target, path.slice(dot + 1), known)),
    ];
  });
}

/**
 * Names of objects still to be described; ask, add the answers (null too) to `known`, and ask
 * again until there are none.
 * The first round names the objects of sources and writes, later rounds those that paths lead to.
 */
export function objectsToDescribe(
  document: MappingDocument,
  known: ReadonlyMap<string, CrmObject | null>,
): string[] {
  const sources = sourcesOf(document);
  const reached = sources.flatMap((source) => {
    const object = known.get(source.source.object);
    return object === null || object === undefined
      ? []
      : pathsOf(source).flatMap(({ path }) => through(object, path, known));
  });
  const wanted = new Set([
    ...sources.map(({ source }) => source.object),
    ...document.write.map(({ object }) => object),
    ...reached,
  ]);
  return [...wanted].filter((name) => !known.has(name)).sort();
}

/**
 * What paths of the mapping name of each object that they lead to, such as `companies[Partner]` or
 * `Name`, as far as the known descriptions reach.
 */
export function fieldsReached(
  document: MappingDocument,
  known: ReadonlyMap<string, CrmObject | null>,
): Map<string, string[]> {
  const reached = new Map<string, string[]>();
  const follow = (name: string, path: string): void => {
    const dot = path.indexOf('.');
    const leads = known
      .get(name)
      ?.fields.find(({ relationshipName }) => relationshipName === path.slice(0, dot));
    for (const target of dot < 0 ? [] : (leads?.referenceTo ?? [])) {
      const rest = path.slice(dot + 1);
      reached.set(target, [...(reached.get(target) ?? []), rest]);
      follow(target, rest);
    }
  };
  for (const source of sourcesOf(document))
    for (const { path } of pathsOf(source)) follow(source.source.object, path);
  return reached;
}

/** Objects that are read where the org has them, and that nothing else needs. */
export function optionalObjects(document: MappingDocument): string[] {
  const required = new Set(requiredObjects(document));
  return objectsToDescribe(document, new Map()).filter((object) => !required.has(object));
}

/**
 * Objects that the mapping cannot do without: those of writes, and those of
 * sources that are not optional.
 */
export function requiredObjects(document: MappingDocument): string[] {
  const sources = sourcesOf(document).map(({ source }) => source);
  return objectsToDescribe(document, new Map()).filter((object) => {
    const own = sources.filter((source) => source.object === object);
    return own.length === 0 || own.some(({ optional }) => optional !== true);
  });
}
