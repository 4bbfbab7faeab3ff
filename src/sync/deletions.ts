import type { CrmRow } from '../model/connector.ts';
import type { StreamSpec } from '../model/mapping.ts';
import { forgetLocal, localRows, saveMapped } from '../store/rows.ts';
import type { RunContext } from './context.ts';
import { OVERLAP_MS } from './pull.ts';
import { readByIds } from './read-all.ts';

/** The delete log only says which ids went in a window; reaching further back than the fast pass did covers a late commit. */
const LOG_REACH_MS = 2 * OVERLAP_MS;

/**
 * Rows that were deleted beyond the bin: the pull saw binned ones already, so an id in the delete log that we still hold as alive is gone for good.
 * It leaves the local copy (the CRM no longer counts it) and its tombstone stays in the model.
 */
export async function pullHardDeletes(context: RunContext, stream: StreamSpec, sinceMs: number): Promise<number> {
  const { store, session, connectionId } = context;
  const shape = await session.describe(stream.object);
  if (!context.features.deleteLog || shape?.tracksDeletes !== true) return 0;
  const log = await session.deleted(stream.object, sinceMs - LOG_REACH_MS, context.asOfMs);
  const held = await localRows(store, connectionId, stream.object, log.ids.map((entry) => entry.id));
  const gone: CrmRow[] = [...held.values()].filter((row) => !row.deleted).map((row) => ({ ...row, deleted: true }));
  if (gone.length === 0) return 0;
  // An id may have come back since (undelete): only what the CRM no longer returns is gone.
  const back = await readByIds(session, stream.object, stream.fields, gone.map((row) => row.id));
  const lost = gone.filter((row) => !back.has(row.id));
  await store.batch([
    ...saveMapped(store, connectionId, lost.flatMap((row) => context.mapping.mapRow(row).rows), context.nowMs()),
    ...forgetLocal(store, connectionId, stream.object, lost.map((row) => row.id)),
  ]);
  return lost.length;
}
