import type { StreamSpec } from '../../model/mapping.ts';
import { markSeen, newestSeen } from '../../store/rows.ts';
import type { Statement } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';

/**
 * Reading all rows of an object, to learn which are gone: those met so far, and the mark they bear.
 */
export interface Enumeration {
  met: number;
  seenMs: number;
}

/**
 * Rows saved a moment ago, or by a process whose clock runs ahead, must not look as if this
 * enumeration had met them.
 */
export const beginEnumeration = async (
  { store, connectionId, nowMs }: RunContext,
  { object }: StreamSpec,
): Promise<Enumeration> => ({
  met: 0,
  seenMs: Math.max(nowMs(), await newestSeen(store, connectionId, object)) + 1,
});

/** Counts the rows of one more page, and gives what marks them. */
export function meet(
  { store, connectionId }: RunContext,
  { object }: StreamSpec,
  enumeration: Enumeration,
  rows: readonly { id: string }[],
): Statement[] {
  enumeration.met += rows.length;
  return markSeen(
    store,
    connectionId,
    object,
    rows.map((row) => row.id),
    enumeration.seenMs,
  );
}
