import type { StreamSpec } from '../../model/mapping.ts';
import { markHints } from '../../store/hints.ts';
import { noteTried, unreadIds } from '../../store/unread-rows.ts';
import type { RunContext } from '../run/context.ts';
import { UNREAD_ROWS } from '../run/limits.ts';
import { DAY_MS } from '../../model/time.ts';

/**
 * Marks the rows that the CRM would not give, for another try: it may have been a slow hour, and a
 * record that grew lighter need not have moved its stamp. Once a day, since each try may cost a
 * call's whole time limit.
 */
export async function markUnread(context: RunContext, { object }: StreamSpec): Promise<void> {
  const { store, connectionId, asOfMs } = context;
  const ids = await unreadIds(store, connectionId, object, asOfMs - DAY_MS, UNREAD_ROWS);
  if (ids.length === 0) return;
  await store.batch([
    ...markHints(
      store,
      connectionId,
      ids.map((id) => ({ object, id })),
      asOfMs,
    ),
    ...noteTried(store, connectionId, object, ids, asOfMs),
  ]);
}
