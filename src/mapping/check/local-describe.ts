import type { CrmField, CrmObject, CrmRow, CrmType } from '../../model/connector.ts';
import { readOnlyField } from '../../model/crm-object.ts';
import type { DescribeLookup, MappingDocument } from '../../model/mapping.ts';
import { pathsOf, sourcesOf } from '../document/sources.ts';

/**
 * A description of objects made from the local copy alone, so that a mapping can be tried without a
 * call to the CRM. A field is there when some row carries it or a mapping insists on it; what is
 * optional and was never read counts as absent, as it does in an org without it.
 */

/** The record's own id, which the local copy keeps beside the fields. */
const OWN_ID = /^(id|\w+_object_id)$/i;

export interface SeenFields {
  /** Paths that some row of the object carries. */
  paths: Set<string>;
  /** Those with several values in one cell. */
  multiple: Set<string>;
}

/** Takes note of what rows carry. */
export function see(seen: Map<string, SeenFields>, rows: Iterable<CrmRow>): void {
  for (const row of rows) {
    let own = seen.get(row.object);
    if (own === undefined) seen.set(row.object, (own = { paths: new Set(), multiple: new Set() }));
    for (const [path, value] of Object.entries(row.fields)) {
      own.paths.add(path);
      if (typeof value === 'string' && value.includes(';')) own.multiple.add(path);
    }
  }
}

const field = (
  name: string,
  type: CrmType,
  relationshipName: string | null = null,
  referenceTo: string[] = [],
): CrmField =>
  readOnlyField(name, type, {
    ...{ createable: true, updateable: true, filterable: true },
    ...{ referenceTo, relationshipName },
  });

/**
 * Objects of a path tree: the head of `Account.Name` is a reference to an object made up for it.
 */
function build(
  name: string,
  paths: Iterable<string>,
  multiple: ReadonlySet<string>,
  into: Map<string, CrmObject>,
  prefix = '',
): void {
  const heads = new Map<string, string[]>();
  const fields: CrmField[] = [];
  for (const path of paths) {
    const dot = path.indexOf('.');
    if (dot < 0)
      fields.push(
        field(
          path,
          OWN_ID.test(path) && prefix === ''
            ? 'id'
            : multiple.has(prefix + path)
              ? 'multipicklist'
              : 'text',
        ),
      );
    else
      heads.set(path.slice(0, dot), [
        ...(heads.get(path.slice(0, dot)) ?? []),
        path.slice(dot + 1),
      ]);
  }
  for (const [head, rest] of heads) {
    const target = `${name} > ${head}`;
    fields.push(field(target, 'reference', head, [target]));
    build(target, rest, multiple, into, `${prefix}${head}.`);
  }
  into.set(name, {
    name,
    label: name,
    custom: false,
    fields,
    stampField: null,
    tracksDeletes: true,
  });
}

export function localDescribe(
  seen: ReadonlyMap<string, SeenFields>,
  documents: MappingDocument[],
): DescribeLookup {
  const sources = documents.flatMap(sourcesOf);
  const objects = new Map<string, CrmObject>();
  for (const object of new Set([
    ...sources
      .filter(({ source }) => source.optional !== true || seen.has(source.object))
      .map(({ source }) => source.object),
  ])) {
    const asked = sources.filter(({ source }) => source.object === object).flatMap(pathsOf);
    const own = seen.get(object);
    build(
      object,
      new Set([
        ...(own?.paths ?? []),
        ...asked
          .filter(({ path, optional }) => !optional || OWN_ID.test(path))
          .map(({ path }) => path),
      ]),
      own?.multiple ?? new Set(),
      objects,
    );
  }
  return (name) => objects.get(name) ?? null;
}
