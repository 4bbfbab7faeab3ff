/** Associating records: the checks and the event around a new or a cut link. */
import * as z from 'zod';
import { isPrimary } from '../associations/links.ts';
import { invalid } from '../model/errors.ts';
import type { AssociationType, ObjectType, Source } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import type { Access } from './access.ts';
import { idShape } from './body.ts';
import { type Site, writeContext } from './site.ts';

export const kindShape = z.object({
  associationCategory: z.string(),
  associationTypeId: z.number().int(),
});
export const associationsShape = z.array(
  z.object({ to: z.object({ id: idShape }), types: z.array(kindShape).min(1) }),
);

export interface WantedLink {
  toId: string;
  kinds: AssociationType[];
}

/** A link by default as the answers name it, there and back. */
export function defaultLinks(
  portal: Portal,
  plain: AssociationType,
  fromId: string,
  toId: string,
): unknown[] {
  const spec = (kind: AssociationType, a: string, b: string) => ({
    from: { id: a },
    to: { id: b },
    associationSpec: { associationCategory: kind.category, associationTypeId: kind.typeId },
  });
  return [spec(plain, fromId, toId), spec(portal.associationTypes.reverse(plain), toId, fromId)];
}

/** The associations of a new record. The type ids say to which object they lead. Throws 400. */
export function checkLinks(
  portal: Portal,
  from: ObjectType,
  asked: z.infer<typeof associationsShape>,
): WantedLink[] {
  return asked.map(({ to, types }) => {
    const kinds = types.map(({ associationCategory, associationTypeId }) => {
      for (const type of portal.types.list()) {
        const found = portal.associationTypes
          .between(from.id, type.id)
          .find(
            (kind) => kind.category === associationCategory && kind.typeId === associationTypeId,
          );
        if (found !== undefined) return found;
      }
      throw invalid(
        `Association type ${associationCategory} ${associationTypeId} doesn't exist for object type ${from.id}.`,
        { subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE' },
      );
    });
    const target = portal.types.get(kinds[0]?.toTypeId ?? '');
    if (portal.table(target).get(to.id)?.archivedMs !== null)
      throw invalid(`No ${target.name} with ID ${to.id} exists to associate.`, {
        category: 'INVALID_OBJECT_IDS',
      });
    return { toId: to.id, kinds };
  });
}

/** Links a record as checked, the plain association with every labelled one. */
export function addLinks(
  site: Site,
  access: Access,
  fromId: string,
  links: readonly WantedLink[],
): void {
  for (const { toId, kinds } of links)
    linkRecords(site.portal, fromId, toId, kinds, writeContext(site, access));
}

/** Adds kinds of association; nobody's stamp moves. */
export function linkRecords(
  portal: Portal,
  fromId: string,
  toId: string,
  kinds: readonly AssociationType[],
  context: { atMs: number; source: Source; loading?: boolean },
): void {
  const first = kinds[0];
  if (first === undefined) return;
  const plain = portal.associationTypes.plain(
    portal.types.get(first.fromTypeId),
    portal.types.get(first.toTypeId),
  );
  const fresh = portal.links.add(fromId, toId, [plain, ...kinds]);
  if (!context.loading)
    for (const kind of fresh) announceLink(portal, kind, fromId, toId, false, context);
}

export function announceLink(
  portal: Portal,
  kind: AssociationType,
  fromId: string,
  toId: string,
  removed: boolean,
  context: { atMs: number; source: Source },
): void {
  const end = (one: AssociationType, id: string, otherId: string): void => {
    const association =
      `${portal.types.get(one.fromTypeId).name}_TO_${portal.types.get(one.toTypeId).name}`.toUpperCase();
    portal.announce({
      kind: 'associationChange',
      atMs: context.atMs,
      source: context.source,
      typeId: one.fromTypeId,
      id,
      toId: otherId,
      toTypeId: one.toTypeId,
      associationTypeId: one.typeId,
      category: one.category,
      association,
      removed,
      primary: isPrimary(one),
    });
  };
  end(kind, fromId, toId);
  // Both objects' subscribers hear of it, each from their own end.
  end(portal.associationTypes.reverse(kind), toId, fromId);
}
