import type { StreamSpec } from '../../model/mapping.ts';
import { dropHints, hintedIds } from '../../store/hints.ts';
import { localRows } from '../../store/rows.ts';
import { buryAbsent, buryNamed, NONE_NAMED, retireIds, type Named } from './deletions.ts';
import { changeOfPage } from './commit.ts';
import type { RunContext } from '../run/context.ts';
import { HINT_PAGE } from '../run/limits.ts';
import { readByIds } from './read-all.ts';
import { markUnread } from './unread.ts';

export interface HintStep {
  read: number;
  changed: number;
  /** Named records that nothing shows any more, in all steps so far. */
  named: Named;
  done: boolean;
}

/**
 * Reads again the ids that webhooks named or that the CRM would not give before, as far as the
 * mapping's `pull` filter wants them. What the webhook said of them is never used.
 */
export async function readHints(
  context: RunContext,
  stream: StreamSpec,
  previous: HintStep | null = null,
): Promise<HintStep> {
  const { store, connectionId, session } = context;
  const named = previous?.named ?? NONE_NAMED;
  await markUnread(context, stream);
  const aliases = (await session.describe(stream.object))?.aliases ?? [];
  for (const name of [stream.object, ...aliases]) {
    const marked = await hintedIds(store, connectionId, name, HINT_PAGE);
    if (marked.length > 0) return await readMarked(context, stream, name, marked, named);
  }
  return { read: 0, changed: 0, named, done: true };
}

/** One page of marks, under one of the object's names; the next step asks again for more. */
async function readMarked(
  context: RunContext,
  stream: StreamSpec,
  name: string,
  marked: { id: string; markedMs: number }[],
  before: Named,
): Promise<HintStep> {
  const { store, connectionId } = context;
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
    context,
  );
  // Named, and not there as the filter has it: it may have left the filter.
  const met = new Set(rows.map((row) => row.id));
  const spell = (await context.session.describe(stream.object))?.spellId ?? String;
  const missing = await localRows(
    store,
    connectionId,
    stream.object,
    // As rows spell them, whichever spelling the webhook has.
    ids.map((id) => spell(id)).filter((id) => !met.has(id)),
  );
  await retireIds(context, stream, [...missing.keys()]);
  // A row that stood for what the CRM would not give is gone once it gives it.
  await buryAbsent(
    context,
    stream,
    [...missing.values()].filter((row) => row.unread !== undefined).map((row) => row.id),
  );
  // Named, and no read by id shows it: destroyed, as when somebody asked to be forgotten.
  const named = await buryNamed(
    context,
    stream,
    [...missing.values()].filter((row) => row.unread === undefined).map((row) => row.id),
    before,
  );
  await store.batch([
    ...change.statements,
    ...dropHints(store, connectionId, name, ids, Math.max(...marked.map((mark) => mark.markedMs))),
  ]);
  return { read: rows.length, changed: change.changed, named, done: false };
}

/** Every name under which a webhook may mark what the mapping reads. */
export async function objectNames({
  mapping,
  session,
}: Pick<RunContext, 'mapping' | 'session'>): Promise<string[]> {
  const names: string[] = [];
  for (const { object } of mapping.streams)
    names.push(object, ...((await session.describe(object))?.aliases ?? []));
  return names;
}
