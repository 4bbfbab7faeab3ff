/**
 * Merging two records: the winner's values stand, blanks are filled from the loser, and the loser's
 * id leads to the winner from then on.
 */
import { invalid } from '../model/errors.ts';
import { COMPANY, CONTACT, DEAL } from '../model/object-types.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import {
  type Changes,
  createRecord,
  liveRecord,
  updateRecord,
  type WriteContext,
} from './write.ts';

/** Objects whose merges may make a record with a new id. */
const NEW_ID_TYPES = [COMPANY, DEAL];

/** Returns the record that lives on. Throws 404 and 400. */
export function mergeRecords(
  portal: Portal,
  type: ObjectType,
  primaryId: string,
  loserId: string,
  context: WriteContext,
): HubRecord {
  if (primaryId === loserId) throw invalid('A record cannot be merged with itself.');
  const primary = liveRecord(portal, type, primaryId);
  const loser = liveRecord(portal, type, loserId);
  const filled: Changes = Object.fromEntries(
    Object.entries(loser.values).filter(
      ([name]) => primary.values[name] === undefined && !isOwn(portal, type, name),
    ),
  );
  const newId = portal.settings.switches.mergeCreatesNewId && NEW_ID_TYPES.includes(type.id);
  const gone = newId ? [primary, loser] : [loser];
  filled['hs_merged_object_ids'] = mergedIds(gone, newId ? null : primary);
  if (type.id === CONTACT)
    filled['hs_calculated_merged_vids'] = gone.map((one) => `${one.id}:${context.atMs}`).join(';');
  const mergeContext: WriteContext = {
    ...context,
    source: { ...context.source, sourceType: 'MERGE_OBJECTS' },
  };
  const table = portal.table(type);
  const visibleAtMs = context.loading ? null : portal.visibleAtMs();
  // The losers leave before the values arrive, so that a unique value is never held twice.
  table.mergeAway(loser.id, primary.id, visibleAtMs);
  const winner = newId
    ? copyOf(portal, type, primary, filled, mergeContext)
    : updateRecord(portal, type, primary, filled, mergeContext);
  if (newId) table.mergeAway(primary.id, winner.id, visibleAtMs);
  for (const one of gone) portal.links.move(type.id, one.id, winner.id);
  if (!context.loading)
    portal.announce({
      kind: 'merge',
      atMs: context.atMs,
      typeId: type.id,
      id: winner.id,
      source: mergeContext.source,
      primaryId: primary.id,
      mergedIds: gone.filter((one) => one !== primary).map((one) => one.id),
      newId: winner.id,
      moved: Object.keys(filled).length,
    });
  return winner;
}

function copyOf(
  portal: Portal,
  type: ObjectType,
  primary: HubRecord,
  filled: Changes,
  context: WriteContext,
): HubRecord {
  const carried = Object.fromEntries(
    Object.entries(primary.values).filter(
      ([name]) => !isOwn(portal, type, name) || name === 'createdate',
    ),
  );
  return createRecord(portal, type, { ...carried, ...filled }, context);
}

/** Values that belong to the record itself and never move to another. */
function isOwn(portal: Portal, type: ObjectType, name: string): boolean {
  return portal.catalog.find(type, name)?.readOnlyValue !== false;
}

function mergedIds(gone: readonly HubRecord[], winner: HubRecord | null): string {
  const before = [winner, ...gone].flatMap((one) =>
    (one?.values['hs_merged_object_ids'] ?? '').split(';'),
  );
  return [...new Set([...before, ...gone.map((one) => one.id)])]
    .filter((id) => id !== '')
    .join(';');
}
