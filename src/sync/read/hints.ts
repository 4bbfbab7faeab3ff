import type { StreamSpec } from '../../model/mapping.ts';
import { dropHints, hintedIds } from '../../store/hints.ts';
import { changeOfPage } from './commit.ts';
import type { RunContext } from '../run/context.ts';
import { HINT_PAGE } from '../run/limits.ts';
import { readByIds } from './read-all.ts';

export interface HintStep {
  read: number;
  changed: number;
  done: boolean;
}

/**
 * Reads again the ids that webhooks named, as far as the mapping's `pull` filter wants them. What
 * the webhook said of them is never used.
 */
export async function readHints(context: RunContext, stream: StreamSpec): Promise<HintStep> {
  const { store, connectionId } = context;
  const marked = await hintedIds(store, connectionId, stream.object, HINT_PAGE);
  if (marked.length === 0) return { read: 0, changed: 0, done: true };
  const ids = marked.map((mark) => mark.id);
  const rows = [
    ...(
      await readByIds(context.session, stream, ids, stream.includeDeleted, stream.where)
    ).values(),
  ];
  const change = await changeOfPage(
    store,
    connectionId,
    context.mapping,
    stream.object,
    rows,
    context.runId,
    context.nowMs(),
  );
  await store.batch([
    ...change.statements,
    ...dropHints(
      store,
      connectionId,
      stream.object,
      ids,
      Math.max(...marked.map((mark) => mark.markedMs)),
    ),
  ]);
  return { read: rows.length, changed: change.changed, done: marked.length < HINT_PAGE };
}
