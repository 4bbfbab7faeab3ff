import type { CrmFilterTerm, CrmObject } from '../../model/connector.ts';
import type { DescribeLookup, StreamSpec } from '../../model/mapping.ts';
import { ENTITY_NAMES } from '../../model/entities.ts';
import { canonicalJson } from '../../model/canonical.ts';
import { exists, resolvePath } from '../document/paths.ts';
import { pathsOf, type Source } from '../document/sources.ts';

/** What the engine reads: one stream an object, with the fields of all its sources together. */

/** A source whose object the org has. */
export interface LiveSource extends Source {
  object: CrmObject;
}

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/**
 * The filter sent to the CRM: only when every source of the object has the very same one. Else all
 * of it is read, and each source's own filter is applied to the local copy.
 */
export function pushedDown(sources: LiveSource[]): CrmFilterTerm[] {
  const pulls = sources.map(({ source }) => source.pull ?? []);
  const first = pulls[0] ?? [];
  return pulls.every((pull) => canonicalJson(pull) === canonicalJson(first)) ? first : [];
}

function fieldsOf(sources: LiveSource[], object: CrmObject, describe: DescribeLookup): string[] {
  const filteredThere = pushedDown(sources).length > 0;
  const uses = sources
    .flatMap(pathsOf)
    .filter(({ use }) => use !== 'history' && !(use === 'pull' && filteredThere));
  return sorted(
    uses
      .map(({ path }) => path)
      .filter((path) => resolvePath(object, path, describe).kind === 'field'),
  );
}

/**
 * Streams in the order of the model's entities; names inside a stream in code order, so the
 * order of the YAML never shows.
 */
export function streamsOf(sources: LiveSource[], describe: DescribeLookup): StreamSpec[] {
  const objects = new Map(sources.map(({ object }) => [object.name, object]));
  return [...objects.values()].map((object) => {
    const own = sources.filter((source) => source.object.name === object.name);
    const history = sorted(own.flatMap(({ source }) => source.history ?? [])).filter((path) =>
      exists(resolvePath(object, path, describe)),
    );
    return {
      object: object.name,
      fields: fieldsOf(own, object, describe),
      where: pushedDown(own),
      associations: sorted(own.flatMap(({ source }) => source.associations ?? [])),
      history,
      includeDeleted: object.tracksDeletes,
      entities: ENTITY_NAMES.filter((entity) => own.some((source) => source.entity === entity)),
    };
  });
}
