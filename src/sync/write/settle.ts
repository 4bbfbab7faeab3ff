import { saveIntents, unsettledIntents, type Intent } from '../../store/intents.ts';
import { record } from './apply.ts';
import type { RunContext } from '../run/context.ts';
import { compare } from './send.ts';

const SETTLE_PAGE = 2000;

/**
 * Writes of a run that died between the call and its answer: read back, and either booked as done
 * or given up (the new plan decides afresh).
 */
export async function settleUnknown(
  context: RunContext,
): Promise<{ done: number; superseded: number }> {
  const result = { done: 0, superseded: 0 };
  for (;;) {
    const open = await unsettledIntents(context.store, context.connectionId, SETTLE_PAGE);
    if (open.length === 0) return result;
    for (const [object, intents] of Map.groupBy(open, (intent) => intent.object)) {
      // Field by field: a person may have changed one of a record's fields since, and
      // the others are still ours.
      // What was sent to a field that is gone can no longer be read back, and no longer matters.
      const shape = await context.session.describe(object);
      const readable = intents.filter((intent) =>
        shape?.fields.some((field) => field.name === intent.field),
      );
      const { done, stamps } = await compare(context, object, readable);
      const applied = new Set(done);
      const settled = intents.map(
        (intent): Intent =>
          applied.has(intent)
            ? {
                ...intent,
                state: 'done',
                reason: 'found in the CRM after a lost answer',
                atMs: context.nowMs(),
              }
            : {
                ...intent,
                state: 'superseded',
                reason: 'not found in the CRM; the next plan decides',
                atMs: context.nowMs(),
              },
      );
      await context.store.batch(
        saveIntents(
          context.store,
          settled.filter((intent) => intent.state === 'superseded'),
        ),
      );
      await record(
        context,
        object,
        settled.filter((intent) => intent.state === 'done'),
        stamps,
      );
      result.done += settled.filter((intent) => intent.state === 'done').length;
      result.superseded += settled.filter((intent) => intent.state === 'superseded').length;
    }
  }
}
