import type { CrmTask, CrmTasks } from '../../model/crm-task.ts';
import { saveIntents, saveLedger, type Intent } from '../../store/intents.ts';
import type { Store } from '../../store/store.ts';
import type { Written } from '../alert/channel.ts';

/** A task may have been made a little before it was asked for: clocks of two machines differ. */
const EARLIER_MS = 10 * 60_000;

/** Makes a task, and says what of it can be taken back. `sinceMs` = when it was first meant. */
export async function makeTask(tasks: CrmTasks, task: CrmTask, sinceMs: number): Promise<Written> {
  const { object, field, open, closed } = tasks;
  const recordId = await tasks.create(task, sinceMs - EARLIER_MS);
  return { object, recordId, field, oldValue: closed, newValue: open };
}

/**
 * Keeps a task as a write of a run: `run show` names it, and `run undo` closes it unless somebody
 * has begun with it.
 */
export async function keepWritten(
  store: Store,
  { connectionId, runId, nowMs }: { connectionId: string; runId: string; nowMs: number },
  wrote: Written,
): Promise<void> {
  const intent: Intent = {
    ...{ ...wrote, runId, connectionId },
    ...{ state: 'done', reason: 'a task for a person', atMs: nowMs },
  };
  await store.batch([...saveIntents(store, [intent]), ...saveLedger(store, [intent], nowMs)], true);
}
