import type { MessageBatch } from '@cloudflare/workers-types';
import { asHeadwaterError } from '../../model/error.ts';
import type { HintMessage } from '../../http/webhooks/hint-message.ts';
import { openD1Store } from '../../store/d1.ts';
import { markHints } from '../../store/hints.ts';
import { databaseOf, type WorkerEnv } from './env.ts';

/**
 * A busy database gets a moment; after `max_retries` (wrangler.toml) the
 * message goes to the dead letters.
 */
const RETRY_SECONDS = 30;

/**
 * A burst of webhooks: one batch of marks a database. Marks are idempotent, so a batch that is
 * delivered again does no harm.
 */
export async function onHints(env: WorkerEnv, batch: MessageBatch<HintMessage>): Promise<void> {
  const byDatabase = Map.groupBy(batch.messages, (message) => message.body.database);
  for (const [database, messages] of byDatabase) {
    try {
      const store = openD1Store(databaseOf(env, database));
      const byConnection = Map.groupBy(
        messages.map((message) => message.body),
        (body) => `${body.connectionId}/${body.markedMs}`,
      );
      await store.batch(
        [...byConnection.values()].flatMap((bodies) =>
          markHints(
            store,
            bodies[0]!.connectionId,
            distinct(bodies.flatMap((body) => body.marks)),
            bodies[0]!.markedMs,
          ),
        ),
      );
      for (const message of messages) message.ack();
    } catch (error) {
      console.error(
        JSON.stringify({
          event: 'hints',
          database,
          messages: messages.length,
          error: asHeadwaterError(error).message,
        }),
      );
      for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
    }
  }
}

const distinct = (marks: HintMessage['marks']): HintMessage['marks'] => [
  ...new Map(marks.map((mark) => [`${mark.object}/${mark.id}`, mark])).values(),
];
