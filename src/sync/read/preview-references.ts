import { bareText } from '../../model/fold.ts';
import type { CrmSession } from '../../model/connector.ts';
import { ENTITIES, type EntityName, type EntityShape } from '../../model/entities.ts';
import { asHeadwaterError } from '../../model/error.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import type { PreviewRow } from '../../mapping/check/preview.ts';
import { feedsOf, wholeFeedsOf } from '../measure/doubts.ts';
import { readByIds } from './read-all.ts';

/**
 * Of the references that previewed records hold, those for which the CRM has no record, by
 * `entity.field`. Each kind of record that they lead to is asked for by id, once.
 */
export async function lostInPreview(
  session: CrmSession,
  mapping: CompiledMapping,
  previews: PreviewRow[],
  queueIdPrefix = '',
): Promise<Map<string, Set<string>>> {
  const named = referencesOf(previews);
  const lost = new Map<string, Set<string>>();
  const known = new Map<string, Set<string>>();
  for (const { place, to, ids } of named) {
    const whole = to.map(wholeFeedsOf(mapping));
    const objects = [...new Set(to.flatMap(feedsOf(mapping)))];
    // What a filter leaves in the CRM may well be there.
    if (objects.length === 0 || whole.includes(null)) continue;
    const found = new Set<string>();
    for (const object of objects)
      for (const id of await knownOf(session, object, [...ids], known)) found.add(id);
    const left = [...ids].filter(
      (id) => !found.has(id) && !(queueIdPrefix !== '' && id.startsWith(queueIdPrefix)),
    );
    if (left.length > 0) lost.set(place, new Set(left));
  }
  return lost;
}

interface Named {
  place: string;
  to: EntityName[];
  ids: Set<string>;
}

function referencesOf(previews: PreviewRow[]): Named[] {
  const named = new Map<string, Named>();
  for (const { entity, outcome, values } of previews.flatMap(({ after }) => after)) {
    if (outcome !== 'mapped') continue;
    for (const [field, { to = [] }] of Object.entries((ENTITIES[entity] as EntityShape).fields)) {
      const id = values[field];
      if (to.length === 0 || typeof id !== 'string') continue;
      const place = `${entity}.${field}`;
      const one = named.get(place) ?? { place, to: to as EntityName[], ids: new Set() };
      one.ids.add(bareText(id));
      named.set(place, one);
    }
  }
  return [...named.values()];
}

/** Ids that are there; those that an object cannot be asked for are none of its own. */
async function knownOf(
  session: CrmSession,
  object: string,
  ids: string[],
  known: Map<string, Set<string>>,
): Promise<Set<string>> {
  const own = known.get(object) ?? new Set<string>();
  known.set(object, own);
  const asked = ids.filter((id) => !own.has(id));
  try {
    for (const id of (await readByIds(session, { object, fields: [] }, asked)).keys()) own.add(id);
  } catch (error) {
    if (asHeadwaterError(error).kind === 'bug') throw error;
    // Ids of another kind in the same question: one by one they harm nobody but themselves.
    if (asked.length > 1) for (const id of asked) await knownOf(session, object, [id], known);
  }
  return own;
}
