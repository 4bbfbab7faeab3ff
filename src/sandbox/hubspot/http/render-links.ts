/** Associations in the form of replies. */
import { isPrimary, type Link } from '../associations/links.ts';
import type { AssociationType, HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';

/**
 * The links whose other end is there; archived records keep their associations but show in none.
 */
export function liveLinks(
  portal: Portal,
  from: ObjectType,
  fromId: string,
  to: ObjectType,
): Link[] {
  const table = portal.table(to);
  return portal.links
    .of(from.id, fromId, to.id)
    .filter((link) => table.get(link.toId)?.archivedMs === null);
}

/** `associations` of an object read: by the plural name, a row for each kind of each link. */
export function associationsOf(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  wanted: readonly ObjectType[],
): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const to of wanted) {
    const results = liveLinks(portal, type, record.id, to).flatMap((link) =>
      link.types.map((kind) => ({ id: link.toId, type: kindName(kind, link, type, to) })),
    );
    if (results.length > 0)
      all[to.custom === null ? to.plural : portal.types.qualifiedName(to)] = { results };
  }
  return all;
}

/** `deal_to_company` is the primary one where there is a primary; the plain one is then marked. */
function kindName(kind: AssociationType, link: Link, from: ObjectType, to: ObjectType): string {
  const base = `${from.name}_to_${to.name}`;
  if (kind.label !== null) return isPrimary(kind) ? base : kind.name;
  return link.types.length > 1 || (from.name === 'deal' && to.name === 'company')
    ? `${base}_unlabeled`
    : base;
}

/** A link of the v4 associations API. */
export function renderLink(portal: Portal, link: Link): Record<string, unknown> {
  const toObjectId = portal.settings.switches.associationIdsAsNumbers
    ? Number(link.toId)
    : link.toId;
  return {
    toObjectId,
    associationTypes: link.types.map(({ category, typeId, label }) => ({
      category,
      typeId,
      label,
    })),
  };
}
